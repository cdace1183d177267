using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Engine.Copying;

/// <summary>The incremental snapshots in the source region from which every region copies: made once, removed after the last.</summary>
/// <remarks>Only incremental snapshots travel between regions (recorded: test_vm_snapshot_copy_start_detection). What has none of its
/// own, a full snapshot or a VHD blob, becomes a disk first.</remarks>
internal static class SharedSnapshots
{
    /// <summary>Sees to the snapshot of one disk; its bytes are there afterwards.</summary>
    public static async Task EnsureAsync(Operation operation, CopySource source, CopyDisk disk)
    {
        ResourceId snapshot = source.SnapshotOf(disk);
        if (!disk.IsReady)
        {
            var temporaries = new CopyTemporaries(operation, source.Image);
            string from = disk.Source?.Id.Text ?? string.Empty;
            if (NeedsDisk(disk))
            {
                ResourceId made = source.DiskOf(disk);
                ArmAnswer? begunDisk = await temporaries.BeginDiskAsync(made, "disk-" + disk.Step, disk).ConfigureAwait(false);
                await temporaries.WaitAsync(begunDisk, made).ConfigureAwait(false);
                from = made.Text;
            }

            ArmAnswer? begun = await temporaries.BeginSnapshotAsync(snapshot, "source-" + disk.Step, from, source.Image.Location!).ConfigureAwait(false);
            await temporaries.WaitAsync(begun, snapshot).ConfigureAwait(false);
        }

        await SnapshotCompletion.WaitAsync(operation, [snapshot], null).ConfigureAwait(false);
    }

    /// <summary>Removes what <see cref="EnsureAsync"/> made, now or in an earlier run.</summary>
    public static Task RemoveAsync(Operation operation, CopySource source)
    {
        if (!source.Names.KnowContent)
            return Task.CompletedTask;

        ResourceId[] snapshots = [.. source.Disks.Where(disk => !disk.IsReady).Select(source.SnapshotOf)];
        ResourceId[] disks = [.. source.Disks.Where(NeedsDisk).Select(source.DiskOf)];
        return new CopyTemporaries(operation, source.Image).RemoveAsync([.. snapshots, .. disks]);
    }

    private static bool NeedsDisk(CopyDisk disk) => disk.IsBlob || disk.Source is { IsSnapshot: true, Incremental: false };
}
