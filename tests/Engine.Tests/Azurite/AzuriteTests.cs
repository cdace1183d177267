using System.Security.Cryptography;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.SnapshotCopying;
using ImageCmdlets.Engine.Tests.Vhds;
using ImageCmdlets.Engine.Vhds;

namespace ImageCmdlets.Engine.Tests.Azurite;

/// <summary>Import, copy and export with the bytes of the disks in a real Azurite: what the engine asks of blobs, a service that we did not
/// write answers, and the sandbox's answers are held against it.</summary>
[Trait("Category", "Azurite")]
public sealed class AzuriteTests
{
    [Fact]
    public async Task AFileThatIsImportedCopiedAndExportedIsTheSameByHash()
    {
        using AzuriteServer azurite = await AzuriteServer.StartAsync();
        using VhdScene scene = await VhdScene.OpenAsync();
        await File.WriteAllBytesAsync(scene.File, scene.Bytes, TestContext.Current.CancellationToken);
        string expected = Convert.ToHexString(SHA256.HashData(scene.Bytes));
        using var mirror = new MirrorHandler(scene.Sandbox.Sandbox, azurite);
        ImageSession session = OtherProcess.Open(scene.Sandbox.Session, mirror);

        var import = new NewImageOptions { Source = scene.File, IsFile = true, ResourceGroupName = "images", OSType = "Linux" };
        CustomImage image = (CustomImage)await RunAsync(sink => ImageService.CreateAsync(session, [import], new RunOptions(), sink, TestContext.Current.CancellationToken));
        Assert.Equal(expected, await OnlyBlobAsync(azurite, mirror));

        string snapshot = await scene.Images.SnapshotAsync("travels", scene.Sandbox.Id("images", ResourceTypes.Disk, "os"), incremental: true);
        CopySnapshotOptions there = new() { SourceId = snapshot, Location = ["northeurope"] };
        var copy = (SnapshotCopyResult)await RunAsync(sink =>
            SnapshotCopyService.CopyAsync(session, SnapshotCopyService.Targets(there), new RunOptions(), sink, TestContext.Current.CancellationToken));
        Assert.Equal("Succeeded", copy.State);

        ExportVhdOptions export = new() { SourceId = copy.Id, FilePath = Path.Combine(scene.Folder, "back.vhd") };
        await RunAsync(sink => VhdService.ExportAsync(session, [export], new RunOptions(), sink, TestContext.Current.CancellationToken));
        Assert.Equal(expected, Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(export.FilePath!, TestContext.Current.CancellationToken))));
        Assert.InRange(mirror.Compared, 12, 200);
    }

    private static async Task<string> OnlyBlobAsync(AzuriteServer azurite, MirrorHandler mirror)
    {
        string name = Assert.Single(mirror.Names);
        using var bytes = new MemoryStream();
        await azurite.Blob(name).DownloadToAsync(bytes, TestContext.Current.CancellationToken);
        return Convert.ToHexString(SHA256.HashData(bytes.ToArray()));
    }

    private static async Task<object> RunAsync(Func<RecordingSink, Task> command)
    {
        var sink = new RecordingSink();
        await command(sink);
        Assert.Empty(sink.Errors);
        return Assert.Single(sink.Items);
    }
}
