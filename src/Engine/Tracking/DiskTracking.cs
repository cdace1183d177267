using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Restoring;
using ImageCmdlets.Engine.SnapshotCopying;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Engine.Tracking;

/// <summary>Finds what is at work on disks and snapshots: VHDs that are uploaded, machines that are restored, snapshots that are copied, taken and read.</summary>
internal static class DiskTracking
{
    public static async Task<IReadOnlyList<TrackedOperation>> FindAsync(ResourceSurvey survey)
    {
        var found = new List<TrackedOperation>();
        foreach (IGrouping<string?, SeenResource> import in Disks(survey, VhdPlanner.OperationName).GroupBy(disk => disk.SourceText, StringComparer.OrdinalIgnoreCase))
            found.Add(await ImportAsync(survey, [.. import]).ConfigureAwait(false));
        foreach (IGrouping<string?, SeenResource> restore in Disks(survey, RestoredDisks.OperationName).Where(disk => disk.IsUnfinished).GroupBy(disk => disk.SourceText, StringComparer.OrdinalIgnoreCase))
            found.Add(await RestoreAsync(survey, [.. restore]).ConfigureAwait(false));
        found.AddRange(survey.Of(ResourceTypes.Snapshot).Where(IsCopy).Select(OfCopy));
        found.AddRange(survey.Of(ResourceTypes.Snapshot).Where(IsRead).Select(OfExport));
        found.AddRange(await SnapshotTracking.FindAsync(survey).ConfigureAwait(false));
        return found;
    }

    private static IEnumerable<SeenResource> Disks(ResourceSurvey survey, string cmdlet) => survey.MadeBy(cmdlet).Where(disk => disk.Id.Is(ResourceTypes.Disk));

    private static async Task<TrackedOperation> ImportAsync(ResourceSurvey survey, SeenResource[] disks)
    {
        ResourceId id = disks[0].Source ?? disks[0].Id;
        SeenResource? image = (await survey.LookAsync(disks[0].Source).ConfigureAwait(false)).Found;
        if (image is not null && (image.Failure is not null || !IsMadeOf(image, disks)))
            image = null;

        string? failure = disks.Select(disk => disk.Failure).FirstOrDefault(text => text is not null);
        bool isAtWork = image is { IsUnderWay: true } || Array.Exists(disks, disk => disk.IsUnderWay);
        bool isMade = image is { IsUnderWay: false };
        return new TrackedOperation(id, VhdPlanner.OperationName, ImageOperationKind.Import)
        {
            State = isMade ? TrackedOperation.Succeeded : isAtWork ? TrackedOperation.InProgress : failure is not null ? TrackedOperation.Failed : TrackedOperation.Interrupted,
            Location = disks[0].Location,
            Start = TrackedOperation.StartOf(disks),
            Parts = disks,
            Temporaries = disks,
            Detail = image is { IsUnderWay: true } ? "The image is being made of what was uploaded."
                : Array.Exists(disks, disk => disk.IsAccessed) ? "Access is granted: a command may be uploading." : failure,
            EndReason = isMade ? $"The image '{image!.Id.Name}' is made." : null,
            Command = isMade ? null : $"{CommandText.Of(VhdPlanner.OperationName, ("ResourceGroupName", id.ResourceGroupName), ("Name", id.Name))} -Path <the same files>",
            StopRefusal = image is { IsUnderWay: true } ? $"The image '{image.Id.Name}' is being made, and Azure cannot cancel that." : null,
        };
    }

    private static bool IsMadeOf(SeenResource image, SeenResource[] disks)
    {
        CustomImage mapped = ImageMapper.Map(image.Body);
        DiskReference?[] references = [mapped.OSDisk, .. mapped.DataDisk];
        return Array.Exists(references, reference => ResourceId.TryParse(reference?.SourceId) is { } id && Array.Exists(disks, disk => disk.Id.Equals(id)));
    }

    // Disks that are in their place are the machine's; where the machine is gone, only they know what it was.
    private static async Task<TrackedOperation> RestoreAsync(ResourceSurvey survey, SeenResource[] disks)
    {
        ResourceId id = disks[0].Source ?? disks[0].Id;
        Presence machine = await survey.LookAsync(disks[0].Source).ConfigureAwait(false);
        bool hasBegun = machine.Found is null || Array.Exists(disks, disk => disk.ManagedBy is not null);
        string? failure = disks.Select(disk => disk.Failure).FirstOrDefault(text => text is not null);
        string[] snapshots = [.. disks.Select(disk => disk.Body.Text("properties", "creationData", "sourceResourceId")).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
        return new TrackedOperation(id, RestoredDisks.OperationName, ImageOperationKind.Restore)
        {
            State = machine.Found?.IsUnderWay == true || Array.Exists(disks, disk => disk.IsUnderWay) ? TrackedOperation.InProgress
                : failure is not null ? TrackedOperation.Failed : TrackedOperation.Interrupted,
            SourceId = snapshots.FirstOrDefault(),
            Location = disks[0].Location,
            Start = TrackedOperation.StartOf(disks),
            Parts = disks,
            Temporaries = hasBegun ? [] : disks,
            Detail = failure,
            Command = snapshots.Length == 0 ? null : $"{CommandText.List(snapshots)} | {CommandText.Of(RestoredDisks.OperationName, ("ToVM", null), ("VMId", id.Text))}",
            StopRefusal = machine.Found is null ? $"'{id.Name}' was removed to be made again, and only the tags of these disks tell what it was: run the command to its end."
                : hasBegun ? $"'{id.Name}' has restored disks already, and needs them: run the command to its end." : null,
        };
    }

    // What an operation made on its way is read by that one.
    private static bool IsRead(SeenResource snapshot) => snapshot is { IsAccessed: true, MadeBy: null };

    // Azure shows an access until it is revoked, does not say for whom it is, and has nothing to do for it.
    private static TrackedOperation OfExport(SeenResource snapshot) => new(snapshot.Id, "Export", ImageOperationKind.Export)
    {
        State = TrackedOperation.Interrupted,
        SourceId = snapshot.Id.Text,
        Location = snapshot.Location,
        Parts = [snapshot],
        Detail = "Its bytes can be read by a signature: for an export that runs or was cut off, or for another tool.",
        Command = $"{CommandText.Of("Export-ImageSnapshot", ("ResourceId", snapshot.Id.Text))} -DestinationPath <the same file>",
    };

    private static bool IsCopy(SeenResource snapshot) => snapshot.MadeBy is null && SnapshotMark.IsOn(snapshot.Tag, SnapshotCopyService.OperationName);

    // Azure does it in one step; the command takes the mark off afterwards.
    private static TrackedOperation OfCopy(SeenResource copy)
    {
        ResourceId? source = ResourceId.TryParse(copy.Body.Text("properties", "creationData", "sourceResourceId"));
        bool isWhole = copy is { IsUnderWay: false, Failure: null };
        return new TrackedOperation(copy.Id, SnapshotCopyService.OperationName, ImageOperationKind.Copy)
        {
            State = isWhole ? TrackedOperation.Succeeded : copy.Failure is not null ? TrackedOperation.Failed : TrackedOperation.InProgress,
            SourceId = source?.Text,
            Location = copy.Location,
            Percent = copy.CompletionPercent,
            Start = copy.TimeCreated,
            Parts = [copy],
            Temporaries = isWhole ? [] : [copy],
            Detail = isWhole ? "The copy has arrived, and is still marked as unfinished: the command takes the mark off." : copy.Failure,
            Command = source is null ? null : CommandText.Of(SnapshotCopyService.OperationName, ("ResourceId", source.Text), ("Location", copy.Location),
                ("TargetResourceGroupName", copy.Id.ResourceGroupName), ("TargetName", SnapshotCopyTargets.TargetNameOf(copy.Id.Name, source.Name))),
            StopRefusal = isWhole ? "The copy has arrived: Remove-ImageSnapshot removes it where it is not wanted." : null,
        };
    }
}
