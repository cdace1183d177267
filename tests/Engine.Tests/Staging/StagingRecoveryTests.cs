namespace ImageCmdlets.Engine.Tests.Staging;

/// <summary>Snapshots by way of restore points and images that are killed, struck by faults, or asked for twice at once end as if nothing
/// had been.</summary>
public sealed class StagingRecoveryTests
{
    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task KilledAtEveryCallAPointsSetEndsTheSame(KillMoment moment)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, StagingScene.OpenAsync, scene => scene.Session,
            scene => (session, sink, token) => StagingScene.TakeAsync(session, sink, scene.OfPoint(), token));

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 8 : 30, 120);
    }

    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task KilledAtEveryCallAVersionsSetEndsTheSame(KillMoment moment)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, StagingScene.OpenWithVersionAsync, scene => scene.Session,
            scene => (session, sink, token) => StagingScene.TakeAsync(session, sink, scene.OfVersion(), token));

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 6 : 20, 120);
    }

    [Theory]
    [MemberData(nameof(TransientFaults.Names), MemberType = typeof(TransientFaults))]
    public Task EveryTransientFaultPassesForAPointsSet(string name) => FaultPassesAsync(name, StagingScene.OpenAsync, scene => scene.OfPoint());

    [Theory]
    [MemberData(nameof(TransientFaults.Names), MemberType = typeof(TransientFaults))]
    public Task EveryTransientFaultPassesForAVersionsSet(string name) => FaultPassesAsync(name, StagingScene.OpenWithVersionAsync, scene => scene.OfVersion());

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(31)]
    [InlineData(33)]
    public async Task TheSameCommandTwiceAtOnceSucceedsTwice(int secondsApart)
    {
        using StagingScene scene = await StagingScene.OpenAsync();
        RecordingSink[] sinks = [new(), new()];

        await scene.TogetherAsync(secondsApart, sink => StagingScene.TakeAsync(scene.Session, sinks[sink], scene.OfPoint(), TestContext.Current.CancellationToken));

        Assert.All(sinks, sink => Assert.Equal(2, sink.Items.Cast<ImageSnapshot>().Count(snapshot => snapshot.ProvisioningState == "Succeeded")));
        scene.AssertTidy(snapshots: 2);
    }

    private static async Task FaultPassesAsync(string name, Func<Task<StagingScene>> open, Func<StagingScene, NewSnapshotOptions> options)
    {
        int struck = await TransientFaults.AtEveryRequestAsync(name, open, scene => scene.Sandbox, async scene =>
        {
            var sink = new RecordingSink();
            await StagingScene.TakeAsync(scene.Session, sink, options(scene), TestContext.Current.CancellationToken);
            scene.Sandbox.ClearFaults();
            Assert.Equal(2, sink.Items.Count);
            Assert.Empty(sink.Errors);
            Assert.Empty(sink.Warnings);
            scene.AssertTidy(snapshots: 2);
        });

        Assert.InRange(struck, 20, 120);
    }
}
