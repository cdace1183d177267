namespace ImageCmdlets.Engine.Tests.Rollouts;

/// <summary>A new version on its way through the machines of a uniform scale set.</summary>
public sealed class UpdateScaleSetTests
{
    private static readonly string[] s_five = ["1", "2", "3", "4", "5"];

    [Fact]
    public async Task EachBatchComesUpBeforeTheNextBegins()
    {
        using UpdateScene scene = await UpdateScene.OpenAsync();

        ImageRolloutResult[] rows = await scene.UpdateAsync();

        Assert.Equal(["ScaleSet web: Repointed", .. Enumerable.Range(0, 5).Select(number => $"ScaleSetInstance web {number}: Updated")], rows.Select(row => row.ToString()));
        Assert.Equal(s_five, rows.Skip(1).Select(row => $"{row.Batch}"));
        Assert.All(rows.Skip(1), row => Assert.Equal((scene.Old, scene.New, "Healthy", scene.Usage.ScaleSetId), (row.From, row.To, row.Health, row.ScaleSetId)));
        ImageScaleSet set = await scene.ReadAsync();
        Assert.Equal((scene.New, 5, 5), (set.Image, set.LatestModelCount, set.Capacity));
        Assert.Equal("1.1.0 1.1.0 1.1.0 1.1.0 1.1.0", await scene.VersionsAsync());
    }

    [Fact]
    public async Task ABatchIsAPercentageAndThePauseComesBetweenBatchesOnly()
    {
        using UpdateScene scene = await UpdateScene.OpenAsync();
        DateTimeOffset begin = scene.Sandbox.Sandbox.Clock.GetUtcNow();

        ImageRolloutResult[] rows = await scene.UpdateAsync(scene.Options with { Pace = new RolloutPace { MaxBatchPercent = 40, Pause = TimeSpan.FromHours(1) } });

        Assert.Equal(["1", "1", "2", "2", "3"], rows.Skip(1).Select(row => $"{row.Batch}"));
        Assert.InRange(scene.Sandbox.Sandbox.Clock.GetUtcNow() - begin, TimeSpan.FromHours(2), TimeSpan.FromHours(3));
    }

    [Fact]
    public async Task AThirdBatchThatFallsIllStopsItAndUndoRestoresEveryMachine()
    {
        using UpdateScene scene = await UpdateScene.OpenAsync();
        scene.Spoil("web_2");
        var sink = new RecordingSink();

        ImageCmdletsException stopped = await Assert.ThrowsAsync<ImageCmdletsException>(() => scene.UpdateAsync(sink: sink));

        Assert.Equal((ErrorIds.RolloutStopped, (object)scene.Usage.ScaleSetId), (stopped.ErrorId, stopped.Target));
        Assert.Equal("The rollout to 'web' stopped after batch 3: 1 of 3 machines with the new image are not healthy (2), more than 0 % (-MaxUnhealthyUpgradedPercent). 2 of its machines still are as they were.", stopped.Message);
        Assert.Contains($"Undo-ImageRollout -ResourceId '{scene.New}'", stopped.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(
            ["ScaleSet web: Repointed", "ScaleSetInstance web 0: Updated", "ScaleSetInstance web 1: Updated", "ScaleSetInstance web 2: Unhealthy", "ScaleSetInstance web 3: Pending", "ScaleSetInstance web 4: Pending"],
            sink.Items.Select(row => row.ToString()!));
        Assert.Equal("1.1.0 1.1.0 1.1.0 1.0.0 1.0.0", await scene.VersionsAsync());

        ImageRolloutResult[] rows = await scene.UndoAsync();

        Assert.Equal(
            ["ImageVersion web 1.1.0: Excluded", "ScaleSet web: Repointed", "ScaleSetInstance web 2: Updated", "ScaleSetInstance web 0: Updated", "ScaleSetInstance web 1: Updated"],
            rows.Select(row => row.ToString()));
        ImageScaleSet set = await scene.ReadAsync();
        Assert.Equal((scene.Old, 5), (set.Image, set.LatestModelCount));
        Assert.All(set.Instance!, machine => Assert.Equal(("Healthy", "1.0.0"), (machine.Health, machine.Version)));
    }

    [Fact]
    public async Task TheSameCommandGoesOnWhereItStoppedAndThenChangesNothing()
    {
        using UpdateScene scene = await UpdateScene.OpenAsync();
        scene.Spoil("web_1");
        await Assert.ThrowsAsync<ImageCmdletsException>(() => scene.UpdateAsync());
        ImageCmdletsException still = await Assert.ThrowsAsync<ImageCmdletsException>(() => scene.UpdateAsync());
        Assert.Contains("before its first batch", still.Message, StringComparison.Ordinal);

        ImageRolloutResult[] rows = await scene.UpdateAsync(scene.Options with { Pace = new RolloutPace { MaxUnhealthyUpgradedPercent = 50 } });
        string before = scene.Sandbox.Fingerprint;

        Assert.Equal([("ScaleSetInstance web 2: Updated", 1), ("ScaleSetInstance web 3: Updated", 2), ("ScaleSetInstance web 4: Updated", (int?)3)], rows.Select(row => (row.ToString(), row.Batch)));
        Assert.Empty(await scene.UpdateAsync());
        Assert.Equal(before, scene.Sandbox.Fingerprint);
    }

    [Fact]
    public async Task ASetThatIsIllAlreadyIsLeftAlone()
    {
        using UpdateScene scene = await UpdateScene.OpenAsync();
        scene.Sandbox.Sandbox.AddGuestFault(new Sandbox.SandboxGuestFault { Machine = "web_0", Kind = Sandbox.GuestFaultKind.Unhealthy });
        scene.Sandbox.Sandbox.AddGuestFault(new Sandbox.SandboxGuestFault { Machine = "web_4", Kind = Sandbox.GuestFaultKind.Unhealthy });

        ImageCmdletsException stopped = await Assert.ThrowsAsync<ImageCmdletsException>(() => scene.UpdateAsync());

        Assert.Contains("2 of 5 machines are unhealthy (0, 4), more than 20 % (-MaxUnhealthyPercent).", stopped.Message, StringComparison.Ordinal);
        Assert.Equal("1.0.0 1.0.0 1.0.0 1.0.0 1.0.0", await scene.VersionsAsync());
    }

    [Theory]
    [InlineData("Automatic")]
    [InlineData("Rolling")]
    public async Task AzureDoesTheRestWhereThePolicySaysSo(string mode)
    {
        using UpdateScene scene = await UpdateScene.OpenAsync(mode);

        ImageRolloutResult[] rows = await scene.UpdateAsync();

        Assert.Equal(["ScaleSet web: Repointed", .. Enumerable.Range(0, 5).Select(number => $"ScaleSetInstance web {number}: Updated")], rows.Select(row => row.ToString()));
        Assert.Equal("1.1.0 1.1.0 1.1.0 1.1.0 1.1.0", await scene.VersionsAsync());
    }

    [Fact]
    public async Task ARollingUpgradeThatAzureStopsIsToldAndUndone()
    {
        using UpdateScene scene = await UpdateScene.OpenAsync("Rolling");
        scene.Spoil("web_2");
        var sink = new RecordingSink();

        ImageCmdletsException stopped = await Assert.ThrowsAsync<ImageCmdletsException>(() => scene.UpdateAsync(sink: sink));

        Assert.Equal(ErrorIds.RolloutStopped, stopped.ErrorId);
        Assert.Contains("MaxUnhealthyUpgradedInstancePercent", stopped.Message, StringComparison.Ordinal);
        Assert.Equal("Updated Updated Unhealthy Pending Pending", string.Join(" ", sink.Items.Cast<ImageRolloutResult>().Skip(1).Select(row => row.State)));
        await scene.UndoAsync();
        Assert.All((await scene.ReadAsync()).Instance!, machine => Assert.Equal(("Healthy", "1.0.0", true), (machine.Health, machine.Version, machine.LatestModelApplied)));
    }

    // Half of the machines are ill, and Azure begins no rolling upgrade of such a set: they are brought back one batch after another.
    [Fact]
    public async Task WhatAzureWouldNotBringBackIsBroughtBack()
    {
        using UpdateScene scene = await UpdateScene.OpenAsync("Rolling", capacity: 4);
        await scene.UpdateAsync();
        scene.Spoil("web_0");
        scene.Spoil("web_3");

        ImageRolloutResult[] rows = await scene.UndoAsync();

        Assert.Equal("Excluded Repointed Updated Updated Updated Updated", string.Join(" ", rows.Select(row => row.State)));
        Assert.All((await scene.ReadAsync()).Instance!, machine => Assert.Equal(("Healthy", "1.0.0"), (machine.Health, machine.Version)));
    }

    [Fact]
    public async Task AModelThatFollowsLatestTakesTheNewestWhenItIsNamedAgain()
    {
        using UpdateScene scene = await UpdateScene.OpenAsync(follows: true);
        UpdateScaleSetOptions options = scene.Options with { Image = scene.Gallery.DefinitionId };

        ImageRolloutResult[] rows = await scene.UpdateAsync(options);

        Assert.Equal(6, rows.Length);
        Assert.Equal("1.1.0 1.1.0 1.1.0 1.1.0 1.1.0", await scene.VersionsAsync());
        Assert.Empty(await scene.UpdateAsync(options));
        await scene.UndoAsync();
        Assert.Equal(("1.0.0 1.0.0 1.0.0 1.0.0 1.0.0", scene.Gallery.DefinitionId), (await scene.VersionsAsync(), (await scene.ReadAsync()).Image));
    }

    [Fact]
    public async Task AFewMachinesTryItAndAProtectedOneIsSpared()
    {
        using UpdateScene scene = await UpdateScene.OpenAsync();
        await scene.Sandbox.PutAsync($"{scene.Usage.ScaleSetId}/virtualMachines/4", SandboxSession.ComputeVersion, """{"location":"westeurope","properties":{"protectionPolicy":{"protectFromScaleSetActions":true}}}""");

        Assert.Equal("Repointed Updated", string.Join(" ", (await scene.UpdateAsync(scene.Options with { InstanceId = ["3"] })).Select(row => row.State)));
        Assert.Equal("1.0.0 1.0.0 1.0.0 1.1.0 1.0.0", await scene.VersionsAsync());
        ImageRolloutResult[] rest = await scene.UpdateAsync();

        Assert.Equal("Protected Updated Updated Updated", string.Join(" ", rest.Select(row => row.State)));
        Assert.Equal("1.1.0 1.1.0 1.1.0 1.1.0 1.0.0", await scene.VersionsAsync());
    }
}
