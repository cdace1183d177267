namespace ImageCmdlets.Engine.Copying;

/// <summary>An image that is copied, and what its regions share.</summary>
internal sealed class CopySource
{
    private string _content;
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

    /// <summary>The OS disk first, then by LUN.</summary>
    public IReadOnlyList<CopyDisk> Disks { get; }

    public IReadOnlyList<CopyRegion> Regions { get; }

    /// <summary>The names of the temporaries that all regions share, of this run and of others.</summary>
    public CopyNames Names => CopyNames.Shared(Image, _content);

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
    public CopyNames NamesOf(CopyRegion region)
    {
        CopyNames names = CopyNames.Of(Image, region.Id.Text, _content);
        return !names.KnowContent && names.ContentIn(SnapshotNameOf(region.Existing)) is { } content ? CopyNames.Of(Image, region.Id.Text, content) : names;
    }

    /// <summary>Whether an image that is there is this copy: made of what the source is now.</summary>
    public bool IsCopy(CopyRegion region, CustomImage existing) => NamesOf(region).Made(ResourceId.TryParse(existing.OSDisk?.SourceId)?.Name);

    /// <summary>The snapshots of one region; none where nobody knows what the disks held.</summary>
    public IReadOnlyList<ResourceId> SnapshotsOf(CopyRegion region)
    {
        CopyNames names = NamesOf(region);
        return names.KnowContent
            ? [.. Disks.Select(disk => ResourceId.Of(region.Id.SubscriptionId, region.Id.ResourceGroupName!, ResourceTypes.Snapshot, names.Name(disk.Step)))]
            : [];
    }

    /// <summary>Learns what the disks held that are gone, from the name of something that was made of them.</summary>
    public void Learn(string content) => _content = content;

    /// <summary>Learns it from a copy that is there.</summary>
    public void LearnFrom(CopyRegion region)
    {
        if (!Names.KnowContent && CopyNames.Of(Image, region.Id.Text, string.Empty).ContentIn(SnapshotNameOf(region.Existing)) is { } content)
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

    private static string? SnapshotNameOf(CustomImage? image) => ResourceId.TryParse(image?.OSDisk?.SourceId) is { } id && id.Is(ResourceTypes.Snapshot) ? id.Name : null;
}
