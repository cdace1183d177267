using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Engine.SnapshotCopying;

/// <summary>Reads the snapshots that are copied and what has the names of the copies already. Changes nothing.</summary>
internal static class SnapshotCopyPlanner
{
    /// <summary>The copies in the order asked for, with what speaks against each. A source that cannot be read is reported.</summary>
    /// <exception cref="ImageCmdletsException">ResourceGroupNotFound, InvalidResourceName, InvalidArgument; SnapshotNotFound where it is the
    /// only source.</exception>
    public static async Task<IReadOnlyList<SnapshotCopy>> PlanAsync(Operation operation, IReadOnlyList<SnapshotCopyTarget> targets)
    {
        CopyPlaces.Check(targets.Select(target => (target.SourceId, target.Id)), ResourceTypes.Snapshot, "snapshot");
        foreach (IGrouping<string, ResourceId> group in targets.Select(target => ResourceId.TryParse(target.Id)!)
            .GroupBy(id => $"{id.SubscriptionId}/{id.ResourceGroupName}", StringComparer.OrdinalIgnoreCase))
        {
            await ResourceGroups.RequireAsync(operation, group.First().SubscriptionId, group.First().ResourceGroupName!).ConfigureAwait(false);
        }

        Dictionary<string, DiskFacts> sources = await ReadSourcesAsync(operation, targets).ConfigureAwait(false);
        SnapshotCopyTarget[] readable = [.. targets.Where(target => sources.ContainsKey(target.SourceId))];
        var copies = new SnapshotCopy[readable.Length];
        await operation.ForEachAsync([.. Enumerable.Range(0, readable.Length)], async (index, branch) =>
        {
            var copy = new SnapshotCopy(readable[index], sources[readable[index].SourceId]);
            copies[index] = copy;
            try
            {
                await CheckAsync(branch, copy).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                copy.Failure = ArmFailure.Of(exception, copy.Id.Text);
            }
        }).ConfigureAwait(false);
        Warn(operation, copies);
        return copies;
    }

    private static async Task<Dictionary<string, DiskFacts>> ReadSourcesAsync(Operation operation, IReadOnlyList<SnapshotCopyTarget> targets)
    {
        var found = new Dictionary<string, DiskFacts>(StringComparer.OrdinalIgnoreCase);
        string[] ids = [.. targets.Select(target => target.SourceId).Distinct(StringComparer.OrdinalIgnoreCase)];
        await operation.ForEachItemAsync(ids, async (id, branch) =>
        {
            DiskFacts source = await DiskReader.ReadAsync(branch, id).ConfigureAwait(false);
            lock (found)
                found[id] = source;
        }).ConfigureAwait(false);
        return found;
    }

    private static async Task CheckAsync(Operation operation, SnapshotCopy copy)
    {
        copy.Region = (await LocationCatalog.RequireAsync(operation, copy.Id.SubscriptionId, copy.Target.Location).ConfigureAwait(false)).Name;
        RequireCopyable(copy.Source);
        if (copy.IsAcrossRegions)
            RequireIncremental(copy.Source, copy.Region);
        ArmAnswer? found = await operation.Arm.FindAsync(copy.Id.Text, ArmApiVersions.Disks, operation.CancellationToken).ConfigureAwait(false);
        if (found is not null)
            RequireSame(operation, copy, DiskFacts.Read(copy.Id, found.Body));
    }

    /// <summary>Whether the bytes of a snapshot are there.</summary>
    /// <exception cref="ImageCmdletsException">ProvisioningFailed, ResourceBusy, SnapshotNotComplete.</exception>
    public static void RequireCopyable(DiskFacts source)
    {
        if (!source.IsUsable)
            throw new ImageCmdletsException(ErrorIds.ProvisioningFailed, $"The snapshot '{source.Id.Name}' holds nothing that could be copied: its making or its own copy ended as failed.", source.Id.Text, "Take another one.");
        if (source.ProvisioningState is not (null or "Succeeded"))
            throw new ImageCmdletsException(ErrorIds.ResourceBusy, $"The snapshot '{source.Id.Name}' is in the state {source.ProvisioningState}.", source.Id.Text);
        SnapshotRestoring.RequireComplete(source);
    }

    /// <summary>Whether Azure copies a snapshot to other regions.</summary>
    /// <param name="source">The snapshot.</param>
    /// <param name="region">The region that it is to go to; null: any other.</param>
    /// <exception cref="ImageCmdletsException">OperationNotSupported.</exception>
    public static void RequireIncremental(DiskFacts source, string? region)
    {
        if (source.Incremental)
            return;

        throw new ImageCmdletsException(ErrorIds.OperationNotSupported,
            $"The snapshot '{source.Id.Name}' is a full one in {source.Location}: Azure copies only incremental snapshots to other regions{(region is null ? string.Empty : $", such as {region}")}.", source.Id.Text,
            "Make a disk of it with Restore-ImageSnapshot, take an incremental snapshot of that disk with New-ImageSnapshot, and copy that one; or take incremental snapshots in the first place, without -Full.");
    }

    private static void RequireSame(Operation operation, SnapshotCopy copy, DiskFacts found)
    {
        var present = new PresentDisk(operation, found);
        bool isOurs = SnapshotMark.IsOn(found.Tag, SnapshotCopyService.OperationName);
        present.CompareSource(copy.Source);
        present.Differs(!LocationCatalog.Same(found.Location, copy.Region), $"it is in {found.Location}, not in {copy.Region}");
        present.Differs(!found.IsUsable && !isOurs, "its making failed, and no unfinished run of this command left it");
        present.Require("Pass another -TargetName or -TargetResourceGroupName, or Remove-ImageSnapshot what has the name.");
        copy.Existing = found;
        if (found.IsUsable && !isOurs && found.CompletionPercent >= 100)
            present.Tell(copy.Tags());
        else
            operation.Verbose($"An earlier run has begun '{copy.Id.Name}': {(found.IsUsable ? $"{found.CompletionPercent:0.#} percent has arrived" : "it failed, and is made anew")}.");
    }

    private static void Warn(Operation operation, IEnumerable<SnapshotCopy> copies)
    {
        foreach (DiskFacts source in copies.Where(copy => copy.Failure is null && copy.IsAcrossRegions && copy.Source.DiskEncryptionSetId is not null).Select(copy => copy.Source).Distinct())
            operation.Warning($"The disk encryption set of '{source.Id.Name}' belongs to its region: the copies are encrypted with a key of the platform.");
    }
}
