namespace ImageCmdlets;

/// <summary>The image version to make.</summary>
public sealed record NewVersionOptions
{
    /// <summary>The id of the definition.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>The id of a machine, image, version, disk or snapshot, or the https address of a VHD.</summary>
    public required string Source { get; init; }

    /// <summary>Data disks, for a source that is a disk, snapshot or VHD: ids or addresses, each with its LUN where one is wanted (<c>…=3</c>).</summary>
    public IReadOnlyList<string> DataDiskSource { get; init; } = [];

    /// <summary>The storage account of VHDs; null: the one of the subscription that the address names.</summary>
    public string? StorageAccountId { get; init; }

    /// <summary>Such as 1.2.3; null: by <see cref="Increment"/>.</summary>
    public string? Version { get; init; }

    public VersionIncrement Increment { get; init; }

    /// <summary>The next number within this major version; null: after the greatest of all.</summary>
    public int? Major { get; init; }

    /// <summary>Empty: the source's region.</summary>
    public IReadOnlyList<ImageTargetRegion> TargetRegion { get; init; } = [];

    /// <summary>Replicas in regions that do not say.</summary>
    public int ReplicaCount { get; init; } = 1;

    /// <summary>Null: Standard_LRS.</summary>
    public string? StorageAccountType { get; init; }

    /// <summary>Points to the source and copies nothing: for tests, in the source's region, gone with the source.</summary>
    public bool Shallow { get; init; }

    public bool ExcludeFromLatest { get; init; }

    /// <summary>Exclude it until somebody has tested it, and say so by a tag: Set-ImageVersion releases it.</summary>
    public bool StageExcluded { get; init; }

    /// <summary>Let a clone that Invoke-Generalize made for the version stay.</summary>
    public bool KeepClone { get; init; }

    public DateTimeOffset? EndOfLifeDate { get; init; }

    public bool BlockDeletionBeforeEndOfLife { get; init; }

    public IReadOnlyDictionary<string, string>? Tag { get; init; }
}
