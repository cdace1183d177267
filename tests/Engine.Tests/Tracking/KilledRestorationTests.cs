using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Tests.Generalization;

namespace ImageCmdlets.Engine.Tests.Tracking;

/// <summary>A restoration is killed at every call. It is found then; given up while the machine is there, and gone on with when it is not.</summary>
public sealed class KilledRestorationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task NoDiskIsLeftOfOneThatIsGivenUpAndNoMachineIsLost(KillMoment moment)
    {
        int givenUp = 0, refused = 0;
        for (int call = 1; ; call += moment == KillMoment.BeforeCall ? ProcessKill.ShortStride : 1)
        {
            using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false, withDataDisk: true);
            RestoreSnapshotOptions[] wanted = await SnapshotsAsync(rig);
            bool wasKilled = await ProcessKill.RunAsync(rig.Session, call, moment, (session, sink, token) =>
                SnapshotService.RestoreToVMAsync(session, wanted, new RunOptions(), sink, token));
            EngineSession.Of(rig.Session).Sandbox!.Clock.Advance(TimeSpan.FromHours(3));
            string where = $"{moment} {call}";

            ImageOperation[] found = await Tracked.OperationsAsync(rig.Session);
            Assert.All(found, operation => Assert.Equal((ImageOperationKind.Restore, "Interrupted", rig.Machine.Id.ToUpperInvariant()), (operation.Kind, operation.State, operation.Id.ToUpperInvariant())));
            Assert.All(found, operation => Assert.Equal(operation.Resource.Count, operation.Command!.Split(" | Restore-ImageSnapshot -ToVM -VMId ")[0].Split(", ").Length));
            bool isThere = (await WorldPicture.OfAsync(rig.Session)).Contains(ResourceTypes.VirtualMachine + " ", StringComparison.Ordinal);
            Assert.True(isThere || found.Length == 1, $"Killed at {where}: the machine is gone, and {found.Length} operations tell of it.");
            RecordingSink stopped = await Tracked.StopAsync(rig.Session, found);
            Assert.True(isThere || stopped.Errors.Count == 1, $"Killed at {where}: what tells of the machine was taken away.");
            if (stopped.Errors.Count == 0)
            {
                givenUp += found.Length;
            }
            else
            {
                Assert.Equal(ErrorIds.OperationNotAllowed, Assert.Single(stopped.Errors).ErrorId);
                Assert.Empty(stopped.Items);
                await SnapshotService.RestoreToVMAsync(rig.Session, wanted, new RunOptions(), new RecordingSink(), Token);
                refused++;
            }

            await NothingIsLeftAsync(rig, where);
            if (!wasKilled)
                break;
        }

        Assert.InRange(givenUp, 3, 100);
        Assert.InRange(refused, 1, 100);
    }

    // The disks that a restoration has replaced are kept, as it says.
    private static async Task NothingIsLeftAsync(GeneralizeRig rig, string where)
    {
        Assert.Empty(await Tracked.OperationsAsync(rig.Session));
        Assert.Empty(await Tracked.LeftoversAsync(rig.Session, new ImageLeftoverQuery { IncludeInterrupted = true }));
        string[] lines = (await WorldPicture.OfAsync(rig.Session)).Split('\n');
        string[] unfinished = [.. lines.Where(line => line.StartsWith(ResourceTypes.Disk + " ", StringComparison.Ordinal) && line.Contains(OperationTags.UnfinishedTag, StringComparison.Ordinal))];
        Assert.True(unfinished.Length == 0, $"Killed at {where}, left: {string.Join('\n', unfinished)}");
        ImageVM machine = await rig.ReadAsync();
        Assert.Single(machine.DataDisk);
    }

    private static async Task<RestoreSnapshotOptions[]> SnapshotsAsync(GeneralizeRig rig)
    {
        var sink = new RecordingSink();
        await SnapshotService.CreateAsync(rig.Session, [new NewSnapshotOptions { Source = rig.Machine.Id }], new RunOptions(), sink, Token);
        return [.. sink.Items.OfType<ImageSnapshot>().Select(snapshot => new RestoreSnapshotOptions { Source = snapshot.Id, ToVM = true })];
    }
}
