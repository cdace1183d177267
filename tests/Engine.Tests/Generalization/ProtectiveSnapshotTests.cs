using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Generalization;

/// <summary>Invoke-Generalize -Snapshot.</summary>
public sealed class ProtectiveSnapshotTests
{
    private const string Unfinished = "imagecmdlets-unfinished";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SnapshotsOfAllDisksAreTakenBeforeTheGuestIsTouched()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false, withDataDisk: true);

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync(snapshot: true);

        Assert.Null(error);
        Assert.Equal(["Inspect", "Snapshot", "GuestStep"], result!.Step.Take(3).Select(step => step.Name));
        ImageSnapshot[] snapshots = await SnapshotsAsync(rig);
        Assert.Equal(2, snapshots.Length);
        Assert.Equal([null, 0], result.Snapshot.Select(id => snapshots.Single(snapshot => string.Equals(snapshot.Id, id, StringComparison.OrdinalIgnoreCase)).Lun));
        Assert.Single(snapshots.Select(snapshot => snapshot.SetId).Distinct());
        Assert.All(snapshots, snapshot => Assert.False(snapshot.Tag.ContainsKey(Unfinished)));
    }

    [Fact]
    public async Task AFailureSaysTheWayBackAndKeepsThem()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        rig.Sandbox.AddGuestFault(new SandboxGuestFault { Machine = "web*", Kind = GuestFaultKind.BitLocker });

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync(snapshot: true);

        Assert.Equal(ErrorIds.GeneralizeFailed, error!.ErrorId);
        Assert.EndsWith("Its snapshots bring it back: Restore-ImageSnapshot -ToVM.", error.Message, StringComparison.Ordinal);
        Assert.Single(result!.Snapshot);
        Assert.False((await SnapshotsAsync(rig)).Single().Tag.ContainsKey(Unfinished));
    }

    [Fact]
    public async Task OnceTheGuestIsChangedItIsTooLate()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        await rig.GeneralizeAsync(new RunOptions { NoWait = true });
        var sink = new RecordingSink();

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync(snapshot: true, sink: sink);

        Assert.Null(error);
        Assert.Empty(result!.Snapshot);
        Assert.Equal("Snapshot: Skipped", result.Step[1].ToString());
        Assert.Contains(sink.Warnings, line => line.Contains("before -Snapshot was given", StringComparison.Ordinal));
        Assert.Empty(await SnapshotsAsync(rig));
    }

    [Theory]
    [InlineData(GuestFaultKind.UpgradeRemains, 1)]
    [InlineData(GuestFaultKind.UpgradeRemains, 60)]
    [InlineData(GuestFaultKind.DeprovisionFails, 1)]
    [InlineData(GuestFaultKind.CloudInitBusy, 60)]
    public async Task OfAHalfGeneralizedMachineNoSnapshotsAreTakenAndTheFirstOnesStayTheWayBack(GuestFaultKind fault, int minutes)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: fault == GuestFaultKind.UpgradeRemains);
        rig.Sandbox.AddGuestFault(new SandboxGuestFault { Machine = "web*", Kind = fault });

        (GeneralizeResult? first, ImageCmdletsException? error) = await rig.GeneralizeAsync(snapshot: true);
        rig.Sandbox.Clock.Advance(TimeSpan.FromMinutes(minutes));
        var sink = new RecordingSink();
        (GeneralizeResult? second, _) = await rig.GeneralizeAsync(snapshot: true, sink: sink);

        Assert.StartsWith("'web01' is half generalized, do not use it and make no image of it: ", error!.Message, StringComparison.Ordinal);
        Assert.EndsWith("Its snapshots bring it back: Restore-ImageSnapshot -ToVM.", error.Message, StringComparison.Ordinal);
        Assert.Equal(Assert.Single(first!.Snapshot), Assert.Single(second!.Snapshot));
        Assert.Single(await SnapshotsAsync(rig));
        Assert.Equal(minutes == 60 ? 1 : 0, sink.Warnings.Count(line => line.StartsWith("'web01' is half generalized already: no snapshots are taken of that.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task WithoutAnyOfItsOwnTheLastOtherSnapshotIsNamed()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        await SnapshotService.CreateAsync(rig.Session, [new NewSnapshotOptions { Source = rig.Machine.Id, Name = "before" }], new RunOptions(), new RecordingSink(), Token);
        rig.Sandbox.AddGuestFault(new SandboxGuestFault { Machine = "web*", Kind = GuestFaultKind.UpgradeRemains });
        await rig.GeneralizeAsync();
        var sink = new RecordingSink();

        (GeneralizeResult? result, _) = await rig.GeneralizeAsync(snapshot: true, sink: sink);

        Assert.Empty(result!.Snapshot);
        Assert.Equal("Snapshot: Skipped", result.Step[1].ToString());
        string name = Assert.Single(await SnapshotsAsync(rig)).Name;
        Assert.Contains(sink.Warnings, line => line.StartsWith(
            $"'web01' is half generalized already: snapshots taken now would not bring it back, and none are. Its last snapshots are '{name}'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ARunAfterTheEndGivesTheSnapshotsAgain(bool markFails)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false, withDataDisk: true);
        if (markFails)
            rig.ForbidMark();
        (GeneralizeResult? first, _) = await rig.GeneralizeAsync(snapshot: true);
        rig.Sandbox.ClearFaults();
        rig.Sandbox.Clock.Advance(TimeSpan.FromHours(1));
        var sink = new RecordingSink();

        (GeneralizeResult? second, ImageCmdletsException? error) = await rig.GeneralizeAsync(snapshot: true, sink: sink);

        Assert.Null(error);
        Assert.Equal("Succeeded", second!.State);
        Assert.Equal(2, second.Snapshot.Count);
        Assert.Equal(first!.Snapshot, second.Snapshot);
        Assert.Equal("Snapshot: Succeeded", second.Step[1].ToString());
        Assert.Empty(sink.Warnings);
        Assert.All(await SnapshotsAsync(rig), snapshot => Assert.False(snapshot.Tag.ContainsKey(Unfinished)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AStoppedMachineThatWasNeverTouchedIsRefusedWithoutAWordOnSnapshots(bool checksReadiness)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        await rig.PowerAsync(VMPowerAction.Deallocate);
        string before = rig.Sandbox.GetStatistics().Fingerprint;
        var sink = new RecordingSink();

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync(snapshot: true, checksReadiness: checksReadiness, sink: sink);

        Assert.Null(result);
        Assert.Equal(ErrorIds.VMNotReady, error!.ErrorId);
        Assert.Empty(sink.Warnings);
        Assert.Equal(before, rig.Sandbox.GetStatistics().Fingerprint);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task InterruptedAfterAnyCallAndRunAgainThereIsOneSet(bool isWindows)
    {
        int calls = int.MaxValue;
        for (int at = 0; at < calls; at += Interruption.Stride)
        {
            using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows, withDataDisk: true);
            int seen = await Interruption.RunUntilAsync(at == 0 ? int.MaxValue : at, (sink, token) => Engine.Generalization.GeneralizeService.GeneralizeAsync(
                rig.Session, [new GeneralizeOptions { Id = rig.Machine.Id, Snapshot = true }], new RunOptions(), sink, token));
            if (at == 0)
            {
                calls = seen;
                Assert.InRange(calls, 15, 300);
                continue;
            }

            (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync(snapshot: true, checksReadiness: true);

            Assert.True(error is null, $"Stopped after call {at}: {error?.Message}");
            Assert.Equal("Succeeded", result!.State);
            await rig.AssertGeneralizedAsync();
            ImageSnapshot[] snapshots = await SnapshotsAsync(rig);
            Assert.True(snapshots.Length == 2, $"Stopped after call {at}: {snapshots.Length} snapshots");
            Assert.All(snapshots, snapshot => Assert.False(snapshot.Tag.ContainsKey(Unfinished), $"Stopped after call {at}: {snapshot.Name} is marked"));
        }
    }

    private static async Task<ImageSnapshot[]> SnapshotsAsync(GeneralizeRig rig)
    {
        var sink = new RecordingSink();
        await SnapshotService.GetAsync(rig.Session, new ResourceQuery(), sink, Token);
        return [.. sink.Items.OfType<ImageSnapshot>()];
    }
}
