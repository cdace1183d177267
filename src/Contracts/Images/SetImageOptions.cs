namespace ImageCmdlets;

/// <summary>What to change of an image: its tags, the only thing Azure lets anyone change.</summary>
public sealed record SetImageOptions
{
    public required string Id { get; init; }

    /// <summary>The tags as they are to be; null: as they are.</summary>
    public IReadOnlyDictionary<string, string>? Tag { get; init; }

    /// <summary>Tags to add or overwrite, the others kept.</summary>
    public IReadOnlyDictionary<string, string>? AddTag { get; init; }

    /// <summary>Names of tags to take away.</summary>
    public IReadOnlyList<string> RemoveTag { get; init; } = [];
}
