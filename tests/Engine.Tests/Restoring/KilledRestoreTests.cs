using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Tests.Generalization;

namespace ImageCmdlets.Engine.Tests.Restoring;

/// <summary>The process is killed at every call of Restore-ImageSnapshot -ToVM, and the same command run again by another one.</summary>
public sealed class KilledRestoreTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, false, KillMoment.BeforeCall)]
    [InlineData(true, false, KillMoment.AfterWrite)]
    [InlineData(true, true, KillMoment.BeforeCall)]
    [InlineData(true, true, KillMoment.AfterWrite)]
    [InlineData(false, false, KillMoment.BeforeCall)]
    [InlineData(false, false, KillMoment.AfterWrite)]
    [InlineData(false, true, KillMoment.BeforeCall)]
    [InlineData(false, true, KillMoment.AfterWrite)]
    public async Task ItEndsTheSame(bool isWindows, bool isGeneralized, KillMoment moment)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, () => Scene.OpenAsync(isWindows, isGeneralized), scene => scene.Rig.Session,
            scene => (session, sink, token) => SnapshotService.RestoreToVMAsync(session, scene.Options, new RunOptions(), sink, token));

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 5 : 20, 300);
    }

    private sealed class Scene(GeneralizeRig rig, IReadOnlyList<string> snapshots) : IDisposable
    {
        public GeneralizeRig Rig => rig;

        public RestoreSnapshotOptions[] Options => [.. snapshots.Select(id => new RestoreSnapshotOptions { Source = id, ToVM = true })];

        public static async Task<Scene> OpenAsync(bool isWindows, bool isGeneralized)
        {
            GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows, withDataDisk: true);
            if (isGeneralized)
                return new Scene(rig, (await rig.GeneralizeAsync(snapshot: true)).Result!.Snapshot);

            var sink = new RecordingSink();
            await SnapshotService.CreateAsync(rig.Session, [new NewSnapshotOptions { Source = rig.Machine.Id }], new RunOptions(), sink, Token);
            return new Scene(rig, [.. sink.Items.OfType<ImageSnapshot>().Select(snapshot => snapshot.Id)]);
        }

        public void Dispose() => rig.Dispose();
    }
}
