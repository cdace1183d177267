using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.SnapshotCopying;

/// <summary>What cannot be copied is refused before anything is changed, and what fails leaves nothing half.</summary>
public sealed class SnapshotCopyFailureTests
{
    private readonly RecordingSink _sink = new();

    private IEnumerable<SnapshotCopyResult> Results => _sink.Items.Cast<SnapshotCopyResult>();

    [Fact]
    public async Task AFullSnapshotDoesNotLeaveItsRegion()
    {
        using SnapshotCopyScene scene = await SnapshotCopyScene.OpenAsync();
        string full = await scene.SnapshotAsync("full", "web01-data", incremental: false);
        string before = scene.Sandbox.Fingerprint;

        await scene.CopyAsync(_sink, [full], SnapshotCopyScene.To("northeurope"));

        ImageCmdletsException error = Assert.Single(_sink.Errors);
        Assert.Equal((ErrorIds.OperationNotSupported, full), (error.ErrorId, error.Target));
        Assert.StartsWith("Make a disk of it with Restore-ImageSnapshot, take an incremental snapshot of that disk", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(("Failed", error), (Assert.Single(Results).State, Assert.Single(Results).Error));
        Assert.Equal(before, scene.Sandbox.Fingerprint);
    }

    [Fact]
    public async Task ANameThatSomethingElseHasIsRefusedAndTheOthersAreCopied()
    {
        using SnapshotCopyScene scene = await SnapshotCopyScene.OpenAsync();
        string taken = await scene.SnapshotAsync("web01-os-northeurope", "web01-osdisk");

        await scene.CopyAsync(_sink, "northeurope");

        ImageCmdletsException error = Assert.Single(_sink.Errors);
        Assert.Equal((ErrorIds.ResourceAlreadyExists, taken), (error.ErrorId, error.Target));
        Assert.Equal([("web01-lun0-northeurope", "Succeeded"), ("web01-os-northeurope", "Failed")], Results.Select(result => (result.Name, result.State)).Order());
    }

    [Fact]
    public async Task AMissingGroupChangesNothing()
    {
        using SnapshotCopyScene scene = await SnapshotCopyScene.OpenAsync();
        string before = scene.Sandbox.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() =>
            scene.CopyAsync(_sink, [scene.OS], SnapshotCopyScene.To("northeurope") with { TargetResourceGroupName = "nowhere" }));

        Assert.Equal(ErrorIds.ResourceGroupNotFound, error.ErrorId);
        Assert.Equal(before, scene.Sandbox.Fingerprint);
    }

    [Fact]
    public async Task TwoCopiesOfOneNameAreRefused()
    {
        using SnapshotCopyScene scene = await SnapshotCopyScene.OpenAsync();
        string other = await scene.SnapshotAsync("single", "web01-data");
        string another = await scene.SnapshotAsync("other", "web01-osdisk");

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() =>
            scene.CopyAsync(_sink, [other, another], SnapshotCopyScene.To("northeurope") with { TargetName = "same" }));

        Assert.Equal((ErrorIds.InvalidArgument, scene.SnapshotId("same")), (error.ErrorId, error.Target));
    }

    [Fact]
    public async Task WhatOneRegionRefusesTheOthersStillGet()
    {
        using SnapshotCopyScene scene = await SnapshotCopyScene.OpenAsync();
        scene.Refuse("Snapshots_CreateOrUpdate", skip: 1);

        await scene.CopyAsync(_sink, "northeurope", "japaneast");

        Assert.Equal(ErrorIds.PolicyViolation, Assert.Single(_sink.Errors).ErrorId);
        Assert.Equal(3, Results.Count(result => result.State == "Succeeded"));
        SnapshotCopyResult failed = Assert.Single(Results, result => result.State == "Failed");
        Assert.DoesNotContain(failed.Name, await scene.SnapshotsAsync());
    }

    [Fact]
    public async Task ARegionThatIsNotThereFailsAlone()
    {
        using SnapshotCopyScene scene = await SnapshotCopyScene.OpenAsync();

        await scene.CopyAsync(_sink, [scene.OS], SnapshotCopyScene.To("mars", "northeurope"));

        Assert.Equal(ErrorIds.InvalidLocation, Assert.Single(_sink.Errors).ErrorId);
        Assert.Equal([("web01-os-mars", "Failed"), ("web01-os-northeurope", "Succeeded")], Results.Select(result => (result.Name, result.State)).Order());
    }

    [Fact]
    public async Task ASourceThatIsDeletedMeanwhileLeavesNothingHalf()
    {
        using SnapshotCopyScene scene = await SnapshotCopyScene.OpenAsync();
        _sink.OnProgress = record =>
        {
            if (record is { PercentComplete: > 20, Activity: "Copying snapshots" })
                scene.DeleteAsync(scene.OS).GetAwaiter().GetResult();
        };

        await scene.CopyAsync(_sink, "northeurope");

        ImageCmdletsException error = Assert.Single(_sink.Errors);
        Assert.Equal((ErrorIds.CopyFailed, scene.SnapshotId("web01-os-northeurope")), (error.ErrorId, error.Target));
        Assert.Equal([("web01-lun0-northeurope", "Succeeded"), ("web01-os-northeurope", "Failed")], Results.Select(result => (result.Name, result.State)).Order());
        Assert.Equal(["web01-lun0", "web01-lun0-northeurope"], await scene.SnapshotsAsync());
    }

    [Fact]
    public async Task ACopyThatBreaksIsMadeAnewByTheSameCommand()
    {
        using SnapshotCopyScene scene = await SnapshotCopyScene.OpenAsync();
        scene.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "Snapshots_CreateOrUpdate", Count = 1, Effect = SandboxFaultEffect.OperationFailure, Code = "InternalServerError", Message = "Broken." });

        await scene.CopyAsync(_sink, "northeurope");
        var second = new RecordingSink();
        await scene.CopyAsync(second, "northeurope");

        Assert.Single(_sink.Errors);
        Assert.Empty(second.Errors);
        Assert.Equal(["web01-lun0", "web01-lun0-northeurope", "web01-os", "web01-os-northeurope"], await scene.SnapshotsAsync());
    }

    [Fact]
    public async Task TheTimeLimitLeavesWhatTheSameCommandPicksUp()
    {
        using SnapshotCopyScene scene = await SnapshotCopyScene.OpenAsync();

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() => scene.CopyAsync(_sink, new RunOptions { Timeout = TimeSpan.FromMinutes(1) }, "northeurope"));
        string[] left = await scene.SnapshotsAsync();
        await scene.CopyAsync(_sink, "northeurope");

        Assert.Equal(ErrorIds.OperationTimedOut, error.ErrorId);
        Assert.Equal(left, await scene.SnapshotsAsync());
        Assert.Equal(["Succeeded", "Succeeded"], Results.Select(result => result.State));
    }
}
