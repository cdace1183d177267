using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Restoring;

/// <summary>Finds which snapshot belongs where in which machine. Changes nothing.</summary>
internal static class RestorePlanner
{
    private static readonly SourceResolver s_sources = new(ErrorIds.SnapshotNotFound, ResourceTypes.Snapshot);

    /// <exception cref="ImageCmdletsException">SnapshotNotFound, SnapshotNotComplete, InvalidArgument.</exception>
    public static async Task<IReadOnlyList<RestorePlan>> PlanAsync(Operation operation, IReadOnlyList<RestoreSnapshotOptions> items)
    {
        var found = new (ResourceId VM, RestoreMember Member)[items.Count];
        await operation.ForEachAsync([.. Enumerable.Range(0, items.Count)], async (index, branch) =>
            found[index] = await PlanOneAsync(branch, items[index]).ConfigureAwait(false)).ConfigureAwait(false);
        return [.. found.GroupBy(item => item.VM.Text, StringComparer.OrdinalIgnoreCase).Select(group =>
            new RestorePlan(group.First().VM, Members(group.First().VM, group.Select(item => item.Member))))];
    }

    private static async Task<(ResourceId VM, RestoreMember Member)> PlanOneAsync(Operation operation, RestoreSnapshotOptions options)
    {
        DiskFacts snapshot = await ReadAsync(operation, options).ConfigureAwait(false);
        ResourceId id = snapshot.Id;
        string? machine = options.VMId ?? SnapshotTags.VMId(snapshot.Tag);
        if (ResourceId.TryParse(machine) is null)
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"Nothing tells which machine the snapshot '{id.Name}' is of: New-ImageSnapshot did not take it of one.", id.Text,
                "Pass the id of the virtual machine with -VMId.");
        }

        return (VMReader.Resources.RequireId(machine!), MemberOf(snapshot));
    }

    /// <summary>A snapshot that is to be restored.</summary>
    /// <exception cref="ImageCmdletsException">SnapshotNotFound, SnapshotNotComplete.</exception>
    public static async Task<DiskFacts> ReadAsync(Operation operation, RestoreSnapshotOptions options)
    {
        ResourceId id = await s_sources.ResolveAsync(operation, options.Source, options.SubscriptionId, options.ResourceGroupName).ConfigureAwait(false);
        DiskFacts snapshot = await DiskReader.ReadAsync(operation, id.Text).ConfigureAwait(false);
        SnapshotRestoring.RequireComplete(snapshot);
        return snapshot;
    }

    /// <summary>Where a snapshot belongs.</summary>
    /// <exception cref="ImageCmdletsException">InvalidArgument: nothing tells.</exception>
    public static RestoreMember MemberOf(DiskFacts snapshot)
    {
        int? lun = SnapshotTags.Lun(snapshot.Tag);
        return lun is not null || snapshot.OSType is not null
            ? new RestoreMember(lun, snapshot)
            : throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"The snapshot '{snapshot.Id.Name}' is of a data disk, and nothing tells its LUN: New-ImageSnapshot did not take it of a machine.", snapshot.Id.Text,
                "Make a disk of it, without -ToVM and -NewVMName, and attach that disk.");
    }

    /// <summary>The disks of one machine, the OS disk first.</summary>
    /// <exception cref="ImageCmdletsException">InvalidArgument: two of one place.</exception>
    public static RestoreMember[] Members(ResourceId vm, IEnumerable<RestoreMember> members)
    {
        RestoreMember[] sorted = [.. members.OrderBy(member => member.Lun ?? -1)];
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Lun == sorted[i - 1].Lun)
            {
                throw new ImageCmdletsException(ErrorIds.InvalidArgument,
                    $"'{sorted[i - 1].Snapshot.Id.Name}' and '{sorted[i].Snapshot.Id.Name}' are both of {Place(sorted[i])} of '{vm.Name}'.", vm.Text,
                    "Pass the snapshots of one set only: those with the same SetId.");
            }
        }

        return sorted;
    }

    private static string Place(RestoreMember member) => member.Lun is { } lun ? $"the disk at LUN {lun}" : "the OS disk";
}
