namespace ImageCmdlets;

/// <summary>Which leftovers are meant; what is left out does not count.</summary>
public sealed record ImageLeftoverQuery
{
    /// <summary>Null: the session's.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>The one leftover of each id.</summary>
    public IReadOnlyList<string> Id { get; init; } = [];

    public IReadOnlyList<LeftoverMaker> Maker { get; init; } = [];

    /// <summary>The group, or a pattern, in which they are, or that they are.</summary>
    public string? ResourceGroupName { get; init; }

    /// <summary>How old they must be at least, besides being left over; what has no time is none of them. Null: any age.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>Also what operations of this module have that were interrupted, and that their commands could go on with.</summary>
    public bool IncludeInterrupted { get; init; }

    /// <summary>Access to the bytes of a disk or snapshot keeps nothing: it is revoked before the removal.</summary>
    public bool RevokeAccess { get; init; }
}
