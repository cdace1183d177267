namespace ImageCmdlets;

/// <summary>A gallery, definition or version to remove.</summary>
public sealed record RemoveGalleryOptions
{
    public required string Id { get; init; }

    /// <summary>With all that is in it.</summary>
    public bool Recurse { get; init; }
}
