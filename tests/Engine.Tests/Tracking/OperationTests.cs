using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Tests.Copying;
using ImageCmdlets.Engine.Tests.Generalization;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Tests.Tracking;

/// <summary>What is under way in Azure is found, of whichever kind, waited for, and stopped where that can be done.</summary>
public sealed class OperationTests
{
    [Fact]
    public async Task NothingIsFoundWhereNothingIsUnderWay()
    {
        using CopyScene scene = await CopyScene.OpenAsync();

        Assert.Empty(await Tracked.OperationsAsync(scene.Sandbox.Session));
        Assert.Empty(await Tracked.LeftoversAsync(scene.Sandbox.Session));
    }

    [Fact]
    public async Task ACopyThatIsNotWaitedForIsInProgressUntilItsBytesHaveArrived()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        await scene.CopyAsync(new RecordingSink(), CopyScene.Options(scene.ImageId, "northeurope", "japaneast"), new RunOptions { NoWait = true });
        ImageOperation[] before = await Tracked.OperationsAsync(scene.Sandbox.Session);

        RecordingSink waited = await Tracked.WaitAsync(scene.Sandbox.Session);
        ImageLeftover[] left = await Tracked.LeftoversAsync(scene.Sandbox.Session, new ImageLeftoverQuery { IncludeInterrupted = true });

        Assert.Equal(6, left.Length); // Two for each region, and two that both come from.
        Assert.Equal(["web01-image-japaneast", "web01-image-northeurope"], before.Select(copy => copy.Name).Order(StringComparer.Ordinal));
        Assert.All(before, copy => Assert.Equal("InProgress", copy.State));
        Assert.All(before, copy => Assert.InRange(copy.PercentComplete!.Value, 0, 99));
        Assert.All(waited.Items.Cast<ImageOperation>(), copy => Assert.Equal(("Interrupted", 100), (copy.State, copy.PercentComplete)));
        Assert.Equal(2, waited.Warnings.Count(warning => warning.Contains("run Copy-CustomImage -ResourceId", StringComparison.Ordinal)));
        Assert.Contains(waited.ProgressRecords, record => record is { PercentComplete: > 0 and < 100 });
        Assert.True(waited.ProgressRecords[^1].Completed);
    }

    [Fact]
    public async Task ACopyThatRunsIsNoLeftoverAndCanBeStopped()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        await scene.CopyAsync(new RecordingSink(), CopyScene.Options(scene.ImageId, "northeurope", "japaneast"), new RunOptions { NoWait = true });
        ImageOperation[] copies = await Tracked.OperationsAsync(scene.Sandbox.Session);

        Assert.Empty(await Tracked.LeftoversAsync(scene.Sandbox.Session, new ImageLeftoverQuery { IncludeInterrupted = true }));
        RecordingSink first = await Tracked.StopAsync(scene.Sandbox.Session, copies[0]);
        string[] between = await scene.SnapshotsAsync();
        RecordingSink second = await Tracked.StopAsync(scene.Sandbox.Session, copies[1]);

        Assert.Empty(first.Errors);
        Assert.Equal("Stopped", Assert.Single(first.Items.Cast<ImageOperation>()).State);
        Assert.Equal(4, between.Length); // What both copy from stays for the other one.
        Assert.Empty(second.Errors);
        Assert.Empty(await scene.SnapshotsAsync());
        Assert.Equal(["web01-data", "web01-os"], await scene.DisksAsync());
    }

    [Fact]
    public async Task ACopyByAGalleryIsFoundBeforeItHasAnythingOfItsOwn()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        await scene.DeleteDisksAsync();
        await scene.CopyAsync(new RecordingSink(), CopyScene.Options(scene.ImageId, "northeurope"), new RunOptions { NoWait = true });
        ImageOperation before = Assert.Single(await Tracked.OperationsAsync(scene.Sandbox.Session));

        RecordingSink waited = await Tracked.WaitAsync(scene.Sandbox.Session);

        Assert.Equal(("web01-image-northeurope", "InProgress", "northeurope"), (before.Name, before.State, before.Location));
        Assert.EndsWith("-Location 'northeurope' -TargetResourceGroupName 'images' -TargetName 'web01-image-northeurope' -Method 'Gallery'", before.Command, StringComparison.Ordinal);
        Assert.Equal("Interrupted", Assert.Single(waited.Items.Cast<ImageOperation>()).State);
    }

    [Fact]
    public async Task OneOfTwoCopiesByAGalleryIsStoppedAndTheOtherGoesOn()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        await scene.DeleteDisksAsync();
        await scene.CopyAsync(new RecordingSink(), CopyScene.Options(scene.ImageId, "northeurope", "japaneast"), new RunOptions { NoWait = true });
        ImageOperation[] copies = await Tracked.OperationsAsync(scene.Sandbox.Session);

        RecordingSink stopped = await Tracked.StopAsync(scene.Sandbox.Session, Assert.Single(copies, copy => copy.Name == "web01-image-japaneast"));
        ImageOperation other = Assert.Single(await Tracked.OperationsAsync(scene.Sandbox.Session));
        var sink = new RecordingSink();
        await scene.CopyAsync(sink, CopyScene.Options(scene.ImageId, "northeurope") with { TargetName = other.Name });

        Assert.Equal(2, copies.Length);
        Assert.Empty(stopped.Errors);
        Assert.Equal("Succeeded", Assert.Single(sink.Items.Cast<ImageCopyResult>()).State);
        Assert.Empty(await Tracked.OperationsAsync(scene.Sandbox.Session));
        Assert.Empty(await scene.Sandbox.NamesAsync(ResourceTypes.Gallery, "2022-03-03"));
    }

    [Fact]
    public async Task ACopyWhoseBytesWereLostHasFailedAndSaysSo()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        await scene.CopyAsync(new RecordingSink(), CopyScene.Options(scene.ImageId, "northeurope"), new RunOptions { NoWait = true });
        EngineSession.Of(scene.Sandbox.Session).Sandbox!.Clock.Advance(TimeSpan.FromSeconds(20));
        await scene.DeleteSourceSnapshotsAsync();

        RecordingSink waited = await Tracked.WaitAsync(scene.Sandbox.Session);

        ImageOperation copy = Assert.Single(waited.Items.Cast<ImageOperation>());
        Assert.Equal("Failed", copy.State);
        Assert.Equal(ErrorIds.CopyFailed, Assert.Single(waited.Errors).ErrorId);
        Assert.Equal(copy.Id, waited.Errors[0].Target);
    }

    [Fact]
    public async Task WhatNobodyCanGoOnWithIsLeftOver()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        await scene.CopyAsync(new RecordingSink(), CopyScene.Options(scene.ImageId, "northeurope"), new RunOptions { NoWait = true });
        EngineSession.Of(scene.Sandbox.Session).Sandbox!.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Empty(await Tracked.LeftoversAsync(scene.Sandbox.Session));
        await scene.Sandbox.DeleteAsync(scene.ImageId, SandboxSession.ComputeVersion);

        ImageLeftover[] left = await Tracked.LeftoversAsync(scene.Sandbox.Session);

        Assert.Equal(4, left.Length);
        Assert.All(left, leftover => Assert.EndsWith("The image 'web01-image' that was being copied is gone: no command can go on with the copy.", leftover.Reason, StringComparison.Ordinal));
        Assert.Empty((await Tracked.RemoveAsync(scene.Sandbox.Session, left)).Errors);
        Assert.Empty(await scene.SnapshotsAsync());
        Assert.Equal(["web01-data", "web01-os"], await scene.DisksAsync());
    }

    [Fact]
    public async Task WhatTheSessionBeganIsFoundAndWaitedFor()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        var begun = new RecordingSink();
        await VMService.ChangePowerAsync(rig.Session, [rig.Machine.Id], VMPowerAction.Deallocate, new RunOptions { NoWait = true }, begun, TestContext.Current.CancellationToken);
        ImageOperation before = Assert.Single(await Tracked.OperationsAsync(rig.Session));

        RecordingSink waited = await Tracked.WaitAsync(rig.Session, new ImageOperationQuery { Id = [Assert.Single(begun.Items.Cast<ImageOperation>()).Id] });

        Assert.Equal((ImageOperationKind.Power, "InProgress"), (before.Kind, before.State));
        Assert.Equal("Succeeded", Assert.Single(waited.Items.Cast<ImageOperation>()).State);
        Assert.Equal("Deallocated", (await rig.ReadAsync()).PowerState);
    }

    [Fact]
    public async Task WhatAzureIsDoingCannotBeCancelled()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        await VMService.ChangePowerAsync(rig.Session, [rig.Machine.Id], VMPowerAction.Deallocate, new RunOptions { NoWait = true }, new RecordingSink(), TestContext.Current.CancellationToken);

        RecordingSink stopped = await Tracked.StopAsync(rig.Session, await Tracked.OperationsAsync(rig.Session));

        ImageCmdletsException error = Assert.Single(stopped.Errors);
        Assert.Equal(ErrorIds.OperationNotAllowed, error.ErrorId);
        Assert.Equal("Azure cannot cancel what it is doing with 'web01'.", error.Message);
    }

    [Fact]
    public async Task ARemovalEndsWithWhatItRemoved()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        await ImageService.RemoveAsync(scene.Sandbox.Session, [new RemoveImageOptions { Id = scene.ImageId }], new RunOptions { NoWait = true }, new RecordingSink(), TestContext.Current.CancellationToken);

        RecordingSink waited = await Tracked.WaitAsync(scene.Sandbox.Session);

        ImageOperation removal = Assert.Single(waited.Items.Cast<ImageOperation>());
        Assert.Equal((ImageOperationKind.Remove, "Succeeded", scene.ImageId), (removal.Kind, removal.State, removal.Id));
    }

    [Theory]
    [InlineData("nothing", ErrorIds.InvalidResourceId)]
    [InlineData("/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/images/providers/Microsoft.Compute/images/nothing", null)]
    public async Task AnIdOfNothingIsAnError(string id, string? errorId)
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        string asked = errorId is null ? scene.Sandbox.Id("images", ResourceTypes.Image, "nothing") : id;

        var error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => Tracked.OperationsAsync(scene.Sandbox.Session, new ImageOperationQuery { Id = [asked] }));

        Assert.Equal(errorId ?? ErrorIds.ResourceNotFound, error.ErrorId);
        Assert.Equal(asked, error.Target);
    }

    [Fact]
    public async Task AGeneralizationCannotBeStoppedInTheMiddleAndIsFoundAfterwards()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        await rig.GeneralizeAsync(new RunOptions { NoWait = true }, snapshot: true);
        ImageOperation running = Assert.Single(await Tracked.OperationsAsync(rig.Session));

        RecordingSink stopped = await Tracked.StopAsync(rig.Session, running);
        RecordingSink waited = await Tracked.WaitAsync(rig.Session);

        Assert.Equal((ImageOperationKind.Generalize, "InProgress"), (running.Kind, running.State));
        Assert.Equal(rig.Machine.Id, running.Id, ignoreCase: true);
        Assert.Contains(running.Resource, part => part.Type == ResourceTypes.Snapshot && !part.IsTemporary);
        Assert.Equal(ErrorIds.OperationNotAllowed, Assert.Single(stopped.Errors).ErrorId);
        ImageOperation ended = Assert.Single(waited.Items.Cast<ImageOperation>());
        Assert.Equal("Interrupted", ended.State);
        Assert.StartsWith("Invoke-Generalize -ResourceId '", ended.Command, StringComparison.Ordinal);
        Assert.Empty(await Tracked.LeftoversAsync(rig.Session, new ImageLeftoverQuery { IncludeInterrupted = true }));
    }

    [Fact]
    public async Task AfterAGeneralizationNothingIsUnderWay()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        await rig.GeneralizeAsync(snapshot: true);

        Assert.Empty(await Tracked.OperationsAsync(rig.Session));
        Assert.Empty(await Tracked.LeftoversAsync(rig.Session, new ImageLeftoverQuery { IncludeInterrupted = true }));
    }

    [Fact]
    public async Task ACloneWaitsForItsImageAndIsLeftOverAfterIt()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false, withDataDisk: true);
        await rig.GeneralizeAsync(preserveSource: true);
        ImageOperation clone = Assert.Single(await Tracked.OperationsAsync(rig.Session));
        RecordingSink stopped = await Tracked.StopAsync(rig.Session, clone);
        Assert.Empty(await Tracked.LeftoversAsync(rig.Session, new ImageLeftoverQuery { IncludeInterrupted = true }));

        var options = new NewImageOptions { Source = clone.Id, Name = "golden", KeepClone = true };
        await ImageService.CreateAsync(rig.Session, [options], new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken);
        ImageLeftover[] left = await Tracked.LeftoversAsync(rig.Session);
        RecordingSink removed = await Tracked.RemoveAsync(rig.Session, left);

        Assert.Equal((ImageOperationKind.Clone, "Succeeded"), (clone.Kind, clone.State));
        Assert.Equal($"New-CustomImage -Source '{clone.Id}'", clone.Command);
        Assert.Equal(ErrorIds.OperationNotAllowed, Assert.Single(stopped.Errors).ErrorId);
        Assert.Equal("VirtualMachine", left[0].Kind);
        Assert.All(left, leftover => Assert.Contains("The image 'golden' is made of the clone", leftover.Reason, StringComparison.Ordinal));
        Assert.Empty(removed.Errors);
        Assert.Equal("Running", (await rig.ReadAsync()).PowerState);
        Assert.Empty(await Tracked.OperationsAsync(rig.Session));
    }

    [Fact]
    public async Task ASetOfSnapshotsThatIsWholeIsNotStopped()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false, withDataDisk: true);
        var options = new NewSnapshotOptions { Source = rig.Machine.Id, Name = "before" };
        await SnapshotService.CreateAsync(rig.Session, [options], new RunOptions { NoWait = true }, new RecordingSink(), TestContext.Current.CancellationToken);
        ImageOperation running = Assert.Single(await Tracked.OperationsAsync(rig.Session));

        RecordingSink waited = await Tracked.WaitAsync(rig.Session);
        RecordingSink stopped = await Tracked.StopAsync(rig.Session, running);

        Assert.Equal(ImageOperationKind.Snapshot, running.Kind);
        Assert.Equal(2, running.Resource.Count);
        Assert.Equal("Succeeded", Assert.Single(waited.Items.Cast<ImageOperation>()).State);
        Assert.Equal(ErrorIds.OperationNotAllowed, Assert.Single(stopped.Errors).ErrorId);
        Assert.Empty(await Tracked.LeftoversAsync(rig.Session, new ImageLeftoverQuery { IncludeInterrupted = true }));
    }

    [Fact]
    public async Task FiltersNarrow()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        await scene.CopyAsync(new RecordingSink(), CopyScene.Options(scene.ImageId, "northeurope") with { TargetResourceGroupName = "elsewhere" }, new RunOptions { NoWait = true });
        Task<ImageOperation[]> FindAsync(ImageOperationQuery query) => Tracked.OperationsAsync(scene.Sandbox.Session, query);

        Assert.Single(await FindAsync(new ImageOperationQuery { Kind = [ImageOperationKind.Copy] }));
        Assert.Empty(await FindAsync(new ImageOperationQuery { Kind = [ImageOperationKind.Clone] }));
        Assert.Single(await FindAsync(new ImageOperationQuery { State = ["InProgress"] }));
        Assert.Empty(await FindAsync(new ImageOperationQuery { State = ["Failed"] }));
        Assert.Single(await FindAsync(new ImageOperationQuery { ResourceGroupName = "else*" }));
        Assert.Single(await FindAsync(new ImageOperationQuery { ResourceGroupName = "images" }));
        Assert.Empty(await FindAsync(new ImageOperationQuery { ResourceGroupName = "nothing" }));
        Assert.Single(await FindAsync(new ImageOperationQuery { SourceId = scene.ImageId.ToUpperInvariant() }));
        Assert.Empty(await FindAsync(new ImageOperationQuery { SourceId = scene.OSDiskId }));
        Assert.Single(await FindAsync(new ImageOperationQuery { Id = [scene.Sandbox.Id("elsewhere", ResourceTypes.Image, "web01-image")] }));
    }
}
