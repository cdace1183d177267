namespace ImageCmdlets;

/// <summary>What to change of an image version; what is null stays. Its disks cannot change.</summary>
public sealed record SetVersionOptions
{
    public required string Id { get; init; }

    public DateTimeOffset? EndOfLifeDate { get; init; }

    public bool? ExcludeFromLatest { get; init; }

    /// <summary>Regions for which <see cref="ExcludeFromLatest"/> counts; empty: everywhere.</summary>
    public IReadOnlyList<string> Location { get; init; } = [];

    public bool? BlockDeletionBeforeEndOfLife { get; init; }

    /// <summary>The tags as they are to be.</summary>
    public IReadOnlyDictionary<string, string>? Tag { get; init; }
}
