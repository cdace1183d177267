namespace ImageCmdlets;

/// <summary>A gallery as the target of a copy: the copy is a version of an image, or more regions of one.</summary>
public sealed record GalleryCopyTarget
{
    /// <summary>The id of the image definition.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>The number of the new version; null: by <see cref="Increment"/>.</summary>
    public string? Version { get; init; }

    /// <summary>How its number follows. Null: a patch, and none where the definition has a version of the source already.</summary>
    public VersionIncrement? Increment { get; init; }
}
