namespace ImageCmdlets;

/// <summary>One copy to make: which image, to which region, under which id.</summary>
public sealed record ImageCopyTarget
{
    /// <summary>The id of the image that is copied.</summary>
    public required string SourceId { get; init; }

    /// <summary>The region, as the user wrote it.</summary>
    public required string Location { get; init; }

    /// <summary>The id that the copy gets; into a gallery that of the version, or of the definition where the number is still to be found.</summary>
    public required string Id { get; init; }

    /// <summary>The image definition to copy into; null: the copy is a managed image.</summary>
    public GalleryCopyTarget? Gallery { get; init; }

    /// <summary>The way of the bytes, as the user wants it.</summary>
    public ImageCopyMethod Method { get; init; }

    /// <summary>The session that makes the copy, for another tenant; null: the one that reads the source.</summary>
    public ImageSession? TargetSession { get; init; }

    /// <summary>Null: the source's tags.</summary>
    public IReadOnlyDictionary<string, string>? Tag { get; init; }
}
