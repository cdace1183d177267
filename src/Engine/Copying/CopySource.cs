namespace ImageCmdlets.Engine.Copying;

/// <summary>An image that is copied, and what its regions share.</summary>
internal sealed class CopySource
{
    // Empty where a disk is gone: then nobody knows what it held.
    private readonly string[] _contentIds;
    private int _unfinished;

    public CopySource(CustomImage image, IReadOnlyList<CopyDisk> disks, IReadOnlyList<CopyRegion> regions)
    {
        Image = image;
        Id = ResourceId.TryParse(image.Id)!;
        Disks = disks;
        Regions = regions;
        _unfinished = regions.Count;
        string?[] contents = [.. disks.Select(disk => disk.ContentId)];
        _contentIds = contents.Contains(null) ? [] : [.. contents.OfType<string>()];
        Names = CopyNames.Of(image, regions.Select(region => region.Id.Text), _contentIds);
    }

    public CustomImage Image { get; }

    public ResourceId Id { get; }

    /// <summary>The OS disk first, then by LUN.</summary>
    public IReadOnlyList<CopyDisk> Disks { get; }

    public IReadOnlyList<CopyRegion> Regions { get; }

    /// <summary>The names of the temporaries that all regions share.</summary>
    public CopyNames Names { get; private set; }

    /// <summary>Why no region can be copied to.</summary>
    public ImageCmdletsException? Failure { get; set; }

    /// <summary>Whether a region goes on after this run and needs what is shared.</summary>
    public bool IsStillNeeded { get; set; }

    /// <summary>The disks of an image, the OS disk first.</summary>
    public static IEnumerable<DiskReference> DisksOf(CustomImage image) =>
        (image.OSDisk is null ? [] : new[] { image.OSDisk }).Concat(image.DataDisk.OrderBy(disk => disk.Lun));

    /// <summary>The names of the temporaries of one region.</summary>
    public CopyNames NamesOf(CopyRegion region)
    {
        CopyNames names = CopyNames.Of(Image, [region.Id.Text], _contentIds);
        return SnapshotNameOf(region.Existing) is { } name ? names.WithContentOf(name) : names;
    }

    /// <summary>Learns from a copy that is there what the disks held that are gone.</summary>
    public void LearnFrom(CustomImage existing)
    {
        if (SnapshotNameOf(existing) is { } name)
            Names = Names.WithContentOf(name);
    }

    /// <summary>The snapshot that a temporary's step has in the source region.</summary>
    public ResourceId SnapshotOf(CopyDisk disk) =>
        disk.IsReady ? disk.Source!.Id : ResourceId.Of(Id.SubscriptionId, Id.ResourceGroupName!, ResourceTypes.Snapshot, Names.Name("source-" + disk.Step));

    /// <summary>The disk that a source becomes that is none: a full snapshot, a VHD blob.</summary>
    public ResourceId DiskOf(CopyDisk disk) =>
        ResourceId.Of(Id.SubscriptionId, Id.ResourceGroupName!, ResourceTypes.Disk, Names.Name("disk-" + disk.Step));

    /// <summary>Counts a region as ended; true for the last one.</summary>
    public bool EndRegion() => Interlocked.Decrement(ref _unfinished) == 0;

    /// <summary>How many regions have ended.</summary>
    public int EndedCount => Regions.Count - Volatile.Read(ref _unfinished);

    private static string? SnapshotNameOf(CustomImage? image) => ResourceId.TryParse(image?.OSDisk?.SourceId) is { } id && id.Is(ResourceTypes.Snapshot) ? id.Name : null;
}
