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

    /// <summary>Only take the versions out of circulation and give models a good one; machines that run a bad one stay as they are.</summary>
    public bool ModelOnly { get; init; }

    /// <summary>Make new machines in the place of those of flexible scale sets; what is on their disks is lost.</summary>
    public bool ReplaceMachine { get; init; }

    /// <summary>How fast machines are brought back. How many are unhealthy before does not count: that is why they are.</summary>
    public RolloutPace Pace { get; init; } = new();

    /// <summary>The ids of what may be changed; null: all of the plan.</summary>
    public IReadOnlyList<string>? Agreed { get; init; }
}
