using ImageCmdlets.Engine.ImageScripts;
using ImageCmdlets.Engine.Tests.Generalization;

namespace ImageCmdlets.Engine.Tests.ImageScripts;

/// <summary>The process that runs scripts in a machine is killed at every call, and the same command is run again.</summary>
public sealed class KilledImageScriptTests
{
    // Each takes longer than the engine waits between two looks.
    private static readonly ImageScript[] s_scripts = [new("first", "sleep 60; echo one >> /opt/log"), new("second", "sleep 60; echo two >> /opt/log")];

    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task TheSameCommandEndsAsIfNobodyHadDisturbedIt(KillMoment moment)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, () => GeneralizeRig.CreateAsync(isWindows: false), scene => scene.Session, scene => (session, sink, token) => RunAsync(scene, s_scripts, session, sink, token));

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 5 : 15, 200);
    }

    [Fact]
    public async Task AScriptThatIsUnderWayIsWaitedForAndNotRunTwice()
    {
        using GeneralizeRig scene = await GeneralizeRig.CreateAsync(isWindows: false);
        int kills = 0;
        while (await ProcessKill.RunAsync(scene.Session, kills + 1, KillMoment.AfterWrite, (session, sink, token) => RunAsync(scene, s_scripts, session, sink, token)))
            kills++;

        var sink = new RecordingSink();
        await RunAsync(scene, [new("log", "cat /opt/log")], scene.Session, sink, TestContext.Current.CancellationToken);
        Assert.InRange(kills, 2, 10);
        Assert.Equal("one\ntwo\n", Assert.IsType<ImageScriptResult>(Assert.Single(sink.Items)).Output);
    }

    private static Task RunAsync(GeneralizeRig scene, ImageScript[] scripts, ImageSession session, IOperationSink sink, CancellationToken token) =>
        ImageScriptService.RunAsync(session, [new ImageScriptOptions { Id = scene.Machine.Id, Script = scripts }], new RunOptions(), sink, token);
}
