namespace ImageCmdlets.Engine.Snapshots;

/// <summary>What a snapshot is to be made of.</summary>
internal sealed record SnapshotContent
{
    /// <summary>The id of a disk or snapshot.</summary>
    public required string SourceId { get; init; }

    public required string Location { get; init; }

    /// <summary>The source is in another region: the copy only begins, and completionPercent tells how far it is.</summary>
    public bool AcrossRegions { get; init; }

    public bool Incremental { get; init; } = true;

    /// <summary>Null: Azure's choice.</summary>
    public string? Sku { get; init; }

    public required IReadOnlyDictionary<string, string> Tag { get; init; }
}
