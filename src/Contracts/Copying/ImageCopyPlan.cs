namespace ImageCmdlets;

/// <summary>What the copy of an image to one region would take. Nothing was changed for it.</summary>
public sealed record ImageCopyPlan
{
    /// <summary>The image that would be copied.</summary>
    public required string SourceId { get; init; }

    /// <summary>The id that the copy would get.</summary>
    public required string Id { get; init; }

    /// <summary>The region.</summary>
    public required string Location { get; init; }

    /// <summary><c>SnapshotCopy</c>, <c>Gallery</c>, <c>BlobCopy</c>, <c>Replication</c> (more regions of an image version), or <c>Existing</c> when the copy is there already.</summary>
    public required string Method { get; init; }

    /// <summary>What would be done, in order.</summary>
    public required IReadOnlyList<string> Step { get; init; }

    /// <summary>The names of what would be made on the way and removed again, those that all regions share among them.</summary>
    public required IReadOnlyList<string> Temporary { get; init; }

    public int DiskCount { get; init; }

    /// <summary>GiB of the disks together: the most that can travel; what is empty does not. Null where Azure does not say all sizes.</summary>
    public int? SizeGB { get; init; }

    /// <summary>About how many requests to Azure Resource Manager, with this region's share of those for all regions.</summary>
    public int CallCount { get; init; }

    /// <summary>What the operations took that were recorded, of disks with a few GiB in use: more takes longer.</summary>
    public TimeSpan ExpectedDuration { get; init; }
}
