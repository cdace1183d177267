namespace ImageCmdlets;

/// <summary>Bad image versions, and how what followed them is to be brought back.</summary>
public sealed record UndoRolloutOptions
{
    /// <summary>The ids of the bad versions.</summary>
    public required IReadOnlyList<string> Id { get; init => field = value.ToArray(); }

    /// <summary>The number or id of the good version, of the same definition; null: in each region the greatest before the bad one that counts there as latest.</summary>
    public string? To { get; init; }

    /// <summary>Why, for the tags of the bad versions; null: no reason is told.</summary>
    public string? Reason { get; init; }

    /// <summary>Only see to it that nobody gets the bad versions any more; then no good one is needed.</summary>
    public bool ExcludeOnly { get; init; }

    /// <summary>The ids of what may be changed; null: all of the plan.</summary>
    public IReadOnlyList<string>? Agreed { get; init; }
}
