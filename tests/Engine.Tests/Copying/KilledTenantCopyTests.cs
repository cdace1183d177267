using ImageCmdlets.Engine.Copying;

namespace ImageCmdlets.Engine.Tests.Copying;

/// <summary>The process is killed at every call of a copy into another tenant, and the same command run again by another one: no access stays open,
/// and nothing is left on either side.</summary>
public sealed class KilledTenantCopyTests
{
    [Theory]
    [InlineData(KillMoment.BeforeCall, false, 40)]
    [InlineData(KillMoment.AfterWrite, false, 20)]
    [InlineData(KillMoment.BeforeCall, true, 50)]
    [InlineData(KillMoment.AfterWrite, true, 25)]
    public async Task TheSameCommandEndsIt(KillMoment moment, bool withoutDisks, int fewest)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, () => OpenAsync(withoutDisks), static scene => scene.Here.Sandbox.Session, scene => (session, sink, token) =>
            CopyService.CopyAsync(session, CopyService.Targets(scene.Options(OtherProcess.OpenPartner(session), "northeurope", "japaneast")), new RunOptions { ThrottleLimit = 1 }, sink, token));

        Assert.InRange(kills, fewest, 400);
    }

    // Whatever was granted has run out by then.
    [Fact]
    public async Task TheSameCommandEndsItADayLater()
    {
        int kills = await ProcessKill.AtEveryCallAsync(KillMoment.BeforeCall, () => OpenAsync(false), static scene => scene.Here.Sandbox.Session, scene => (session, sink, token) =>
            CopyService.CopyAsync(session, CopyService.Targets(scene.Options(OtherProcess.OpenPartner(session), "northeurope")), new RunOptions { ThrottleLimit = 1 }, sink, token), TimeSpan.FromDays(1));

        Assert.InRange(kills, 30, 300);
    }

    private static async Task<TenantScene> OpenAsync(bool withoutDisks)
    {
        TenantScene scene = await TenantScene.OpenAsync();
        scene.Furnish(scene.Here.OSDiskId);
        if (withoutDisks)
            await scene.Here.DeleteDisksAsync();
        return scene;
    }
}
