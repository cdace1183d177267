using ImageCmdlets.Engine.Copying;

namespace ImageCmdlets.Engine.Tracking;

/// <summary>Finds copies of images: one operation for each image that is to be made.</summary>
internal static class CopyTracking
{
    private static readonly string[] s_shared = ["source-", "disk-"];

    public static async Task<IReadOnlyList<TrackedOperation>> FindAsync(ResourceSurvey survey)
    {
        var found = new List<TrackedOperation>();
        foreach (IGrouping<string, SeenResource> copy in survey.MadeBy(CopyTemporaries.OperationName).GroupBy(KeyOf, StringComparer.OrdinalIgnoreCase))
            found.AddRange(await OfContentAsync(survey, [.. copy]).ConfigureAwait(false));
        return found;
    }

    // One image with one content: what is in its own region serves the copies to all others.
    private static string KeyOf(SeenResource temporary) => $"{temporary.SourceText} {CopyNames.AnyContentIn(temporary.Id.Name)}";

    private static async Task<IEnumerable<TrackedOperation>> OfContentAsync(ResourceSurvey survey, SeenResource[] all)
    {
        SeenResource[] shared = [.. all.Where(IsShared)];
        Presence source = await survey.LookAsync(all[0].Source).ConfigureAwait(false);
        var copies = new List<TrackedOperation>();
        foreach (IGrouping<string, SeenResource> way in all.Except(shared).GroupBy(WayOf, StringComparer.OrdinalIgnoreCase))
            copies.Add(await OfTargetAsync(survey, source, [.. way], shared).ConfigureAwait(false));
        if (copies.Count == 0)
            copies.Add(OfShared(survey, source, shared));

        // The last one takes what they share along.
        bool isOneOpen = copies.Count(copy => copy.EndReason is null) == 1;
        bool areAllEnded = copies.TrueForAll(copy => copy.EndReason is not null);
        return copies.Select((copy, i) => (copy.EndReason is null ? isOneOpen : areAllEnded && i == 0) && copy.Parts.Count > copy.Temporaries.Count
            ? copy with { Temporaries = copy.Parts } : copy);
    }

    private static bool IsShared(SeenResource temporary) =>
        temporary.Target is null && Array.Exists(s_shared, step => temporary.Step?.StartsWith(step, StringComparison.OrdinalIgnoreCase) == true);

    private static string WayOf(SeenResource temporary) => temporary.Target?.Text ?? $"{temporary.Id.ResourceGroupName} {temporary.Location}";

    private static async Task<TrackedOperation> OfTargetAsync(ResourceSurvey survey, Presence source, SeenResource[] own, SeenResource[] shared)
    {
        ResourceId? target = own[0].Target;
        SeenResource? image = (await survey.LookAsync(target).ConfigureAwait(false)).Found ?? survey.Of(ResourceTypes.Image).FirstOrDefault(other => IsMadeOf(other, own));
        if (image?.Failure is not null || (image is not null && !IsMadeOf(image, own)))
            image = null;

        SeenResource[] parts = [.. own, .. shared];
        string? failure = parts.Select(part => part.Failure).FirstOrDefault(text => text is not null);
        bool isMade = image is { IsUnderWay: false };
        bool isBeingMade = image is { IsUnderWay: true };
        string? end = isMade ? $"The image '{image!.Id.Name}' is made." : SourceEnd(source, own[0], parts);
        return new TrackedOperation(image?.Id ?? target ?? own[0].Source ?? own[0].Id, CopyTemporaries.OperationName, ImageOperationKind.Copy)
        {
            State = isMade ? TrackedOperation.Succeeded : isBeingMade ? TrackedOperation.InProgress : StateOf(parts, failure),
            SourceId = own[0].SourceText,
            Location = own[0].Location,
            Percent = isMade ? 100 : PercentOf(own, source),
            Start = TrackedOperation.StartOf(parts),
            Parts = parts,
            Temporaries = own,
            Detail = isBeingMade ? "The image is being made of what has arrived." : failure,
            EndReason = isBeingMade ? null : end,
            Command = isMade ? Tidying : source.IsGone ? null : CommandOf(own[0], target),
            StopRefusal = isBeingMade ? $"The image '{image!.Id.Name}' is being made, and Azure cannot cancel that." : null,
        };
    }

    private const string Tidying = "Get-ImageLeftover -Maker ImageCmdlets | Remove-ImageLeftover";

    // Killed before it had begun anything in another region, or at the very end.
    private static TrackedOperation OfShared(ResourceSurvey survey, Presence source, SeenResource[] shared)
    {
        SeenResource? image = survey.Of(ResourceTypes.Image).FirstOrDefault(other => IsOfContent(other, shared[0]) && other is { IsUnderWay: false, Failure: null });
        string? failure = shared.Select(part => part.Failure).FirstOrDefault(text => text is not null);
        return new TrackedOperation(shared[0].Source ?? shared[0].Id, CopyTemporaries.OperationName, ImageOperationKind.Copy)
        {
            State = image is not null ? TrackedOperation.Succeeded : StateOf(shared, failure),
            SourceId = shared[0].SourceText,
            Location = shared[0].Location,
            Start = TrackedOperation.StartOf(shared),
            Parts = shared,
            Temporaries = shared,
            Detail = failure,
            EndReason = image is not null ? $"The image '{image.Id.Name}' is made." : SourceEnd(source, shared[0], shared),
            Command = image is not null ? Tidying : source.IsGone ? null : CommandOf(shared[0], null),
        };
    }

    private static string? SourceEnd(Presence source, SeenResource part, SeenResource[] parts) => source.IsGone && !Array.Exists(parts, other => other.IsUnderWay)
        ? $"The image '{part.Source?.Name}' that was being copied is gone: no command can go on with the copy." : null;

    private static string StateOf(SeenResource[] parts, string? failure) => failure is not null ? TrackedOperation.Failed
        : Array.Exists(parts, part => part.IsUnderWay) ? TrackedOperation.InProgress : TrackedOperation.Interrupted;

    // An image names the snapshots that it was made of, also when they are gone.
    private static bool IsMadeOf(SeenResource image, SeenResource[] own) =>
        OSSnapshotOf(image) is { } name && Array.Exists(own, part => WayAndContentOf(part.Id.Name) is { } own && string.Equals(WayAndContentOf(name), own, StringComparison.OrdinalIgnoreCase));

    private static bool IsOfContent(SeenResource image, SeenResource part) =>
        OSSnapshotOf(image) is { } name && CopyNames.AnyContentIn(name) is { } content && string.Equals(content, CopyNames.AnyContentIn(part.Id.Name), StringComparison.OrdinalIgnoreCase);

    private static string? OSSnapshotOf(SeenResource image) => Images.ImageMapper.Map(image.Body).OSDisk?.SourceId is { } id ? ResourceId.TryParse(id)?.Name : null;

    private static string? WayAndContentOf(string name) => CopyNames.AnyContentIn(name) is null ? null : name.Substring(0, name.IndexOf('-', name.IndexOf('-') + 1));

    private static double PercentOf(SeenResource[] own, Presence source)
    {
        SeenResource[] copies = [.. own.Where(part => part.IsCopy)];
        int count = source.Found is { } image ? CopySource.DisksOf(Images.ImageMapper.Map(image.Body)).Count() : copies.Length;
        if (copies.Length == 0)
            return 0;
        if (copies.Length < count)
            return copies.Sum(copy => copy.CompletionPercent) / count;

        double weight = copies.Sum(copy => Math.Max(1, copy.SizeGB ?? 1));
        return copies.Sum(copy => copy.CompletionPercent * Math.Max(1, copy.SizeGB ?? 1)) / weight;
    }

    private static string? CommandOf(SeenResource part, ResourceId? target)
    {
        if (part.Source is not { } source)
            return null;
        if (target is null)
            return $"{CommandText.Of(CopyTemporaries.OperationName, ("ResourceId", source.Text))} -Location <region>";

        (string, string?)[] arguments =
        [
            ("ResourceId", source.Text), ("Location", part.Location), ("TargetResourceGroupName", target.ResourceGroupName), ("TargetName", target.Name),
        ];
        bool isElsewhere = !string.Equals(source.SubscriptionId, target.SubscriptionId, StringComparison.OrdinalIgnoreCase);
        return CommandText.Of(CopyTemporaries.OperationName, isElsewhere ? [.. arguments, ("TargetSubscriptionId", target.SubscriptionId)] : arguments);
    }
}
