namespace ImageCmdlets;

/// <summary>Which definitions or versions of galleries are meant: those in or under one id, or those whose names fit.</summary>
public sealed record GalleryQuery
{
    /// <summary>A gallery, definition or version; then the names do not count.</summary>
    public string? Id { get; init; }

    /// <summary>Null: the session's.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>A name or a pattern; null: every group of the subscription.</summary>
    public string? ResourceGroupName { get; init; }

    /// <summary>A name or a pattern; null: all.</summary>
    public string? GalleryName { get; init; }

    /// <summary>A name or a pattern; null: all.</summary>
    public string? DefinitionName { get; init; }

    /// <summary>A version or a pattern; null: all.</summary>
    public string? Version { get; init; }

    /// <summary>Of each definition only the version that machines of the latest one get.</summary>
    public bool Latest { get; init; }

    /// <summary>With <see cref="Latest"/>: in this region. Null: in any.</summary>
    public string? Location { get; init; }

    /// <summary>Versions that were deleted and can be brought back, instead of those that are there.</summary>
    public bool SoftDeleted { get; init; }

    /// <summary>How far each region is; a request for each version.</summary>
    public bool IncludeReplication { get; init; }
}
