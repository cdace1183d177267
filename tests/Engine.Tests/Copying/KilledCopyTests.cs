using ImageCmdlets.Engine.Copying;

namespace ImageCmdlets.Engine.Tests.Copying;

/// <summary>The process is killed at every call of a copy, on each of its ways, and the same command run again by another one.</summary>
public sealed class KilledCopyTests
{
    [Theory]
    [InlineData(KillMoment.BeforeCall, ImageCopyMethod.SnapshotCopy, 20)]
    [InlineData(KillMoment.AfterWrite, ImageCopyMethod.SnapshotCopy, 8)]
    [InlineData(KillMoment.BeforeCall, ImageCopyMethod.Gallery, 30)]
    [InlineData(KillMoment.AfterWrite, ImageCopyMethod.Gallery, 11)]
    public async Task TheSameCommandEndsIt(KillMoment moment, ImageCopyMethod method, int fewest)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, () => OpenAsync(method), static scene => scene.Sandbox.Session, scene => (session, sink, token) =>
            CopyService.CopyAsync(session, CopyService.Targets(CopyScene.Options(scene.ImageId, "northeurope", "japaneast")), new RunOptions { ThrottleLimit = 1 }, sink, token));

        Assert.InRange(kills, fewest, 300);
    }

    // Killed while it was removed, or long ago: the world goes on meanwhile.
    [Theory]
    [InlineData(ImageCopyMethod.SnapshotCopy)]
    [InlineData(ImageCopyMethod.Gallery)]
    public async Task TheSameCommandEndsItADayLater(ImageCopyMethod method)
    {
        int kills = await ProcessKill.AtEveryCallAsync(KillMoment.BeforeCall, () => OpenAsync(method), static scene => scene.Sandbox.Session, scene => (session, sink, token) =>
            CopyService.CopyAsync(session, CopyService.Targets(CopyScene.Options(scene.ImageId, "northeurope")), new RunOptions(), sink, token), TimeSpan.FromDays(1));

        Assert.InRange(kills, 12, 300);
    }

    private static async Task<CopyScene> OpenAsync(ImageCopyMethod method)
    {
        CopyScene scene = await CopyScene.OpenAsync();
        if (method == ImageCopyMethod.Gallery)
            await scene.DeleteDisksAsync();
        return scene;
    }
}
