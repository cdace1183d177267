namespace ImageCmdlets;

/// <summary>What became of something in a rollout or when one was taken back: an image version, a scale set's model, a machine, what was made of a version.</summary>
public sealed record ImageRolloutResult
{
    /// <summary>The full ARM id.</summary>
    public required string Id { get; init; }

    public string Name => ResourceId.TryParse(Id) is { } id ? (id.ParentName is null ? id.Name : $"{id.ParentName} {id.Name}") : Id;

    public string? ResourceGroupName => ResourceId.TryParse(Id)?.ResourceGroupName;

    public required ImageUserKind Kind { get; init; }

    public string? Location { get; init; }

    public required ImageRolloutAction Action { get; init; }

    /// <summary><c>Planned</c>, <c>Excluded</c>, <c>Repointed</c>, <c>Updated</c>, <c>Removed</c>, <c>Unhealthy</c>, <c>Skipped</c> and <c>Failed</c> of what is changed;
    /// <c>FollowsLatest</c>, <c>PointsAtBadVersion</c>, <c>RunsBadVersion</c>, <c>MadeOfBadVersion</c>, <c>Pending</c> (its turn did not come) and <c>Protected</c> of what is not.</summary>
    public required string State { get; init; }

    /// <summary>What it had: the id of the bad version, or a machine's image before; null where a machine is new.</summary>
    public required string? From { get; init; }

    /// <summary>The image that it gets instead; null where it gets none.</summary>
    public string? To { get; init; }

    /// <summary>The same in short: the URN, the image's name, or gallery/definition/version.</summary>
    public string? FromName => ShortImageName.Of(From);

    /// <summary>The same in short: the URN, the image's name, or gallery/definition/version.</summary>
    public string? ToName => ShortImageName.Of(To);

    /// <summary>The number of its batch, from 1; null of what is no machine, or had no turn.</summary>
    public int? Batch { get; init; }

    /// <summary>A machine's health at the end of its batch, as Azure says; null where nobody watches it.</summary>
    public string? Health { get; init; }

    /// <summary>The scale set of a machine; null of all else.</summary>
    public string? ScaleSetId { get; init; }

    /// <summary>What is to be done by hand, or why nothing was done; null where there is nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public ImageCmdletsException? Error { get; init; }

    public override string ToString() => $"{Kind} {Name}: {State}";
}
