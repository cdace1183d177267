namespace ImageCmdlets;

/// <summary>Which operations are meant; what is left out does not count.</summary>
public sealed record ImageOperationQuery
{
    /// <summary>Null: the session's.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>Those of these resources: what is made or changed.</summary>
    public IReadOnlyList<string> Id { get; init; } = [];

    public IReadOnlyList<ImageOperationKind> Kind { get; init; } = [];

    /// <summary>Values of <see cref="ImageOperation.State"/>.</summary>
    public IReadOnlyList<string> State { get; init; } = [];

    /// <summary>The group, or a pattern, in which any resource of it is.</summary>
    public string? ResourceGroupName { get; init; }

    /// <summary>What is copied, generalized or restored.</summary>
    public string? SourceId { get; init; }
}
