namespace ImageCmdlets;

/// <summary>Which regions of an image version are waited for.</summary>
public sealed record WaitReplicationOptions
{
    public required string Id { get; init; }

    /// <summary>Empty: all.</summary>
    public IReadOnlyList<string> Region { get; init; } = [];

    /// <summary>How many of them are enough; null: all.</summary>
    public int? MinimumReplicated { get; init; }
}
