namespace ImageCmdlets;

/// <summary>A version of an image in a gallery, in all the regions it is replicated to.</summary>
/// <remarks>Source: <c>GalleryImageVersions_Get</c>.</remarks>
public sealed class ImageVersion : ArmResource
{
    /// <param name="id">The full ARM id.</param>
    public ImageVersion(string id)
        : base(id)
    {
        string[] parts = id.Split('/');
        GalleryName = parts.Length > 8 ? parts[8] : null;
        DefinitionName = ResourceId.TryParse(id)?.ParentName;
        Version = System.Version.TryParse(Name, out Version? version) ? version : null;
    }

    /// <summary>What it is, in a list with managed images.</summary>
    public ImageSourceKind Kind { get; } = ImageSourceKind.ImageVersion;

    public string? GalleryName { get; }

    public string? DefinitionName { get; }

    /// <summary>The name as a version, which sorts by number.</summary>
    public Version? Version { get; }

    /// <summary>What it was made of: machine, image, version, or the disk, snapshot or VHD of its OS disk.</summary>
    public string? SourceId { get; init; }

    public DiskReference? OSDisk { get; init; }

    public IReadOnlyList<DiskReference> DataDisk { get; init => field = value.ToArray(); } = [];

    /// <summary>OS and data disks together, in GiB; null while Azure does not say all sizes.</summary>
    public int? SizeGB { get; init; }

    /// <summary>The regions; with how far each is where that was asked for.</summary>
    public IReadOnlyList<ImageTargetRegion> TargetRegion { get; init => field = value.ToArray(); } = [];

    /// <summary><c>Completed</c>, <c>InProgress</c>, <c>PartiallyFailed</c> or <c>Failed</c>; null where it was not asked for.</summary>
    public string? ReplicationState { get; init; }

    /// <summary><c>Full</c> or <c>Shallow</c>.</summary>
    public string ReplicationMode { get; init; } = "Full";

    /// <summary>Whether machines of the latest version never get this one. A region can have that set by itself.</summary>
    public bool ExcludeFromLatest { get; init; }

    /// <summary>Whether it was published hidden (<c>-StageExcluded</c>) and not released since.</summary>
    public bool IsStaged { get; init; }

    public DateTimeOffset? PublishedDate { get; init; }

    public DateTimeOffset? EndOfLifeDate { get; init; }

    /// <summary>Whether Azure refuses to delete it before its end of life.</summary>
    public bool BlockDeletionBeforeEndOfLife { get; init; }

    /// <summary>Whether it was deleted and can still be brought back.</summary>
    public bool IsSoftDeleted { get; init; }

    /// <summary>When it was deleted; null where it was not.</summary>
    public DateTimeOffset? SoftDeletedDate { get; init; }
}
