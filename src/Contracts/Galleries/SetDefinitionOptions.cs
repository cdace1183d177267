namespace ImageCmdlets;

/// <summary>What to change of an image definition; what is null stays. What its versions are cannot change.</summary>
public sealed record SetDefinitionOptions
{
    public required string Id { get; init; }

    public string? Description { get; init; }

    public DateTimeOffset? EndOfLifeDate { get; init; }

    /// <summary>The tags as they are to be.</summary>
    public IReadOnlyDictionary<string, string>? Tag { get; init; }
}
