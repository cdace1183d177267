namespace ImageCmdlets;

/// <summary>Where a snapshot is copied to. What is null stays as at the source.</summary>
public sealed record CopySnapshotOptions
{
    /// <summary>The id of the snapshot.</summary>
    public required string SourceId { get; init; }

    /// <summary>The regions; one result for each.</summary>
    public required IReadOnlyList<string> Location { get; init; }

    public string? TargetSubscriptionId { get; init; }

    /// <summary>Null: the source's group.</summary>
    public string? TargetResourceGroupName { get; init; }

    /// <summary>Null: the source's name. The last part that New-ImageSnapshot gave it (<c>-os</c>, <c>-lun0</c>) is put behind it, so that
    /// a set keeps apart; then the region, where the copies stay in the source's group or several regions go to one group.</summary>
    public string? TargetName { get; init; }

    /// <summary>Null: the source's tags. Those of its set are carried in any case.</summary>
    public IReadOnlyDictionary<string, string>? Tag { get; init; }
}
