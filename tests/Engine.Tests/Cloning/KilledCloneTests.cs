using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Tests.Generalization;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Cloning;

/// <summary>The process is killed at every call of Invoke-Generalize -PreserveSource | New-CustomImage, and the same pipeline run again by
/// another one.</summary>
public sealed class KilledCloneTests
{
    [Theory]
    [InlineData(true, KillMoment.BeforeCall)]
    [InlineData(true, KillMoment.AfterWrite)]
    [InlineData(false, KillMoment.BeforeCall)]
    [InlineData(false, KillMoment.AfterWrite)]
    public async Task ThereIsNoSecondCloneAndNoOrphan(bool isWindows, KillMoment moment)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, () => GeneralizeRig.CreateAsync(isWindows, withDataDisk: true), rig => rig.Session, Pipeline);

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 20 : 60, 500);
    }

    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task OfACloneThatFailsNothingIsLeft(KillMoment moment)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, OpenBrokenAsync, rig => rig.Session, rig => async (session, sink, token) =>
        {
            try
            {
                // What the readiness tests see is not begun; sysprep itself is to fail here.
                await Pipeline(rig, skipReadiness: true)(session, sink, token);
            }
            catch (ImageCmdletsException exception) when (exception.ErrorId == ErrorIds.GeneralizeFailed)
            {
                // As it should.
            }
        });

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 15 : 50, 500);
    }

    private static async Task<GeneralizeRig> OpenBrokenAsync()
    {
        GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true, withDataDisk: true);
        rig.Sandbox.AddGuestFault(new SandboxGuestFault { Machine = "web01-clone-*", Kind = GuestFaultKind.BootConfiguration });
        return rig;
    }

    private static ProcessKill.Command Pipeline(GeneralizeRig rig) => Pipeline(rig, skipReadiness: false);

    private static ProcessKill.Command Pipeline(GeneralizeRig rig, bool skipReadiness) => async (session, sink, token) =>
    {
        var results = new ForwardingSink(sink);
        await GeneralizeService.GeneralizeAsync(session, [new GeneralizeOptions { Id = rig.Machine.Id, PreserveSource = true, SkipReadiness = skipReadiness }], new RunOptions(), results, token);
        string clone = results.Items.OfType<GeneralizeResult>().Single().Id;
        await ImageService.CreateAsync(session, [new NewImageOptions { Source = clone, Name = "golden" }], new RunOptions(), sink, token);
    };
}
