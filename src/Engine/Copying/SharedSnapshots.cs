using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Engine.Copying;

/// <summary>The incremental snapshots in the source region from which every region copies: made once, removed after the last.</summary>
/// <remarks>Only incremental snapshots travel between regions (recorded: test_vm_snapshot_copy_start_detection). What has none of its
/// own, a full snapshot or a VHD blob, becomes a disk first.</remarks>
internal static class SharedSnapshots
{
    // As long as a copy goes on at most that has no time limit of its own.
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(24);

    /// <summary>Sees to the snapshot of one disk; its bytes are there afterwards.</summary>
    public static async Task EnsureAsync(Operation operation, CopySource source, CopyDisk disk)
    {
        ResourceId snapshot = source.SnapshotOf(disk);
        if (!disk.IsReady && (disk.IsBlob || disk.Source is not null))
        {
            var temporaries = new CopyTemporaries(operation, source.Image);
            string from = disk.Source?.Id.Text ?? string.Empty;
            if (NeedsDisk(disk))
            {
                ResourceId made = source.DiskOf(disk);
                ArmAnswer begunDisk = await temporaries.BeginDiskAsync(made, "disk-" + disk.Step, disk).ConfigureAwait(false);
                await temporaries.WaitAsync(begunDisk, made).ConfigureAwait(false);
                from = made.Text;
            }

            ArmAnswer begun = await temporaries.BeginSnapshotAsync(snapshot, "source-" + disk.Step, from, source.Image.Location!).ConfigureAwait(false);
            await temporaries.WaitAsync(begun, snapshot).ConfigureAwait(false);
        }

        await SnapshotCompletion.WaitAsync(operation, [snapshot], null).ConfigureAwait(false);
    }

    /// <summary>Removes what <see cref="EnsureAsync"/> made, now or in an earlier run, unless copies of another run still come from it.</summary>
    public static async Task RemoveAsync(Operation operation, CopySource source)
    {
        if (!source.Names.KnowContent)
            return;

        var shared = new HashSet<string>(source.Disks.Select(source.SnapshotOf).Select(id => id.Name), StringComparer.OrdinalIgnoreCase);
        ILookup<bool, DiskFacts> found = (await CopyLeftovers.FindAsync(operation, source).ConfigureAwait(false)).ToLookup(snapshot => source.Names.IsOfContent(snapshot.Id.Name));
        await RemoveStaleAsync(operation, source, [.. found[false]]).ConfigureAwait(false);
        DiskFacts[] onTheWay = [.. found[true].Where(snapshot => snapshot.IsUsable && !shared.Contains(snapshot.Id.Name))];
        Tell(operation, source, onTheWay);

        // Azure breaks a copy off when the snapshot it comes from is removed.
        if (Array.Exists(onTheWay, snapshot => snapshot.CompletionPercent < 100))
            return;

        ResourceId[] snapshots = [.. source.Disks.Where(disk => !disk.IsReady).Select(source.SnapshotOf)];
        ResourceId[] disks = [.. source.Disks.Where(disk => disk.Source is null || NeedsDisk(disk)).Select(source.DiskOf)];
        await new CopyTemporaries(operation, source.Image).RemoveAsync([.. snapshots, .. disks]).ConfigureAwait(false);
    }

    /// <summary>Whether it has to become a disk before a snapshot can be taken of it.</summary>
    public static bool NeedsDisk(CopyDisk disk) => disk.IsBlob || disk.Source is { IsSnapshot: true, Incremental: false };

    // No copy of the image as it is now ends these. A run that copies the one before may still be on its way, but not for ever.
    private static async Task RemoveStaleAsync(Operation operation, CopySource source, DiskFacts[] stale)
    {
        DiskFacts[] old = [.. stale.Where(snapshot => operation.Clock.UtcNow - snapshot.TimeCreated > s_longest)];
        await new CopyTemporaries(operation, source.Image).RemoveAsync([.. old.Select(snapshot => snapshot.Id)]).ConfigureAwait(false);
        DiskFacts[] left = [.. stale.Except(old)];
        if (left.Length > 0)
        {
            operation.Warning($"The temporaries {CopyTemporaries.Quote(left.Select(snapshot => snapshot.Id.Name))} are of other disks than '{source.Image.Name}' is made from now, and stay. "
                + "Where no run that began before goes on, remove them with Remove-ImageSnapshot; a copy of the image a day later does so too.");
        }
    }

    // The regions of this run have said themselves what they leave.
    private static void Tell(Operation operation, CopySource source, DiskFacts[] onTheWay)
    {
        var told = new HashSet<string>(source.Regions.SelectMany(source.PartsOf).Select(id => id.Name), StringComparer.OrdinalIgnoreCase);
        DiskFacts[] others = [.. onTheWay.Where(snapshot => !told.Contains(snapshot.Id.Name))];
        if (others.Length == 0)
            return;

        string regions = string.Join(", ", others.Select(snapshot => snapshot.Location).Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(name => name, StringComparer.Ordinal));
        operation.Warning($"Another run's copy of '{source.Image.Name}' to {regions} has not ended: its temporaries {CopyTemporaries.Quote(others.Select(snapshot => snapshot.Id.Name))} stay. Where none runs, copy to there again to end it.");
    }
}
