using ImageCmdlets.Engine.Copying;
using ImageCmdlets.Engine.Tests.Images;

namespace ImageCmdlets.Engine.Tests.Copying;

/// <summary>Images that were not made from disks: what travels is made of what there is, and only that is removed again.</summary>
public sealed class CopySourceTests
{
    [Fact]
    public async Task AnIncrementalSnapshotTravelsAsItIsAndStays()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        string snapshot = await scene.SnapshotAsync("keep", await scene.OSDiskAsync("os"), incremental: true);
        CustomImage image = await scene.CreateAsync(new NewImageOptions { Source = snapshot, Name = "img" });

        RecordingSink sink = await CopyAsync(scene, image);

        Assert.Equal("Succeeded", Assert.Single(sink.Items.Cast<ImageCopyResult>()).State);
        Assert.Equal(["keep"], await scene.Sandbox.NamesAsync(ResourceTypes.Snapshot, SandboxSession.DiskVersion));
        Assert.DoesNotContain(sink.VerboseLines, line => line.Contains("-source-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AFullSnapshotBecomesADiskOnTheWay()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        string snapshot = await scene.SnapshotAsync("keep", await scene.OSDiskAsync("os", generation: "V2"));
        CustomImage image = await scene.CreateAsync(new NewImageOptions { Source = snapshot, Name = "img" });

        RecordingSink sink = await CopyAsync(scene, image);

        ImageCopyResult result = Assert.Single(sink.Items.Cast<ImageCopyResult>());
        Assert.Equal(("Succeeded", "V2", "Windows"), (result.State, result.HyperVGeneration, result.OSType));
        Assert.Contains(sink.VerboseLines, line => line.StartsWith("PUT", StringComparison.Ordinal) && line.Contains("/disks/imagecopy-", StringComparison.Ordinal));
        await AssertLeftAsync(scene, ["keep"], ["os"]);
    }

    [Fact]
    public async Task AVhdBecomesADiskOnTheWay()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        CustomImage image = await scene.CreateAsync(new NewImageOptions
        {
            Source = "https://store.blob.core.windows.net/vhds/os.vhd",
            DataDiskSource = ["https://store.blob.core.windows.net/vhds/data.vhd"],
            ResourceGroupName = "images",
            OSType = "Linux",
            HyperVGeneration = "V2",
        });

        RecordingSink sink = await CopyAsync(scene, image);

        ImageCopyResult result = Assert.Single(sink.Items.Cast<ImageCopyResult>());
        Assert.Equal(("Succeeded", 2, "os-image-northeurope"), (result.State, result.DiskCount, result.Name));
        await AssertLeftAsync(scene, [], []);
    }

    [Fact]
    public async Task AStopOnTheWayOfAVhdIsPickedUpAsWell()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        CustomImage image = await scene.CreateAsync(new NewImageOptions { Source = "https://store.blob.core.windows.net/vhds/os.vhd", ResourceGroupName = "images", OSType = "Linux" });
        IReadOnlyList<ImageCopyTarget> targets = Targets(image);
        foreach (int calls in new[] { 6, 7, 8, 10, 12 })
        {
            using var stop = new StopAfterCalls(calls);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CopyService.CopyAsync(scene.Sandbox.Session, targets, new RunOptions(), stop, stop.Token));
        }

        await CopyAsync(scene, image);

        await AssertLeftAsync(scene, [], []);
    }

    private static IReadOnlyList<ImageCopyTarget> Targets(CustomImage image) => CopyService.Targets(new CopyImageOptions { SourceId = image.Id, Location = ["northeurope"] });

    private static async Task<RecordingSink> CopyAsync(ImageScene scene, CustomImage image)
    {
        var sink = new RecordingSink();
        await CopyService.CopyAsync(scene.Sandbox.Session, Targets(image), new RunOptions(), sink, TestContext.Current.CancellationToken);
        Assert.Empty(sink.Errors);
        Assert.Empty(sink.Warnings);
        return sink;
    }

    private static async Task AssertLeftAsync(ImageScene scene, string[] snapshots, string[] disks)
    {
        Assert.Equal(snapshots, await scene.Sandbox.NamesAsync(ResourceTypes.Snapshot, SandboxSession.DiskVersion));
        Assert.Equal(disks, await scene.Sandbox.NamesAsync(ResourceTypes.Disk, SandboxSession.DiskVersion));
    }
}
