namespace ImageCmdlets;

/// <summary>A property of two images or other sources, side by side.</summary>
public sealed class ImageDifference
{
    /// <summary>Such as <c>HyperVGeneration</c>, <c>DataDisk[0].Caching</c> or <c>Tag[team]</c>.</summary>
    public required string Property { get; init; }

    /// <summary>What the first has; null: nothing, or nobody knows.</summary>
    public string? Reference { get; init; }

    /// <summary>What the second has; null: nothing, or nobody knows.</summary>
    public string? Difference { get; init; }

    /// <summary>Whether both have the same.</summary>
    public bool IsEqual { get; init; }

    public override string ToString() => IsEqual ? $"{Property}: {Reference}" : $"{Property}: {Reference} => {Difference}";
}
