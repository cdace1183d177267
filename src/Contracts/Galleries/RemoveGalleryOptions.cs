namespace ImageCmdlets;

/// <summary>A gallery, definition or version to remove.</summary>
public sealed record RemoveGalleryOptions
{
    public required string Id { get; init; }

    /// <summary>With all that is in it.</summary>
    public bool Recurse { get; init; }

    /// <summary>Also where machines or scale sets use it, or something in it.</summary>
    public bool AllowInUse { get; init; }
}
