namespace ImageCmdlets;

/// <summary>A managed image to remove.</summary>
public sealed record RemoveImageOptions
{
    public required string Id { get; init; }

    /// <summary>Also where machines or scale sets use it.</summary>
    public bool AllowInUse { get; init; }
}
