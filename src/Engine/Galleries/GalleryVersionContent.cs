namespace ImageCmdlets.Engine.Galleries;

/// <summary>What an image version is made of, and where it is to be.</summary>
internal sealed record GalleryVersionContent
{
    /// <summary>The region of the source, where the version is made before it is replicated.</summary>
    public required string Location { get; init; }

    /// <summary>The id of a managed image, machine or other version; null where each disk has its own source.</summary>
    public string? SourceId { get; init; }

    /// <summary>The disk, snapshot or VHD of the OS disk, where there is no <see cref="SourceId"/>.</summary>
    public DiskReference? OSDisk { get; init; }

    public IReadOnlyList<DiskReference> DataDisk { get; init; } = [];

    /// <summary>The storage account of VHDs.</summary>
    public string? StorageAccountId { get; init; }

    /// <summary>The LUNs of the data disks, also of those that come with the source.</summary>
    public IReadOnlyList<int> DataDiskLun { get; init; } = [];

    /// <summary>The regions, that of <see cref="Location"/> among them.</summary>
    public required IReadOnlyList<ImageTargetRegion> TargetRegion { get; init; }

    /// <summary>Replicas in regions that do not say; null: 1.</summary>
    public int? ReplicaCount { get; init; }

    public string? StorageAccountType { get; init; }

    public bool IsShallow { get; init; }

    public DateTimeOffset? EndOfLifeDate { get; init; }

    public bool BlockDeletionBeforeEndOfLife { get; init; }

    /// <summary>Whether a later write may name fewer regions; Azure refuses it otherwise.</summary>
    public bool AllowsRemovalOfRegions { get; init; }

    public bool ExcludeFromLatest { get; init; }

    public required IReadOnlyDictionary<string, string> Tag { get; init; }
}
