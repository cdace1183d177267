namespace ImageCmdlets.Engine.Lineage;

/// <summary>One thing of a lineage as it was read.</summary>
/// <param name="Step">What the user sees of it.</param>
internal sealed record LineageNode(ImageLineageStep Step)
{
    /// <summary>What it was made of, by its own word; null where it does not say.</summary>
    public string? Next { get; init; }

    /// <summary>Whether nothing comes before: an image of the marketplace, a VHD, an empty disk.</summary>
    public bool IsRoot { get; init; }

    /// <summary>The machine whose disk it is, where only a tag says it.</summary>
    public string? Machine { get; init; }

    public IReadOnlyDictionary<string, string> Tag { get; init; } = new Dictionary<string, string>();
}
