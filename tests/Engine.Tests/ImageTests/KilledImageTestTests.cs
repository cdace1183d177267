using ImageCmdlets.Engine.ImageTests;

namespace ImageCmdlets.Engine.Tests.ImageTests;

/// <summary>The process that tests an image is killed at every call, and the same command is run again: nothing of either is left.</summary>
public sealed class KilledImageTestTests
{
    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task TheSameCommandLeavesNothing(KillMoment moment)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, () => ImageTestScene.OpenAsync(), scene => scene.Sandbox.Session, scene => (session, sink, token) =>
            ImageTestService.TestAsync(session, [scene.Options(new ImageScript("web", "exit 0"))], new RunOptions(), sink, token));

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 14 : 60, 300);
    }
}
