namespace ImageCmdlets;

/// <summary>Two images, or other sources, to compare.</summary>
public sealed record CompareImageOptions
{
    /// <summary>The one that is compared with.</summary>
    public required GetImageSourceOptions Reference { get; init; }

    /// <summary>The one that is compared.</summary>
    public required GetImageSourceOptions Difference { get; init; }

    /// <summary>Also what is the same.</summary>
    public bool IncludeEqual { get; init; }
}
