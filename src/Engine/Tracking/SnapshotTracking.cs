using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Staging;

namespace ImageCmdlets.Engine.Tracking;

/// <summary>Finds sets of snapshots whose run has not ended, with the disks and the restore point that some are taken by way of.</summary>
internal static class SnapshotTracking
{
    public static async Task<IReadOnlyList<TrackedOperation>> FindAsync(ResourceSurvey survey)
    {
        var found = new List<TrackedOperation>();
        foreach (IGrouping<string, SeenResource> set in survey.All.Where(IsPart).GroupBy(part => SnapshotTags.SetId(part.Tag) ?? part.Id.Text, StringComparer.OrdinalIgnoreCase))
            found.Add(await OfSetAsync(survey, [.. set]).ConfigureAwait(false));
        return found;
    }

    private static bool IsPart(SeenResource resource) => resource.IsUnfinished && (IsSnapshot(resource)
        ? resource.MadeBy is null && SnapshotMark.IsOn(resource.Tag, StagingTags.OperationName)
        : string.Equals(resource.MadeBy, StagingTags.OperationName, StringComparison.OrdinalIgnoreCase));

    private static bool IsSnapshot(SeenResource resource) => resource.Id.Is(ResourceTypes.Snapshot);

    private static async Task<TrackedOperation> OfSetAsync(ResourceSurvey survey, SeenResource[] parts)
    {
        SeenResource[] snapshots = [.. parts.Where(IsSnapshot)];
        SeenResource[] staging = [.. parts.Except(snapshots)];
        ResourceId? source = SourceOf(parts);
        string? failure = parts.Select(part => part.Failure).FirstOrDefault(text => text is not null);
        bool isAtWork = Array.Exists(parts, part => part.IsUnderWay) || await IsPointUnderWayAsync(survey, staging).ConfigureAwait(false);
        bool isWhole = !isAtWork && failure is null && snapshots.Length >= await DiskCountAsync(survey, source).ConfigureAwait(false);

        // What is whole may be all that was asked for: it is the user's.
        SeenResource[] temporaries = [.. parts.Where(part => !IsSnapshot(part) || part.IsUnderWay || part.Failure is not null)];
        return new TrackedOperation(snapshots.Length > 0 ? snapshots[0].Id : source ?? parts[0].Id, StagingTags.OperationName, ImageOperationKind.Snapshot)
        {
            State = isWhole ? TrackedOperation.Succeeded : isAtWork ? TrackedOperation.InProgress : failure is not null ? TrackedOperation.Failed : TrackedOperation.Interrupted,
            SourceId = source?.Text,
            Location = parts[0].Location,
            Percent = snapshots.Length == 0 ? 0 : snapshots.Average(snapshot => snapshot.CompletionPercent),
            Start = TrackedOperation.StartOf(parts),
            Parts = parts,
            Temporaries = temporaries,
            Detail = isWhole ? "Everything is there, and still marked as unfinished: the command takes the marks off." : failure,
            Command = source is null ? null : CommandOf(source, parts, snapshots),
            EndReason = isWhole && staging.Length > 0 ? $"The snapshot '{snapshots[0].Id.Name}' and its set are there." : null,
            StopRefusal = temporaries.Length == 0 ? "What there is of it are whole snapshots: Remove-ImageSnapshot removes them where they are not wanted." : null,
        };
    }

    // What was made on the way says it; else the machine whose disks they are, or the one disk.
    private static ResourceId? SourceOf(SeenResource[] parts) => parts.Select(part => part.Source).FirstOrDefault(id => id is not null)
        ?? ResourceId.TryParse(SnapshotTags.VMId(parts[0].Tag) ?? parts[0].Body.Text("properties", "creationData", "sourceResourceId"));

    // The point itself is in no list.
    private static async Task<bool> IsPointUnderWayAsync(ResourceSurvey survey, SeenResource[] staging) =>
        Array.Find(staging, part => part.Id.Is(ResourceTypes.RestorePointCollection)) is { } collection
        && (await survey.LookAsync(ResourceId.TryParse(new MachineRestorePoint(collection.Id).PointId)).ConfigureAwait(false)).Found is { IsUnderWay: true };

    // Of a disk there is one. Where a machine or an image is gone, nothing tells how many there were to be.
    private static async Task<int> DiskCountAsync(ResourceSurvey survey, ResourceId? source)
    {
        if (source is null || source.Is(ResourceTypes.Disk) || source.Is(ResourceTypes.Snapshot))
            return 1;

        SeenResource? found = (await survey.LookAsync(source).ConfigureAwait(false)).Found;
        if (found is null)
            return int.MaxValue;

        return 1 + (source.Is(ResourceTypes.Image) ? ImageMapper.Map(found.Body).DataDisk.Count : found.Body.Items("properties", "storageProfile", source.Is(ResourceTypes.VirtualMachine) ? "dataDisks" : "dataDiskImages").Count());
    }

    private static string CommandOf(ResourceId source, SeenResource[] parts, SeenResource[] snapshots)
    {
        string? name = parts.Select(part => StagingTags.Read(part.Tag).Name).FirstOrDefault(text => text is not null);
        if (name is null && snapshots.Length > 0)
            name = SnapshotTags.VMId(snapshots[0].Tag) is not null && snapshots[0].Id.Name.LastIndexOf('-') is > 0 and int end ? snapshots[0].Id.Name.Substring(0, end) : snapshots[0].Id.Name;
        (string, string?)[] arguments = [("ResourceGroupName", parts[0].Id.ResourceGroupName), ("Name", name ?? string.Empty), ("Source", source.Text)];
        bool hasPoint = Array.Exists(parts, part => part.Id.Is(ResourceTypes.RestorePointCollection) || SnapshotTags.Consistency(part.Tag) is not null);
        return CommandText.Of(StagingTags.OperationName, hasPoint ? [.. arguments, ("RestorePoint", null)] : arguments);
    }
}
