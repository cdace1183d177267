using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Generalization;

/// <summary>The process is killed at every call of Invoke-Generalize, and the same command run again by another one.</summary>
public sealed class KilledGeneralizationTests
{
    [Theory]
    [InlineData(true, KillMoment.BeforeCall)]
    [InlineData(true, KillMoment.AfterWrite)]
    [InlineData(false, KillMoment.BeforeCall)]
    [InlineData(false, KillMoment.AfterWrite)]
    public Task ItEndsTheSame(bool isWindows, KillMoment moment) => AssertAsync(isWindows, moment, new GeneralizeOptions { Id = string.Empty });

    [Theory]
    [InlineData(true, KillMoment.BeforeCall)]
    [InlineData(true, KillMoment.AfterWrite)]
    [InlineData(false, KillMoment.BeforeCall)]
    [InlineData(false, KillMoment.AfterWrite)]
    public Task WithSnapshotsItEndsTheSame(bool isWindows, KillMoment moment) => AssertAsync(isWindows, moment, new GeneralizeOptions { Id = string.Empty, Snapshot = true });

    [Theory]
    [InlineData(true, KillMoment.BeforeCall)]
    [InlineData(true, KillMoment.AfterWrite)]
    [InlineData(false, KillMoment.BeforeCall)]
    [InlineData(false, KillMoment.AfterWrite)]
    public Task RunAgainLaterItEndsTheSame(bool isWindows, KillMoment moment) =>
        AssertAsync(isWindows, moment, new GeneralizeOptions { Id = string.Empty }, later: TimeSpan.FromMinutes(20));

    [Theory]
    [InlineData(GuestFaultKind.BitLocker, KillMoment.BeforeCall)]
    [InlineData(GuestFaultKind.BitLocker, KillMoment.AfterWrite)]
    [InlineData(GuestFaultKind.CloudInitBusy, KillMoment.BeforeCall)]
    [InlineData(GuestFaultKind.CloudInitBusy, KillMoment.AfterWrite)]
    public Task OfAGuestThatFailsNothingIsLeft(GuestFaultKind fault, KillMoment moment) =>
        AssertAsync(fault == GuestFaultKind.BitLocker, moment, new GeneralizeOptions { Id = string.Empty, SkipReadiness = true }, fault);

    private static async Task AssertAsync(bool isWindows, KillMoment moment, GeneralizeOptions options, GuestFaultKind? fault = null, TimeSpan later = default)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, () => OpenAsync(isWindows, fault), rig => rig.Session, rig => async (session, sink, token) =>
        {
            try
            {
                await GeneralizeService.GeneralizeAsync(session, [options with { Id = rig.Machine.Id }], new RunOptions(), sink, token);
            }
            catch (ImageCmdletsException exception) when (fault is not null && exception.ErrorId == ErrorIds.GeneralizeFailed)
            {
                // As it should.
            }
        }, later);

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 4 : 18, 300);
    }

    private static async Task<GeneralizeRig> OpenAsync(bool isWindows, GuestFaultKind? fault)
    {
        GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows, withDataDisk: true);
        if (fault is { } kind)
            rig.Sandbox.AddGuestFault(new SandboxGuestFault { Machine = "web01", Kind = kind });
        return rig;
    }
}
