using ImageCmdlets.Engine.Readiness;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Readiness;

/// <summary>The process is killed at every call of Test-ImageReadiness, and the same command run again by another one.</summary>
public sealed class KilledReadinessTests
{
    [Theory]
    [InlineData(true, false, KillMoment.BeforeCall)]
    [InlineData(true, false, KillMoment.AfterWrite)]
    [InlineData(true, true, KillMoment.BeforeCall)]
    [InlineData(true, true, KillMoment.AfterWrite)]
    [InlineData(false, false, KillMoment.BeforeCall)]
    [InlineData(false, false, KillMoment.AfterWrite)]
    [InlineData(false, true, KillMoment.BeforeCall)]
    [InlineData(false, true, KillMoment.AfterWrite)]
    public async Task NothingIsLeft(bool isWindows, bool fix, KillMoment moment)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, () => BrokenAsync(isWindows), rig => rig.Machine.Session,
            rig => (session, sink, token) => ReadinessService.TestAsync(session, [new TestReadinessOptions { Id = rig.Id, Fix = fix }], new RunOptions(), sink, token));

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 2 : 8, 100);
    }

    private static async Task<ReadinessRig> BrokenAsync(bool isWindows)
    {
        ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows);
        rig.Break(isWindows ? GuestFaultKind.CdRomDisabled : GuestFaultKind.ResourceDiskSwap);
        return rig;
    }
}
