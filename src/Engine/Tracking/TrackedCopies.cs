using ImageCmdlets.Engine.Copying;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Tracking;

/// <summary>The copies of one image with one content: what each has for itself, and what they share.</summary>
/// <param name="operation">The running command.</param>
/// <param name="survey">What there is.</param>
/// <param name="all">All temporaries of them, at least one.</param>
internal sealed class TrackedCopies(Operation operation, ResourceSurvey survey, SeenResource[] all)
{
    private static readonly string[] s_shared = ["source-", "disk-", "gallery", "definition", "version"];

    private readonly SeenResource[] _shared = [.. all.Where(IsShared)];
    private Presence _source = new(null, IsGone: false);
    private GalleryVersionFacts? _version;

    public async Task<IReadOnlyList<TrackedOperation>> FindAsync()
    {
        _source = await survey.LookAsync(all[0].Source).ConfigureAwait(false);
        if (Array.Find(_shared, part => part.Id.Is(ResourceTypes.GalleryImageVersion)) is { } version)
            _version = await GalleryVersionFacts.FindAsync(operation, version.Id).ConfigureAwait(false);

        ILookup<string, SeenResource> own = all.Except(_shared).ToLookup(WayOf, StringComparer.OrdinalIgnoreCase);
        string[] ways = [.. own.Select(way => way.Key).Concat(Claims()).Distinct(StringComparer.OrdinalIgnoreCase)];
        var copies = new List<TrackedOperation>();
        foreach (string way in ways)
            copies.Add(await OfTargetAsync(ResourceId.TryParse(way), [.. own[way]]).ConfigureAwait(false));
        if (copies.Count == 0)
            copies.Add(OfShared());

        // The last one takes what they share along.
        bool isOneOpen = copies.Count(copy => copy.EndReason is null) == 1;
        bool areAllEnded = copies.TrueForAll(copy => copy.EndReason is not null);
        return [.. copies.Select((copy, i) => (copy.EndReason is null ? isOneOpen : areAllEnded && i == 0) ? copy with { Temporaries = copy.Parts } : copy)];
    }

    private static bool IsShared(SeenResource temporary) =>
        temporary.Target is null && Array.Exists(s_shared, step => temporary.Step?.StartsWith(step, StringComparison.OrdinalIgnoreCase) == true);

    private static string WayOf(SeenResource temporary) => temporary.Target?.Text ?? $"{temporary.Id.ResourceGroupName} {temporary.Location}";

    // A gallery says by its tags which copies come from it, also of those that have nothing of their own yet.
    private IEnumerable<string> Claims() => _shared.Where(part => part.Id.Is(ResourceTypes.Gallery))
        .SelectMany(gallery => gallery.Tag.Where(tag => tag.Key.StartsWith(SharedGallery.ClaimPrefix, StringComparison.OrdinalIgnoreCase))).Select(tag => tag.Value);

    private async Task<TrackedOperation> OfTargetAsync(ResourceId? target, SeenResource[] own)
    {
        SeenResource? image = (await survey.LookAsync(target).ConfigureAwait(false)).Found ?? survey.Of(ResourceTypes.Image).FirstOrDefault(other => IsMadeOf(other, own));
        if (image is not null && (image.Failure is not null || !IsCopy(image, own)))
            image = null;

        SeenResource[] parts = [.. own, .. _shared];
        string? failure = parts.Select(part => part.Failure).FirstOrDefault(text => text is not null);
        bool isMade = image is { IsUnderWay: false };
        bool isBeingMade = image is { IsUnderWay: true };
        TrackedOperation found = New(image?.Id ?? target ?? all[0].Source ?? all[0].Id, parts, failure) with
        {
            Location = LocationOf(own),
            Percent = PercentOf(own),
            Temporaries = own,
            Command = _source.IsGone ? null : CommandOf(own, target),
        };
        if (isMade)
            return Ended(found, image!);

        return isBeingMade
            ? found with
            {
                State = TrackedOperation.InProgress,
                Detail = "The image is being made of what has arrived.",
                EndReason = null,
                StopRefusal = $"The image '{image!.Id.Name}' is being made, and Azure cannot cancel that.",
            }
            : found;
    }

    // Killed before it had begun anything in another region, or at the very end.
    private TrackedOperation OfShared()
    {
        string? failure = _shared.Select(part => part.Failure).FirstOrDefault(text => text is not null);
        TrackedOperation found = New(_shared[0].Source ?? _shared[0].Id, _shared, failure) with
        {
            Location = _shared[0].Location,
            Temporaries = _shared,
            Command = _source.IsGone ? null : CommandOf([], null),
        };
        SeenResource? image = survey.Of(ResourceTypes.Image).FirstOrDefault(other => IsOfContent(other) && other is { IsUnderWay: false, Failure: null });
        return image is null ? found : Ended(found, image);
    }

    private TrackedOperation New(ResourceId id, SeenResource[] parts, string? failure) => new(id, CopyTemporaries.OperationName, ImageOperationKind.Copy)
    {
        State = failure is not null ? TrackedOperation.Failed : Array.Exists(parts, part => part.IsUnderWay) ? TrackedOperation.InProgress : TrackedOperation.Interrupted,
        SourceId = all[0].SourceText,
        Start = TrackedOperation.StartOf(parts),
        Parts = parts,
        Detail = failure,
        EndReason = _source.IsGone && !Array.Exists(parts, part => part.IsUnderWay)
            ? $"The image '{all[0].Source?.Name}' that was being copied is gone: no command can go on with the copy." : null,
    };

    private static TrackedOperation Ended(TrackedOperation found, SeenResource image) => found with
    {
        State = TrackedOperation.Succeeded,
        Percent = 100,
        Detail = null,
        EndReason = $"The image '{image.Id.Name}' is made.",
        Command = "Get-ImageLeftover -Maker ImageCmdlets | Remove-ImageLeftover",
    };

    // Where a copy has nothing of its own left, its image is one of this content.
    private bool IsCopy(SeenResource image, SeenResource[] own) => own.Length > 0 ? IsMadeOf(image, own) : IsOfContent(image);

    // An image names what it was made of, also when that is gone.
    private static bool IsMadeOf(SeenResource image, SeenResource[] own) => WayAndContentOf(OSSourceOf(image)) is { } made
        && Array.Exists(own, part => string.Equals(WayAndContentOf(part.Id.Name), made, StringComparison.OrdinalIgnoreCase));

    private bool IsOfContent(SeenResource image) => OSSourceOf(image) is { } name && CopyNames.AnyContentIn(name) is { } content
        && Array.Exists(all, part => part.Id.Text.Split('/').Any(segment => CopyNames.AnyContentIn(segment) == content));

    private static string? OSSourceOf(SeenResource image) => ResourceId.TryParse(ImageMapper.Map(image.Body).OSDisk?.SourceId)?.Name;

    private static string? WayAndContentOf(string? name) =>
        name is null || CopyNames.AnyContentIn(name) is null ? null : name.Substring(0, name.IndexOf('-', name.IndexOf('-') + 1));

    private string? LocationOf(SeenResource[] own) => own.Length > 0 ? own[0].Location : OtherRegions() is { Length: 1 } regions ? regions[0] : null;

    private string[] OtherRegions() => [.. (_version?.TargetRegion ?? []).Where(region => !LocationCatalog.Same(region, _shared[0].Location ?? string.Empty))];

    private double PercentOf(SeenResource[] own)
    {
        SeenResource[] copies = [.. own.Where(part => part.IsCopy)];
        if (copies.Length == 0)
            return LocationOf(own) is { } region && _version?.In(region) is { } replica ? replica.Progress : 0;

        int count = _source.Found is { } image ? CopySource.DisksOf(ImageMapper.Map(image.Body)).Count() : copies.Length;
        if (copies.Length < count)
            return copies.Sum(copy => copy.CompletionPercent) / count;

        double weight = copies.Sum(copy => Math.Max(1, copy.SizeGB ?? 1));
        return copies.Sum(copy => copy.CompletionPercent * Math.Max(1, copy.SizeGB ?? 1)) / weight;
    }

    private static bool IsOfPages(SeenResource part) => part.Step?.IndexOf("pages-", StringComparison.OrdinalIgnoreCase) >= 0;

    private string? CommandOf(SeenResource[] own, ResourceId? target)
    {
        if (all[0].Source is not { } source)
            return null;

        var arguments = new List<(string, string?)> { ("ResourceId", source.Text) };
        if (LocationOf(own) is { } location)
            arguments.Add(("Location", location));
        if (target is not null)
            arguments.AddRange([("TargetResourceGroupName", target.ResourceGroupName), ("TargetName", target.Name)]);
        if (target is not null && !string.Equals(source.SubscriptionId, target.SubscriptionId, StringComparison.OrdinalIgnoreCase))
            arguments.Add(("TargetSubscriptionId", target.SubscriptionId));
        if (Array.Exists(_shared, part => part.Id.Is(ResourceTypes.Gallery)))
            arguments.Add(("Method", nameof(ImageCopyMethod.Gallery)));
        else if (Array.Exists(own, IsOfPages))
            arguments.Add(("Method", nameof(ImageCopyMethod.BlobCopy)));
        string command = CommandText.Of(CopyTemporaries.OperationName, [.. arguments]);

        // Only the user can sign in at two tenants.
        if (Array.Exists(own, IsOfPages))
            command += " -Session <of the image's tenant> -TargetSession <of this tenant>";
        return LocationOf(own) is null ? command + " -Location <region>" : command;
    }
}
