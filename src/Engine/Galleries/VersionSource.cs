namespace ImageCmdlets.Engine.Galleries;

/// <summary>What the source of an image version says of itself; null where it does not say.</summary>
internal sealed record VersionSource
{
    public required SourceKind Kind { get; init; }

    /// <summary>The id, or the address of a VHD.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The regions where it can be read; empty for a VHD, which does not say.</summary>
    public IReadOnlyList<string> Region { get; init; } = [];

    public string? OSType { get; init; }

    /// <summary><c>Generalized</c> or <c>Specialized</c>.</summary>
    public string? OSState { get; init; }

    public string? HyperVGeneration { get; init; }

    public string? Architecture { get; init; }

    public string? SecurityType { get; init; }

    public PurchasePlan? Plan { get; init; }

    public IReadOnlyList<int> DataDiskLun { get; init; } = [];

    /// <summary>The size of the largest disk; null where none says it.</summary>
    public int? LargestGB { get; init; }

    public IReadOnlyDictionary<string, string> Tag { get; init; } = new Dictionary<string, string>();

    /// <summary>What a machine, or the machine of a disk, was made of: a URN or the id of an image; null where that is not known.</summary>
    public string? Origin { get; init; }

    /// <summary>When it was made; null where nobody says.</summary>
    public DateTimeOffset? CreatedOn { get; init; }

    /// <summary>What tells these bytes from others of the same id.</summary>
    public required string Key { get; init; }

    /// <summary>Whether its bytes can change without another <see cref="Key"/>.</summary>
    public bool GoesOnChanging { get; init; }

    /// <summary>The machine that it is a clone of, made by Invoke-Generalize; null where it is none.</summary>
    public ResourceId? CloneOf { get; init; }

    /// <summary>Whether Azure looks at the very disks of it: what the definition says of security must be true of them.</summary>
    public bool IsLive => Kind is SourceKind.Machine or SourceKind.Disk or SourceKind.Snapshot;
}
