namespace ImageCmdlets;

/// <summary>A deleted image version to bring back.</summary>
public sealed record RestoreVersionOptions
{
    public required string Id { get; init; }

    /// <summary>Its tags: those it had are not kept. Null: none.</summary>
    public IReadOnlyDictionary<string, string>? Tag { get; init; }
}
