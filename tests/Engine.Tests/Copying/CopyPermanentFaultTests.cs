using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Copying;

/// <summary>What fails in one region whenever it is asked for: one error that says why, the other region done, nothing left.</summary>
public sealed class CopyPermanentFaultTests
{
    public static TheoryData<ImageCopyMethod, string, SandboxFaultEffect, string> Faults => new()
    {
        { ImageCopyMethod.SnapshotCopy, "Snapshots_CreateOrUpdate", SandboxFaultEffect.Forbidden, ErrorIds.AuthorizationFailed },
        { ImageCopyMethod.SnapshotCopy, "Snapshots_CreateOrUpdate", SandboxFaultEffect.Error, ErrorIds.QuotaExceeded },
        { ImageCopyMethod.SnapshotCopy, "Snapshots_CreateOrUpdate", SandboxFaultEffect.OperationFailure, ErrorIds.QuotaExceeded },
        { ImageCopyMethod.SnapshotCopy, "Snapshots_CreateOrUpdate", SandboxFaultEffect.CopyFailure, ErrorIds.CopyFailed },
        { ImageCopyMethod.SnapshotCopy, "Images_CreateOrUpdate", SandboxFaultEffect.Forbidden, ErrorIds.AuthorizationFailed },
        { ImageCopyMethod.SnapshotCopy, "Images_CreateOrUpdate", SandboxFaultEffect.OperationFailure, ErrorIds.QuotaExceeded },
        { ImageCopyMethod.Gallery, "Disks_CreateOrUpdate", SandboxFaultEffect.Forbidden, ErrorIds.AuthorizationFailed },
        { ImageCopyMethod.Gallery, "Disks_CreateOrUpdate", SandboxFaultEffect.OperationFailure, ErrorIds.QuotaExceeded },
        { ImageCopyMethod.Gallery, "Images_CreateOrUpdate", SandboxFaultEffect.Error, ErrorIds.QuotaExceeded },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task OneRegionFailsAlone(ImageCopyMethod method, string operation, SandboxFaultEffect effect, string errorId)
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        string[] disks = await scene.DisksAsync();
        scene.Sandbox.Sandbox.AddFault(Fault(operation, effect, "japaneast"));
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, CopyScene.Options(scene.ImageId, "northeurope", "japaneast") with { Method = method });

        scene.Sandbox.Sandbox.ClearFaults();
        Assert.Equal(["japaneast Failed", "northeurope Succeeded"],
            sink.Items.Cast<ImageCopyResult>().Select(result => $"{result.Location} {result.State}").Order(StringComparer.Ordinal));
        ImageCmdletsException error = Assert.Single(sink.Errors);
        Assert.Equal(errorId, error.ErrorId);
        Assert.Same(error, sink.Items.Cast<ImageCopyResult>().Single(result => result.State == "Failed").Error);
        await AssertTidyAsync(scene, sink, disks);
    }

    // What all regions share fails for all of them, with one error each.
    [Theory]
    [InlineData(ImageCopyMethod.SnapshotCopy, "Snapshots_CreateOrUpdate", SandboxFaultEffect.Forbidden)]
    [InlineData(ImageCopyMethod.SnapshotCopy, "Snapshots_CreateOrUpdate", SandboxFaultEffect.OperationFailure)]
    [InlineData(ImageCopyMethod.Gallery, "Galleries_CreateOrUpdate", SandboxFaultEffect.Forbidden)]
    [InlineData(ImageCopyMethod.Gallery, "Galleries_CreateOrUpdate", SandboxFaultEffect.OperationFailure)]
    [InlineData(ImageCopyMethod.Gallery, "GalleryImages_CreateOrUpdate", SandboxFaultEffect.Forbidden)]
    [InlineData(ImageCopyMethod.Gallery, "GalleryImageVersions_CreateOrUpdate", SandboxFaultEffect.Forbidden)]
    [InlineData(ImageCopyMethod.Gallery, "GalleryImageVersions_CreateOrUpdate", SandboxFaultEffect.OperationFailure)]
    [InlineData(ImageCopyMethod.Gallery, "Tags_UpdateAtScope", SandboxFaultEffect.Forbidden)]
    public async Task EveryRegionFailsWithItsReason(ImageCopyMethod method, string operation, SandboxFaultEffect effect)
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        string[] disks = await scene.DisksAsync();
        SandboxFault fault = Fault(operation, effect, "westeurope");
        scene.Sandbox.Sandbox.AddFault(fault);
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, CopyScene.Options(scene.ImageId, "northeurope", "japaneast") with { Method = method });

        Assert.NotEqual(0, fault.Hits);
        Assert.Equal(["Failed", "Failed"], sink.Items.Cast<ImageCopyResult>().Select(result => result.State));
        Assert.Equal(2, sink.Errors.Count);
        await AssertTidyAsync(scene, sink, disks);
    }

    private static SandboxFault Fault(string operation, SandboxFaultEffect effect, string location) => new()
    {
        Operation = operation,
        Location = operation == "Tags_UpdateAtScope" ? null : location,
        Count = int.MaxValue,
        Effect = effect,
        Status = 409,
        Code = effect == SandboxFaultEffect.CopyFailure ? "CopySourceNotFound" : "QuotaExceeded",
        Message = "The quota is exceeded.",
    };

    private static async Task AssertTidyAsync(CopyScene scene, RecordingSink sink, string[] disks)
    {
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(disks, await scene.DisksAsync());
        await scene.AssertNothingLeftAsync(string.Join(" ", sink.Warnings));
        Assert.Equal("web01-image", (await scene.ImagesAsync())[0]);
    }
}
