namespace ImageCmdlets;

/// <summary>What became of something that a bad image version concerns: the version itself, what followed it, what runs it, what was made of it.</summary>
public sealed record ImageRolloutResult
{
    /// <summary>The full ARM id.</summary>
    public required string Id { get; init; }

    public string Name => ResourceId.TryParse(Id) is { } id ? (id.ParentName is null ? id.Name : $"{id.ParentName} {id.Name}") : Id;

    public string? ResourceGroupName => ResourceId.TryParse(Id)?.ResourceGroupName;

    public required ImageUserKind Kind { get; init; }

    public string? Location { get; init; }

    public required ImageRolloutAction Action { get; init; }

    /// <summary><c>Planned</c>, <c>Excluded</c>, <c>Repointed</c>, <c>Skipped</c> and <c>Failed</c> of what is changed; <c>FollowsLatest</c>, <c>PointsAtBadVersion</c>,
    /// <c>RunsBadVersion</c> and <c>MadeOfBadVersion</c> of what is not.</summary>
    public required string State { get; init; }

    /// <summary>The id of the bad version.</summary>
    public required string From { get; init; }

    /// <summary>The id of the version that it gets instead; null where it gets none.</summary>
    public string? To { get; init; }

    /// <summary>What is to be done by hand, or why nothing was done; null where there is nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public ImageCmdletsException? Error { get; init; }

    public override string ToString() => $"{Kind} {Name}: {State}";
}
