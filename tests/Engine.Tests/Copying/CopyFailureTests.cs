using ImageCmdlets.Engine.Copying;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Copying;

/// <summary>A failed region never hides and never stops the others, and leaves nothing behind.</summary>
public sealed class CopyFailureTests
{
    [Theory]
    [InlineData("Snapshots_CreateOrUpdate", "*/images/providers/*")]
    [InlineData("Images_CreateOrUpdate", "*")]
    public async Task ARefusedRegionEndsAloneAndIsTidiedUp(string operation, string path)
    {
        using CopyScene scene = await CopyScene.OpenAsync();

        // The third snapshot is the first of the first region: two are made of the source's disks.
        int skip = operation.StartsWith("Snapshots", StringComparison.Ordinal) ? 2 : 0;
        scene.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = operation, Path = path, Skip = skip, Status = 403, Code = "RequestDisallowedByPolicy", Message = "No." });
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope", "japaneast");

        ImageCopyResult[] results = [.. sink.Items.Cast<ImageCopyResult>()];
        ImageCopyResult failed = Assert.Single(results, result => result.State == "Failed");
        Assert.Same(Assert.Single(sink.Errors), failed.Error);
        Assert.Equal(ErrorIds.PolicyViolation, failed.Error!.ErrorId);
        Assert.Equal("Succeeded", Assert.Single(results, result => result != failed).State);
        Assert.Empty(await scene.SnapshotsAsync());
        Assert.Equal(["web01-data", "web01-os"], await scene.DisksAsync());
    }

    [Fact]
    public async Task ASnapshotThatCannotBeTakenFailsEveryRegionOnceAndLeavesNothing()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        scene.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "Snapshots_CreateOrUpdate", Path = "*-lun3", Effect = SandboxFaultEffect.Forbidden });
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope", "japaneast");

        Assert.Equal(["Failed", "Failed"], sink.Items.Cast<ImageCopyResult>().Select(result => result.State));
        Assert.Equal([ErrorIds.AuthorizationFailed, ErrorIds.AuthorizationFailed], sink.Errors.Select(error => error.ErrorId));
        Assert.Empty(await scene.SnapshotsAsync());
        Assert.Equal(["web01-image"], await scene.ImagesAsync());
    }

    [Fact]
    public async Task WhatIsTakenAwayOnTheWayIsMadeOnceMore()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        var sink = new RecordingSink();
        Task? deletion = null;
        sink.OnProgress = record => deletion ??= record.PercentComplete > 20 ? scene.DeleteSourceSnapshotsAsync() : null;

        await scene.CopyAsync(sink, "northeurope");

        await deletion!;
        Assert.Empty(sink.Errors);
        Assert.Equal("Succeeded", Assert.Single(sink.Items.Cast<ImageCopyResult>()).State);
        Assert.Empty(await scene.SnapshotsAsync());
    }

    [Fact]
    public async Task ACopyThatBreaksAgainIsACopyError()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        var sink = new RecordingSink();
        var deletions = new List<Task>();
        sink.OnProgress = record =>
        {
            if (record.PercentComplete > 20)
                deletions.Add(scene.DeleteSourceSnapshotsAsync());
        };

        await scene.CopyAsync(sink, "northeurope");

        await Task.WhenAll(deletions);
        ImageCmdletsException error = Assert.Single(sink.Errors);
        Assert.Equal(ErrorIds.CopyFailed, error.ErrorId);
        Assert.Contains("CopySourceNotFound", error.Message, StringComparison.Ordinal);
        Assert.Equal("Failed", Assert.Single(sink.Items.Cast<ImageCopyResult>()).State);
        Assert.Empty(await scene.SnapshotsAsync());
    }

    [Fact]
    public async Task WhatBrokeOnTheWayIsMadeAnewByTheNextRun()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        await scene.CopyAsync(new RecordingSink(), CopyScene.Options(scene.ImageId, "northeurope"), new RunOptions { NoWait = true });
        await scene.DeleteSourceSnapshotsAsync();
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope");

        Assert.Empty(sink.Errors);
        Assert.Equal("Succeeded", Assert.Single(sink.Items.Cast<ImageCopyResult>()).State);
        Assert.Empty(await scene.SnapshotsAsync());
    }

    [Fact]
    public async Task WhatIsNotOursIsNeitherTakenOverNorRemoved()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        await scene.CopyAsync(new RecordingSink(), CopyScene.Options(scene.ImageId, "northeurope"), new RunOptions { NoWait = true });
        string[] names = await scene.SnapshotsAsync();
        using CopyScene other = await CopyScene.OpenAsync();
        string taken = other.Sandbox.Id("images", ResourceTypes.Snapshot, names.Single(name => !name.Contains("source", StringComparison.Ordinal) && name.EndsWith("-os", StringComparison.Ordinal)));
        string body = $$"""{"location":"westeurope","properties":{"creationData":{"createOption":"Copy","sourceResourceId":"{{other.OSDiskId}}"} } }""";
        await other.Sandbox.PutAsync(taken, SandboxSession.DiskVersion, body);
        var sink = new RecordingSink();

        await other.CopyAsync(sink, "northeurope");

        Assert.Equal(ErrorIds.ResourceAlreadyExists, Assert.Single(sink.Errors).ErrorId);
        Assert.Equal([ResourceId.TryParse(taken)!.Name], await other.SnapshotsAsync());
    }

    [Fact]
    public async Task ATemporaryThatCannotBeRemovedIsAWarningAndTheCopyHasSucceeded()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        scene.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "Snapshots_Delete", Path = "*-lun3", Status = 409, Code = "ScopeLocked", Message = "Locked." });
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope");

        Assert.Equal("Succeeded", Assert.Single(sink.Items.Cast<ImageCopyResult>()).State);
        Assert.Contains("left behind", Assert.Single(sink.Warnings), StringComparison.Ordinal);
        Assert.Single(await scene.SnapshotsAsync());
        await scene.CopyAsync(new RecordingSink(), "northeurope");
        Assert.Empty(await scene.SnapshotsAsync());
    }

    [Fact]
    public async Task AnImageWhoseMakingFailedIsMadeAgain()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        scene.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "Images_CreateOrUpdate", Effect = SandboxFaultEffect.OperationFailure, Code = "InternalExecutionError", Message = "An internal execution error occurred." });
        var first = new RecordingSink();
        var second = new RecordingSink();

        await scene.CopyAsync(first, "northeurope");
        await scene.CopyAsync(second, "northeurope");

        Assert.Equal("InternalExecutionError", Assert.IsType<ArmOperationException>(Assert.Single(first.Errors)).Code);
        ImageCopyResult result = Assert.Single(second.Items.Cast<ImageCopyResult>());
        Assert.Equal(("Succeeded", "SnapshotCopy"), (result.State, result.Method));
        Assert.Empty(await scene.SnapshotsAsync());
    }

    [Fact]
    public async Task AFailedPollIsNoFailedCopy()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        scene.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "Snapshots_Get", Skip = 12, Count = 5, Status = 503, Code = "ServerTimeout", Message = "The request timed out." });
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope");

        Assert.Empty(sink.Errors);
        Assert.Equal("Succeeded", Assert.Single(sink.Items.Cast<ImageCopyResult>()).State);
    }

    [Fact]
    public async Task AnImageThatIsMissingAmongSeveralIsReportedAndTheOthersAreCopied()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        ImageCopyTarget[] targets =
        [
            .. CopyService.Targets(CopyScene.Options(scene.ImageId + "x", "northeurope")),
            .. CopyService.Targets(CopyScene.Options(scene.ImageId, "northeurope")),
        ];
        var sink = new RecordingSink();

        await CopyService.CopyAsync(scene.Sandbox.Session, targets, new RunOptions(), sink, TestContext.Current.CancellationToken);

        Assert.Equal(ErrorIds.ImageNotFound, Assert.Single(sink.Errors).ErrorId);
        Assert.Equal("Succeeded", Assert.Single(sink.Items.Cast<ImageCopyResult>()).State);
    }

    [Fact]
    public async Task TheTimeLimitLeavesWhatTheSameCommandPicksUp()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        CopyImageOptions options = CopyScene.Options(scene.ImageId, "northeurope", "japaneast");

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(
            () => scene.CopyAsync(new RecordingSink(), options, new RunOptions { Timeout = TimeSpan.FromMinutes(2) }));
        var sink = new RecordingSink();
        await scene.CopyAsync(sink, options);

        Assert.Equal(ErrorIds.OperationTimedOut, error.ErrorId);
        Assert.Equal(["Succeeded", "Succeeded"], sink.Items.Cast<ImageCopyResult>().Select(result => result.State));
        Assert.All(sink.Items.Cast<ImageCopyResult>(), result => Assert.InRange(result.Elapsed, TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(160)));
        Assert.Empty(await scene.SnapshotsAsync());
    }

    [Fact]
    public async Task NoWaitGoesOnStepByStep()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        var states = new List<string>();
        for (int run = 0; run < 4; run++)
        {
            var sink = new RecordingSink();
            await scene.CopyAsync(sink, CopyScene.Options(scene.ImageId, "northeurope"), new RunOptions { NoWait = true });
            ImageCopyResult result = Assert.Single(sink.Items.Cast<ImageCopyResult>());
            string percent = result.PercentComplete switch { 0 => "nothing", 100 => "all", _ => "some" };
            states.Add($"{result.State} {result.Method} {percent}");
            scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(run == 0 ? 2 : 5));
        }

        Assert.Equal(["InProgress SnapshotCopy nothing", "InProgress SnapshotCopy some", "InProgress SnapshotCopy all", "Succeeded Existing all"], states);
        Assert.Empty(await scene.SnapshotsAsync());
    }
}
