using ImageCmdlets.Engine.Rollouts;

namespace ImageCmdlets.Engine.Tests.Rollouts;

/// <summary>A new version on its way through a flexible scale set, whose machines get successors.</summary>
public sealed class ReplaceMachineTests
{
    [Fact]
    public async Task WithoutConsentOnlyTheNextMachinesGetTheImage()
    {
        using UpdateScene scene = await UpdateScene.OpenAsync(isFlexible: true, capacity: 2);
        var sink = new RecordingSink();

        ImageRolloutResult[] rows = await scene.UpdateAsync(sink: sink);

        Assert.Equal(["Repointed", "Pending", "Pending"], rows.Select(row => row.State));
        Assert.Equal("1.0.0 1.0.0", await scene.VersionsAsync());
        Assert.Contains(sink.Warnings, warning => warning.Contains("-ReplaceMachine", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SuccessorsComeUpBeforeTheOldOnesGo()
    {
        using UpdateScene scene = await UpdateScene.OpenAsync(isFlexible: true, capacity: 4);
        string[] before = [.. (await scene.ReadAsync()).Instance!.Select(machine => machine.Id)];

        ImageRolloutResult[] rows = await scene.UpdateAsync(scene.Options with { ReplaceMachine = true, Pace = new RolloutPace { MaxBatchPercent = 50 } });

        Assert.Equal("Repointed Updated Updated Removed Removed Updated Updated Removed Removed", string.Join(" ", rows.Select(row => row.State)));
        Assert.Equal(before.Order(StringComparer.OrdinalIgnoreCase), rows.Where(row => row.State == "Removed").Select(row => row.Id).Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
        ImageScaleSet set = await scene.ReadAsync();
        Assert.Equal((4, 4, "1.1.0 1.1.0 1.1.0 1.1.0"), (set.Capacity, set.Instance!.Count, await scene.VersionsAsync()));
        Assert.DoesNotContain("imagecmdlets-capacity", set.Tag.Keys);
    }

    [Fact]
    public async Task ASuccessorThatFallsIllStopsItWithAllOldOnesThereAndUndoLeavesTheOldNumber()
    {
        using UpdateScene scene = await UpdateScene.OpenAsync(isFlexible: true, capacity: 3);
        scene.Spoil("web_*");

        await Assert.ThrowsAsync<ImageCmdletsException>(() => scene.UpdateAsync(scene.Options with { ReplaceMachine = true }));

        Assert.Equal((4, 3), ((await scene.ReadAsync()).Instance!.Count, (await scene.ReadAsync()).Instance!.Count(machine => machine.Version == "1.0.0")));
        ImageRolloutResult[] rows = await scene.UndoAsync(replaceMachine: true);

        Assert.Equal("Excluded Repointed Removed", string.Join(" ", rows.Select(row => row.State)));
        ImageScaleSet set = await scene.ReadAsync();
        Assert.Equal((3, 3, "1.0.0 1.0.0 1.0.0"), (set.Capacity, set.Instance!.Count, await scene.VersionsAsync()));
        Assert.DoesNotContain("imagecmdlets-capacity", set.Tag.Keys);
    }

    // Scaled by somebody after a rollout stopped: what the tag remembers is no longer true, and no machine may go for it.
    [Fact]
    public async Task ASetThatWasScaledMeanwhileKeepsItsNewNumber()
    {
        using UpdateScene scene = await UpdateScene.OpenAsync(isFlexible: true, capacity: 2);
        scene.Spoil("web_*");
        UpdateScaleSetOptions options = scene.Options with { ReplaceMachine = true };
        await Assert.ThrowsAsync<ImageCmdletsException>(() => scene.UpdateAsync(options));
        await scene.Usage.WriteSetAsync("PATCH", "web", """{"sku":{"capacity":6}}""");
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(15));
        scene.Sandbox.Sandbox.ClearFaults();

        await scene.UpdateAsync(options with { Pace = new RolloutPace { MaxUnhealthyPercent = 100, MaxUnhealthyUpgradedPercent = 100, HealthTimeout = TimeSpan.FromSeconds(1) } });

        Assert.Equal(6, (await scene.ReadAsync()).Instance!.Count);
    }

    [Fact]
    public async Task AMachineOfAnotherImageThatSomebodyJoinedStays()
    {
        using UpdateScene scene = await UpdateScene.OpenAsync(isFlexible: true, capacity: 1);
        string joined = scene.Sandbox.Id("images", ResourceTypes.VirtualMachine, "joined");
        await scene.JoinAsync("joined", "Canonical", "ubuntu-24_04-lts", "server");

        ImageRolloutResult[] rows = await scene.UpdateAsync(scene.Options with { ReplaceMachine = true });

        Assert.Equal("Repointed Skipped Updated Removed", string.Join(" ", rows.Select(row => row.State)));
        Assert.NotNull(await scene.Sandbox.GetAsync(joined, SandboxSession.ComputeVersion));
        Assert.Equal(2, (await scene.ReadAsync()).Instance!.Count);
    }

    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task KilledAtAnyCallTheSameCommandLeavesTheOldNumberOfMachines(KillMoment moment)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, () => UpdateScene.OpenAsync(isFlexible: true, capacity: 2), static scene => scene.Sandbox.Session,
            static scene => (session, sink, token) => RolloutService.UpdateAsync(session, [scene.Options with { ReplaceMachine = true }], new RunOptions(), sink, token));

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 5 : 20, 300);
    }

    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task KilledAtAnyCallAUniformSetIsBroughtToTheEnd(KillMoment moment)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, () => UpdateScene.OpenAsync(capacity: 3), static scene => scene.Sandbox.Session,
            static scene => (session, sink, token) => RolloutService.UpdateAsync(session, [scene.Options], new RunOptions(), sink, token));

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 4 : 20, 300);
    }
}
