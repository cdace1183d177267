using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Vhds;

namespace ImageCmdlets.Engine.Tests.Vhds;

/// <summary>The process is killed at every call of an export and of an import, to Azure Resource Manager and to blobs, and the same
/// command run again by another one.</summary>
public sealed class KilledTransferTests
{
    private static readonly RunOptions s_oneByOne = new() { ThrottleLimit = 1 };

    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task AFileIsWholeAndNobodyHasAccess(KillMoment moment)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, VhdScene.OpenAsync, static scene => scene.Sandbox.Session, scene => async (session, sink, token) =>
        {
            await VhdService.ExportAsync(session, [scene.ToFile with { Force = true }], s_oneByOne, sink, token);
            token.ThrowIfCancellationRequested();
            Assert.Equal(scene.Bytes, await File.ReadAllBytesAsync(scene.File, TestContext.Current.CancellationToken));
            Assert.Equal("Unattached", await scene.DiskStateAsync());
            Assert.Single(Directory.GetFiles(scene.Folder));
        });

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 2 : 10, 40);
    }

    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task ABlobIsWholeAndNobodyHasAccess(KillMoment moment)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, OpenWithBlobAsync, static scene => scene.Sandbox.Session, scene => async (session, sink, token) =>
        {
            var options = new ExportVhdOptions { SourceId = scene.Snapshot, DestinationUri = scene.Blob, Force = true };
            await VhdService.ExportAsync(session, [options], s_oneByOne, sink, token);
            token.ThrowIfCancellationRequested();
            Assert.Equal(scene.Bytes, await scene.ReadAsync(scene.Blob!));
            Assert.Equal("Unattached", await scene.DiskStateAsync());
        });

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 8 : 12, 50);
    }

    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task AnImageIsThereAndNoDiskIsLeft(KillMoment moment)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, OpenWithFileAsync, static scene => scene.Sandbox.Session, scene => (session, sink, token) =>
        {
            var options = new NewImageOptions { Source = scene.File, IsFile = true, ResourceGroupName = "images", OSType = "Linux" };
            return ImageService.CreateAsync(session, [options], s_oneByOne, sink, token);
        });

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 9 : 15, 60);
    }

    private static async Task<VhdScene> OpenWithBlobAsync()
    {
        VhdScene scene = await VhdScene.OpenAsync();
        scene.Blob = await scene.BlobAsync("golden.vhd");
        return scene;
    }

    private static async Task<VhdScene> OpenWithFileAsync()
    {
        VhdScene scene = await VhdScene.OpenAsync();
        await File.WriteAllBytesAsync(scene.File, scene.Bytes, TestContext.Current.CancellationToken);
        return scene;
    }
}
