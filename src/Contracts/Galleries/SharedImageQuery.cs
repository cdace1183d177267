namespace ImageCmdlets;

/// <summary>Which images that others share are meant.</summary>
public sealed record SharedImageQuery
{
    /// <summary>The region that is asked: each knows only the versions that it has.</summary>
    public required string Location { get; init; }

    /// <summary>The subscription with which they are shared; null: the session's.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>A unique name or a pattern; null: all galleries shared with the subscription or its tenant.</summary>
    public string? GalleryName { get; init; }

    /// <summary>The public name of a community gallery, instead of galleries shared with the subscription. Azure has no list of these.</summary>
    public string? CommunityGalleryName { get; init; }

    /// <summary>A name or a pattern; null: all.</summary>
    public string? DefinitionName { get; init; }

    /// <summary>A version or a pattern; null: all.</summary>
    public string? Version { get; init; }

    /// <summary>Of each definition only the version that machines of the latest one get.</summary>
    public bool Latest { get; init; }
}
