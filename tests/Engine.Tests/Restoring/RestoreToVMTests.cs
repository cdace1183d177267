using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Tests.Generalization;

namespace ImageCmdlets.Engine.Tests.Restoring;

/// <summary>The way back of a machine, before and after it was generalized.</summary>
public sealed class RestoreToVMTests
{
    private const string Mark = "/root/mark";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARunningMachineHasItsDisksAgainAndRuns()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false, withDataDisk: true);
        await rig.RunInGuestAsync("RunShellScript", $"echo before > {Mark}");
        string[] snapshots = await SnapshotAsync(rig);
        await rig.RunInGuestAsync("RunShellScript", $"echo after > {Mark}");

        ImageVM restored = await RestoreAsync(rig, snapshots);

        Assert.Equal("Running", restored.PowerState);
        Assert.Equal(rig.Machine.VMId, restored.VMId);
        Assert.NotEqual(rig.Machine.OSDisk!.SourceId, restored.OSDisk!.SourceId);
        Assert.NotEqual(rig.Machine.DataDisk[0].SourceId, restored.DataDisk[0].SourceId);
        Assert.Equal(0, restored.DataDisk[0].Lun);
        Assert.Contains("before", await rig.RunInGuestAsync("RunShellScript", $"cat {Mark}"), StringComparison.Ordinal);
        ManagedDisk[] disks = await DisksAsync(rig);
        Assert.Equal(4, disks.Length);
        ManagedDisk os = Assert.Single(disks, disk => IsAt(disk, restored.OSDisk));
        Assert.Equal(rig.DiskTag, os.Tag);
        Assert.Equal(disks.Single(disk => IsAt(disk, rig.Machine.OSDisk)).Sku, os.Sku);
    }

    [Fact]
    public async Task DisksOfDifferentTimesAreWarnedOf()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false, withDataDisk: true);
        string[] first = await SnapshotAsync(rig), second = await SnapshotAsync(rig);
        var ofOne = new RecordingSink();
        var ofTwo = new RecordingSink();

        await SnapshotService.RestoreToVMAsync(rig.Session, Options(second), new RunOptions(), ofOne, Token);
        await SnapshotService.RestoreToVMAsync(rig.Session, Options([first[0], second[1]]), new RunOptions(), ofTwo, Token);

        Assert.Empty(ofOne.Warnings);
        Assert.Equal("The snapshots for 'web01' are of more than one set: its disks will be of different times.", Assert.Single(ofTwo.Warnings));
    }

    [Fact]
    public async Task AStoppedMachineIsNotStarted()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        string[] snapshots = await SnapshotAsync(rig);
        await rig.PowerAsync(VMPowerAction.Deallocate);

        ImageVM restored = await RestoreAsync(rig, snapshots);

        Assert.Equal("Deallocated", restored.PowerState);
        Assert.NotEqual(rig.Machine.OSDisk!.SourceId, restored.OSDisk!.SourceId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AGeneralizedMachineIsMadeAgainAsItWas(bool isWindows)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows, withDataDisk: true);
        (GeneralizeResult? generalized, ImageCmdletsException? error) = await rig.GeneralizeAsync(snapshot: true);
        Assert.Null(error);

        ImageVM restored = await RestoreAsync(rig, [.. generalized!.Snapshot]);

        Assert.Null(restored.OSState);
        Assert.Equal("Running", restored.PowerState);
        Assert.Equal(rig.Machine.Id, restored.Id);
        Assert.Equal(rig.Machine.Size, restored.Size);
        Assert.Equal(rig.Machine.Tag, restored.Tag);
        Assert.Equal(rig.Machine.NetworkInterfaceId, restored.NetworkInterfaceId);
        Assert.Equal(rig.Machine.PrivateIPAddress, restored.PrivateIPAddress);
        Assert.Equal(rig.Machine.PublicIPAddress, restored.PublicIPAddress);
        Assert.Equal(rig.Machine.SecurityType, restored.SecurityType);
        Assert.Single(restored.DataDisk);
        Assert.Equal(rig.DiskTag, (await DisksAsync(rig)).Single(disk => IsAt(disk, restored.OSDisk!)).Tag);

        (GeneralizeResult? again, ImageCmdletsException? refusal) = await rig.GeneralizeAsync();
        Assert.Null(refusal);
        Assert.Equal("Succeeded", again!.State);
    }

    [Fact]
    public async Task WhatGoesWithAGeneralizedMachineMustBeAmongTheSnapshots()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false, withDataDisk: true);
        (GeneralizeResult? generalized, _) = await rig.GeneralizeAsync(snapshot: true);
        string before = rig.Sandbox.GetStatistics().Fingerprint;

        ImageCmdletsException withoutData = await Assert.ThrowsAsync<ImageCmdletsException>(() => RestoreAsync(rig, [generalized!.Snapshot[0]]));
        ImageCmdletsException withoutSystem = await Assert.ThrowsAsync<ImageCmdletsException>(() => RestoreAsync(rig, [generalized!.Snapshot[1]]));

        Assert.Equal(ErrorIds.InvalidArgument, withoutData.ErrorId);
        Assert.Contains("data disks at LUN 0 are set to go with it", withoutData.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorIds.InvalidArgument, withoutSystem.ErrorId);
        Assert.Contains("only be made again of a snapshot of its OS disk", withoutSystem.Message, StringComparison.Ordinal);
        Assert.Equal(before, rig.Sandbox.GetStatistics().Fingerprint);
    }

    [Fact]
    public async Task TwoSnapshotsOfOneDiskAreRefused()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        string[] first = await SnapshotAsync(rig);
        rig.Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        string[] second = await SnapshotAsync(rig);
        string before = rig.Sandbox.GetStatistics().Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() => RestoreAsync(rig, [.. first, .. second]));

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains("are both of the OS disk of 'web01'", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, rig.Sandbox.GetStatistics().Fingerprint);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task InterruptedAfterAnyCallAndRunAgainItEndsTheSame(bool isGeneralized)
    {
        int calls = int.MaxValue;
        for (int at = 1; at <= calls; at++)
        {
            using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false, withDataDisk: true);
            string[] snapshots = isGeneralized ? [.. (await rig.GeneralizeAsync(snapshot: true)).Result!.Snapshot] : await SnapshotAsync(rig);
            int disks = (await DisksAsync(rig)).Length;
            if (at == 1)
            {
                calls = await Interruption.RunUntilAsync(int.MaxValue, Command(rig, snapshots));
                Assert.InRange(calls, 10, 100);
                continue;
            }

            await Interruption.RunUntilAsync(at - 1, Command(rig, snapshots));
            ImageVM restored = await RestoreAsync(rig, snapshots);

            Assert.True(restored is { PowerState: "Running", OSState: null }, $"Stopped after call {at - 1}: {restored.PowerState} {restored.OSState}");
            Assert.Equal(rig.Machine.Tag, restored.Tag);
            Assert.Equal(rig.Machine.PrivateIPAddress, restored.PrivateIPAddress);
            Assert.Equal(rig.Machine.PublicIPAddress, restored.PublicIPAddress);
            ManagedDisk[] left = await DisksAsync(rig);
            Assert.DoesNotContain(left, disk => disk.Tag.Keys.Any(key => key.StartsWith("imagecmdlets-unfinished", StringComparison.Ordinal)));
            Assert.Equal(2, left.Count(disk => disk.ManagedBy is not null));

            // A second restoration after the first had come to its end makes disks of its own; never a third pair.
            Assert.InRange(left.Length, isGeneralized ? 2 : disks + 2, disks + 4);
        }
    }

    // A list tells the group in capitals.
    private static bool IsAt(ManagedDisk disk, DiskReference place) => string.Equals(disk.Id, place.SourceId, StringComparison.OrdinalIgnoreCase);

    private static Func<IOperationSink, CancellationToken, Task> Command(GeneralizeRig rig, string[] snapshots) =>
        (sink, token) => SnapshotService.RestoreToVMAsync(rig.Session, Options(snapshots), new RunOptions(), sink, token);

    private static async Task<ImageVM> RestoreAsync(GeneralizeRig rig, string[] snapshots)
    {
        var sink = new RecordingSink();
        await SnapshotService.RestoreToVMAsync(rig.Session, Options(snapshots), new RunOptions(), sink, Token);
        Assert.Empty(sink.Errors);
        return Assert.Single(sink.Items.OfType<ImageVM>());
    }

    private static RestoreSnapshotOptions[] Options(string[] snapshots) => [.. snapshots.Select(id => new RestoreSnapshotOptions { Source = id, ToVM = true })];

    private static async Task<string[]> SnapshotAsync(GeneralizeRig rig)
    {
        var sink = new RecordingSink();
        await SnapshotService.CreateAsync(rig.Session, [new NewSnapshotOptions { Source = rig.Machine.Id }], new RunOptions(), sink, Token);
        Assert.Empty(sink.Errors);
        return [.. sink.Items.OfType<ImageSnapshot>().Select(snapshot => snapshot.Id)];
    }

    private static async Task<ManagedDisk[]> DisksAsync(GeneralizeRig rig) => await rig.DisksAsync();
}
