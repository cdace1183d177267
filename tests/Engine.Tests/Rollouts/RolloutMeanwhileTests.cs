using ImageCmdlets.Engine.Rollouts;

namespace ImageCmdlets.Engine.Tests.Rollouts;

/// <summary>What others do to a set while a rollout goes over it.</summary>
public sealed class RolloutMeanwhileTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SomebodyElsesImageStopsIt(bool isFlexible)
    {
        using UpdateScene scene = await UpdateScene.OpenAsync(isFlexible: isFlexible, capacity: 4);
        string other = await scene.Gallery.FurnishVersionAsync("1.2.0");
        RecordingSink sink = Once("Updated", () => scene.ChangeAsync($$$"""{"properties":{"virtualMachineProfile":{"storageProfile":{"imageReference":{"id":"{{{other}}}"} } } } }"""));

        ImageCmdletsException stopped = await Assert.ThrowsAsync<ImageCmdletsException>(() => scene.UpdateAsync(scene.Options with { ReplaceMachine = isFlexible }, sink));

        Assert.Contains("stopped after batch 1: its model names prod/web/1.2.0 by now", stopped.Message, StringComparison.Ordinal);
        Assert.Equal("1.0.0 1.0.0 1.0.0 1.1.0", await SortedAsync(scene));
    }

    [Fact]
    public async Task AVersionThatIsPublishedMeanwhileStopsItWithAllMachinesThatServe()
    {
        using UpdateScene scene = await UpdateScene.OpenAsync(isFlexible: true, capacity: 3);
        RecordingSink sink = Once("Updated", () => scene.Gallery.FurnishVersionAsync("1.2.0"));

        ImageCmdletsException stopped = await Assert.ThrowsAsync<ImageCmdletsException>(() => scene.UpdateAsync(scene.Options with { Image = scene.Gallery.DefinitionId, ReplaceMachine = true }, sink));

        Assert.Contains("1 machines have another image than they were to get", stopped.Message, StringComparison.Ordinal);
        Assert.Equal("1.0.0 1.0.0 1.1.0 1.2.0", await SortedAsync(scene));
        await scene.UpdateAsync(scene.Options with { Image = scene.Gallery.DefinitionId, ReplaceMachine = true });
        Assert.Equal("1.2.0 1.2.0 1.2.0", await SortedAsync(scene));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(2)]
    public async Task TheNumberThatAutoscaleWantsIsThatOfTheEnd(int wanted)
    {
        using UpdateScene scene = await UpdateScene.OpenAsync(isFlexible: true, capacity: 4);
        RecordingSink sink = Once("Removed", () => scene.ChangeAsync($$$"""{"sku":{"capacity":{{{wanted}}} } }"""));

        await scene.UpdateAsync(scene.Options with { ReplaceMachine = true }, sink);

        Assert.Equal(string.Join(" ", Enumerable.Repeat("1.1.0", wanted)), await SortedAsync(scene));
    }

    // As when autoscale has the set in its hands.
    [Fact]
    public async Task AzureBusyWithTheSetIsWaitedFor()
    {
        using UpdateScene scene = await UpdateScene.OpenAsync(capacity: 2);
        RecordingSink sink = Once("Repointed", () => scene.Usage.WriteSetAsync("PATCH", "web", """{"sku":{"capacity":3}}"""));

        await scene.UpdateAsync(sink: sink);

        Assert.Equal("1.1.0 1.1.0 1.1.0", await SortedAsync(scene));
    }

    [Fact]
    public async Task TakenBackWhileAzureRollsItOutAzureIsStopped()
    {
        using UpdateScene scene = await UpdateScene.OpenAsync("Rolling");
        await RolloutService.UpdateAsync(scene.Sandbox.Session, [scene.Options], new RunOptions { NoWait = true }, new RecordingSink(), TestContext.Current.CancellationToken);
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(2));

        await scene.UndoAsync();
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("1.0.0 1.0.0 1.0.0 1.0.0 1.0.0", await SortedAsync(scene));
    }

    // A successor that shuts itself down serves nobody, and the old machine stays.
    [Fact]
    public async Task ASuccessorThatGoesDownIsNotHealthy()
    {
        using UpdateScene scene = await UpdateScene.OpenAsync(isFlexible: true, capacity: 2);
        scene.Spoil("web_*");
        UpdateScaleSetOptions options = scene.Options with { ReplaceMachine = true };
        await Assert.ThrowsAsync<ImageCmdletsException>(() => scene.UpdateAsync(options with { Pace = new RolloutPace { HealthTimeout = TimeSpan.FromSeconds(10) } }));
        ImageScaleSetInstance successor = (await scene.ReadAsync()).Instance!.Single(machine => machine.Version == "1.1.0");
        await scene.Sandbox.SendAsync("POST", $"{successor.Id}/powerOff?api-version={SandboxSession.ComputeVersion}", null);
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(5));

        ImageCmdletsException stopped = await Assert.ThrowsAsync<ImageCmdletsException>(() => scene.UpdateAsync(options));

        Assert.Equal(ErrorIds.RolloutStopped, stopped.ErrorId);
        Assert.Equal(2, (await scene.ReadAsync()).Instance!.Count(machine => machine.Version == "1.0.0"));
    }

    // Taken back to a version that is ill as well: one machine shows it, and no further one is spoilt by running the command again.
    [Fact]
    public async Task AGoodVersionThatIsIllTooIsNotBroughtToMore()
    {
        using UpdateScene scene = await UpdateScene.OpenAsync(capacity: 3);
        await scene.UpdateAsync();
        scene.Sandbox.Sandbox.AddGuestFault(new Sandbox.SandboxGuestFault { Machine = "web_*", Kind = Sandbox.GuestFaultKind.Unhealthy, Detail = "*1.0.0*" });
        var options = new UndoRolloutOptions { Id = [scene.New], Pace = new RolloutPace { HealthTimeout = TimeSpan.FromSeconds(10) } };
        for (int run = 0; run < 3; run++)
        {
            var sink = new RecordingSink();
            await RolloutService.UndoAsync(scene.Sandbox.Session, options, new RunOptions(), sink, TestContext.Current.CancellationToken);
            Assert.Equal(ErrorIds.RolloutStopped, Assert.Single(sink.Errors).ErrorId);
        }

        Assert.Equal("1.0.0 1.1.0 1.1.0", await SortedAsync(scene));
    }

    private static RecordingSink Once(string state, Func<Task> change)
    {
        bool isDone = false;
        return new RecordingSink
        {
            OnItem = item =>
            {
                if (isDone || item is not ImageRolloutResult row || row.State != state)
                    return;

                isDone = true;
                change().GetAwaiter().GetResult();
            },
        };
    }

    private static async Task<string> SortedAsync(UpdateScene scene) =>
        string.Join(" ", (await scene.ReadAsync()).Instance!.Select(machine => machine.Version).Order(StringComparer.Ordinal));
}
