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
    [InlineData(true)]
    [InlineData(false)]
    public async Task InterruptedAfterAnyCallAndRunAgainThereIsOneSet(bool isWindows)
    {
        int calls = int.MaxValue;
        for (int at = 0; at < calls; at++)
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
