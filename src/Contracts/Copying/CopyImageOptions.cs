namespace ImageCmdlets;

/// <summary>Where a managed image is copied to. What is null stays as at the source.</summary>
public sealed record CopyImageOptions
{
    /// <summary>The id of the image, or of an image version of which managed images are made.</summary>
    public required string SourceId { get; init; }

    /// <summary>The regions; one result for each.</summary>
    public required IReadOnlyList<string> Location { get; init; }

    /// <summary>Null: that of <see cref="TargetSession"/>, without one the source's.</summary>
    public string? TargetSubscriptionId { get; init; }

    /// <summary>Null: the source's group.</summary>
    public string? TargetResourceGroupName { get; init; }

    /// <summary>Null: the source's name. The region is put behind it (<c>web01-northeurope</c>) where the copies stay in the source's
    /// group, or where several regions go to one group.</summary>
    public string? TargetName { get; init; }

    /// <summary>The image definition to copy into; null: the copies are managed images.</summary>
    public GalleryCopyTarget? Gallery { get; init; }

    /// <summary>The way of the bytes.</summary>
    public ImageCopyMethod Method { get; init; }

    /// <summary>The session that makes the copy, for another tenant; null: the one that reads the source.</summary>
    public ImageSession? TargetSession { get; init; }

    /// <summary>Null: the source's tags.</summary>
    public IReadOnlyDictionary<string, string>? Tag { get; init; }
}
