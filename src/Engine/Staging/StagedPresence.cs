using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Engine.Staging;

/// <summary>Looks what a run that was stopped has left of a set, and what else has its names. Changes nothing.</summary>
internal static class StagedPresence
{
    private const string Advice = "Leave -Name out, by which every run takes new ones, or pass another -Name, or remove what has the name.";

    /// <summary>The base name of an unfinished run that took snapshots of the same source without a name; null: there is none.</summary>
    public static async Task<string?> FindNameAsync(Operation operation, StagedSet set)
    {
        string group = ResourceId.OfGroup(set.Parts[0].Id.SubscriptionId, set.Parts[0].Id.ResourceGroupName!).Text;
        var names = new List<string>();
        if (set.Point is null)
        {
            IReadOnlyList<DiskFacts> disks = await DiskReader.ListAsync(operation, group, ResourceTypes.Disk, tags => StagingTags.AreFor(tags, set.MadeFor)).ConfigureAwait(false);
            names.AddRange(disks.Select(disk => StagingTags.Read(disk.Tag).Name).OfType<string>());
        }
        else
        {
            await operation.Arm.ListAsync($"{group}/providers/{ResourceTypes.RestorePointCollection}", ArmApiVersions.Compute, item =>
            {
                if (StagingTags.AreFor(item.Map("tags"), set.MadeFor) && StagingTags.Read(item.Map("tags")).Name is { } name)
                    names.Add(name);
                return Task.CompletedTask;
            }, operation.CancellationToken).ConfigureAwait(false);
        }

        return names.OrderBy(name => name, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>The set as it is gone on with.</summary>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists: nothing was changed.</exception>
    public static async Task<StagedSet> CheckAsync(Operation operation, StagedSet set)
    {
        foreach (StagedPart part in set.Parts)
            part.Existing = await DiskReader.FindAsync(operation, part.Id).ConfigureAwait(false);
        string? setId = set.Point is null ? await SetOfDisksAsync(operation, set).ConfigureAwait(false) : await SetOfPointAsync(operation, set).ConfigureAwait(false);
        DiskFacts[] found = [.. set.Parts.Select(part => part.Existing).OfType<DiskFacts>()];
        bool isUnfinished = found.Any(snapshot => SnapshotMark.IsOn(snapshot.Tag, StagingTags.OperationName));
        string?[] sets = [.. found.Select(snapshot => SnapshotTags.SetId(snapshot.Tag)).Distinct(StringComparer.OrdinalIgnoreCase)];
        foreach (StagedPart part in set.Parts.Where(part => part.Existing is not null))
        {
            var present = new PresentDisk(operation, part.Existing!);
            present.Differs(!isUnfinished, "no unfinished run of this command left it, and what is finished is never given for a new one");
            present.Differs(!IsOf(part, part.Existing!), "it is of something else");
            present.Differs(sets.Length > 1, "the snapshots of these names are of more than one set");
            present.Differs(part.Existing!.Incremental == set.Options.Full, part.Existing.Incremental ? "it is incremental, not full" : "it is full, not incremental");
            present.Differs(set.Point is not null && setId is null && !set.IsDone, "others of its set are missing, and the restore point that they were made of is gone");
            present.Require(Advice);
        }

        if ((sets.FirstOrDefault() ?? setId) is not { } begun)
            return set;

        operation.Warning($"An unfinished run has begun these snapshots of '{set.Source.Name}' under the name '{set.BaseName}', and is gone on with: they hold what was on the disks then.");
        return set with { SetId = begun };
    }

    private static async Task<string?> SetOfPointAsync(Operation operation, StagedSet set)
    {
        if (await MachineRestorePoint.FindAsync(operation, set.Point!.CollectionId).ConfigureAwait(false) is not { } found)
            return null;

        return StagingTags.AreFor(found.Map("tags"), set.MadeFor) ? StagingTags.Read(found.Map("tags")).SetId : throw new ImageCmdletsException(ErrorIds.ResourceAlreadyExists,
            $"The resource group '{set.Point.CollectionId.ResourceGroupName}' has a restore point collection '{set.Point.CollectionId.Name}' already, and no unfinished run of this command left it.",
            set.Point.CollectionId.Text, Advice);
    }

    private static async Task<string?> SetOfDisksAsync(Operation operation, StagedSet set)
    {
        foreach (StagedPart part in set.Parts)
        {
            if (await DiskReader.FindAsync(operation, part.DiskId).ConfigureAwait(false) is { } disk && StagingTags.AreFor(disk.Tag, set.MadeFor))
                return StagingTags.Read(disk.Tag).SetId;
        }

        return null;
    }

    /// <summary>Whether a snapshot is of what a part is of.</summary>
    public static bool IsOf(StagedPart part, DiskFacts snapshot) =>
        string.Equals(SnapshotTags.Origin(snapshot.Tag), OperationTags.Value(part.Origin), StringComparison.OrdinalIgnoreCase) && SnapshotTags.Lun(snapshot.Tag) == part.Lun;
}
