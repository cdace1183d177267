namespace ImageCmdlets;

/// <summary>For how many machines, and where, the replicas of an image version are measured.</summary>
public sealed record MeasureReplicaOptions
{
    /// <summary>The id of an image version, or of an image definition, which means its latest version.</summary>
    public required string Id { get; init; }

    /// <summary>How many machines are to be made at once.</summary>
    public required int Count { get; init; }

    /// <summary>The regions, which get equal shares; none: all that the version is in.</summary>
    public IReadOnlyList<string> Location { get; init; } = [];
}
