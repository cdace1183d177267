using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Engine.Cloning;

/// <summary>Removes a clone with everything that was made for it: the machine, by which its disks and its interface go, then its
/// network, then the snapshots.</summary>
/// <remarks>Nothing without the tags of a clone of this very machine is removed. What cannot be removed is said in a warning: it does
/// not undo what the clone was for.</remarks>
internal sealed class CloneRemoval(Operation operation, ResourceId source, string cloneName)
{
    private readonly CloneNames _names = new(source, cloneName);

    public async Task RunAsync()
    {
        DiskFacts[] snapshots = await SnapshotsAsync().ConfigureAwait(false);
        int?[] places = [.. snapshots.Select(snapshot => SnapshotTags.Lun(snapshot.Tag))];
        await RemoveAsync(_names.VM).ConfigureAwait(false);

        // Gone with the machine, if there was one.
        await RemoveAsync(_names.NetworkInterface).ConfigureAwait(false);
        foreach (int? lun in places)
            await RemoveAsync(_names.Disk(lun)).ConfigureAwait(false);

        await RemoveAsync(_names.VirtualNetwork).ConfigureAwait(false);
        await RemoveAsync(_names.SecurityGroup).ConfigureAwait(false);

        // The OS disk's first: without it nobody takes the others for a clone to go on with.
        foreach (DiskFacts snapshot in snapshots.OrderBy(snapshot => SnapshotTags.Lun(snapshot.Tag) ?? -1))
            await RemoveAsync(snapshot.Id).ConfigureAwait(false);
    }

    private async Task<DiskFacts[]> SnapshotsAsync()
    {
        string group = ResourceId.OfGroup(source.SubscriptionId, source.ResourceGroupName!).Text;
        IReadOnlyList<DiskFacts> found = await DiskReader.ListAsync(operation, group, ResourceTypes.Snapshot, tags => IsOf(source, tags)).ConfigureAwait(false);
        return [.. found.Where(snapshot => snapshot.Id.Name.StartsWith(cloneName + "-", StringComparison.OrdinalIgnoreCase))];
    }

    private Task RemoveAsync(ResourceId id) => TryRemoveAsync(operation, source, id);

    /// <summary>Removes a part of a clone, if it is there and is one; a failure is warned of.</summary>
    public static async Task TryRemoveAsync(Operation operation, ResourceId source, ResourceId part)
    {
        try
        {
            ArmAnswer? found = await operation.Arm.FindAsync(part.Text, ArmApiVersions.For(part.ResourceType!), operation.CancellationToken).ConfigureAwait(false);
            if (found is not null && IsOf(source, found.Body.Map("tags")))
                await ResourceRemoval.RemoveIfThereAsync(operation, part.Text).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception)
        {
            operation.Warning($"'{part.Name}', made for a clone of '{source.Name}', is left behind, because it could not be removed: {exception.Message}");
        }
    }

    private static bool IsOf(ResourceId source, IReadOnlyDictionary<string, string> tags) => OperationTags.IsMadeFor(tags, MachineClone.MadeBy, source.Text);
}
