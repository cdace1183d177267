using ImageCmdlets.Engine.Locations;

namespace ImageCmdlets.Engine.Copying;

/// <summary>An image that is copied, and what its regions share.</summary>
internal sealed class CopySource
{
    private static readonly CopyRoute[] s_routes = [new SnapshotRoute(), new BlobRoute(byVersion: false), new BlobRoute(byVersion: true), new GalleryRoute()];
    private string _content;
    private string? _creation;
    private int _unfinished;

    public CopySource(CustomImage image, IReadOnlyList<CopyDisk> disks, IReadOnlyList<CopyRegion> regions)
    {
        Image = image;
        Id = ResourceId.TryParse(image.Id)!;
        Disks = disks;
        Regions = regions;
        _unfinished = regions.Count;
        _content = CopyNames.ContentOf([.. disks.Select(disk => disk.ContentId)]);
    }

    public CustomImage Image { get; }

    public ResourceId Id { get; }

    /// <summary>The way of the bytes.</summary>
    public CopyRoute Route { get; set; } = new SnapshotRoute();

    /// <summary>Whether what all regions come from is there; false: it is on its way, and nobody waits for it.</summary>
    public bool IsPrepared { get; set; } = true;

    /// <summary>The OS disk first, then by LUN.</summary>
    public IReadOnlyList<CopyDisk> Disks { get; }

    public IReadOnlyList<CopyRegion> Regions { get; }

    /// <summary>The names of the temporaries that all regions share, of this run and of others.</summary>
    public CopyNames Names => CopyNames.Shared(Image, _content);

    /// <summary>Whether it is known when the image was made, and by that what came of it by way of a gallery.</summary>
    public bool KnowsCreation => _creation is not null;

    /// <summary>The temporary gallery that the regions share.</summary>
    public ResourceId GalleryId => ResourceId.Of(Id.SubscriptionId, Id.ResourceGroupName!, ResourceTypes.Gallery, CopyNames.Shared(Image, _creation!).GalleryName);

    /// <summary>The disk that is made of the version in the image's own region, for its bytes to be read.</summary>
    public ResourceId VersionDiskOf(CopyDisk disk) =>
        ResourceId.Of(Id.SubscriptionId, Id.ResourceGroupName!, ResourceTypes.Disk, CopyNames.Shared(Image, _creation!).Name("disk-" + disk.Step));

    /// <summary>The version of the image in it.</summary>
    public ResourceId VersionId => SharedGallery.VersionIn(GalleryId);

    /// <summary>Where the source itself is, if it is an image version; empty for an image.</summary>
    public IReadOnlyList<string> ReplicatedTo { get; init; } = [];

    /// <summary>The version of which disks are made in a region: the source itself where it is there, else that of the temporary gallery.</summary>
    public ResourceId VersionIn(string region) => HasVersionIn(region) ? Id : VersionId;

    /// <summary>Whether the source is an image version that is in a region.</summary>
    public bool HasVersionIn(string region) => ReplicatedTo.Any(other => LocationCatalog.Same(other, region));

    /// <summary>Why no region can be copied to.</summary>
    public ImageCmdletsException? Failure { get; set; }

    /// <summary>Whether a region goes on after this run and needs what is shared.</summary>
    public bool IsStillNeeded { get; set; }

    /// <summary>How many regions have ended.</summary>
    public int EndedCount => Regions.Count - Volatile.Read(ref _unfinished);

    /// <summary>The disks of an image, the OS disk first.</summary>
    public static IEnumerable<DiskReference> DisksOf(CustomImage image) =>
        (image.OSDisk is null ? [] : new[] { image.OSDisk }).Concat(image.DataDisk.OrderBy(disk => disk.Lun));

    /// <summary>The names of the temporaries of one region.</summary>
    private CopyNames NamesOf(CopyRegion region, CopyRoute route)
    {
        if (route.IsNamedByCreation)
            return CopyNames.Of(Image, region.Id.Text, _creation ?? string.Empty);

        CopyNames names = CopyNames.Of(Image, region.Id.Text, _content);
        return !names.KnowContent && names.ContentIn(ContentNameOf(region.Existing)) is { } content ? CopyNames.Of(Image, region.Id.Text, content) : names;
    }

    /// <summary>Whether an image that is there is this copy: made of what the source is now.</summary>
    public bool IsCopy(CopyRegion region, CustomImage existing)
    {
        ResourceId? os = ResourceId.TryParse(existing.OSDisk?.SourceId);
        CopyRoute route = RouteTo(os);
        return (!route.IsNamedByCreation || KnowsCreation) && NamesOf(region, route).Made(os?.Name, route.StepOf(CopyDisk.OSStep));
    }

    /// <summary>Whether only the time at which the image was made tells whether an image that is there is a copy of it.</summary>
    public bool NeedsCreation(CopyRegion region, CustomImage existing) =>
        ResourceId.TryParse(existing.OSDisk?.SourceId) is { } os && RouteTo(os).IsNamedByCreation && CopyNames.Of(Image, region.Id.Text, string.Empty).ContentIn(os.Name) is not null;

    /// <summary>What arrives in one region, or has arrived there for the copy that is there; none where nobody knows what the disks held.</summary>
    public IReadOnlyList<ResourceId> PartsOf(CopyRegion region)
    {
        CopyRoute route = region.Existing is { } existing ? RouteTo(ResourceId.TryParse(existing.OSDisk?.SourceId)) : Route;
        CopyNames names = NamesOf(region, route);
        return names.KnowContent
            ? [.. Disks.Select(disk => ResourceId.Of(region.Id.SubscriptionId, region.Id.ResourceGroupName!, route.PartType, names.Name(route.StepOf(disk.Step))))]
            : [];
    }

    /// <summary>Learns when the image was made.</summary>
    public void LearnCreation(DateTimeOffset created) => _creation = CopyNames.ContentOf(created);

    /// <summary>Learns what the disks held that are gone, from the name of something that was made of them.</summary>
    public void Learn(string content) => _content = content;

    /// <summary>Learns it from a copy that is there.</summary>
    public void LearnFrom(CopyRegion region)
    {
        if (!Names.KnowContent && CopyNames.Of(Image, region.Id.Text, string.Empty).ContentIn(ContentNameOf(region.Existing)) is { } content)
            Learn(content);
    }

    /// <summary>The snapshot that a temporary's step has in the source region.</summary>
    public ResourceId SnapshotOf(CopyDisk disk) =>
        disk.IsReady ? disk.Source!.Id : ResourceId.Of(Id.SubscriptionId, Id.ResourceGroupName!, ResourceTypes.Snapshot, Names.Name("source-" + disk.Step));

    /// <summary>The disk that a source becomes that is none: a full snapshot, a VHD blob.</summary>
    public ResourceId DiskOf(CopyDisk disk) =>
        ResourceId.Of(Id.SubscriptionId, Id.ResourceGroupName!, ResourceTypes.Disk, Names.Name("disk-" + disk.Step));

    /// <summary>Counts a region as ended; true for the last one.</summary>
    public bool EndRegion() => Interlocked.Decrement(ref _unfinished) == 0;

    // Nothing else than a copy has such names, so the way that an image came is seen by what it was made of.
    private static CopyRoute RouteTo(ResourceId? part) => part is null ? s_routes[0] : Array.Find(s_routes, route => route.Brought(part)) ?? s_routes[0];

    private static string? ContentNameOf(CustomImage? image) => ResourceId.TryParse(image?.OSDisk?.SourceId) is { } id && !RouteTo(id).IsNamedByCreation ? id.Name : null;
}
