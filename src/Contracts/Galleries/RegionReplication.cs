namespace ImageCmdlets;

/// <summary>How far an image version is in one of its regions. Pipes into what takes a version: <c>Id</c> is the version's.</summary>
public sealed class RegionReplication : ArmResource
{
    /// <param name="id">The id of the version.</param>
    public RegionReplication(string id)
        : base(id)
    {
        DefinitionName = ResourceId.TryParse(id)?.ParentName;
    }

    public string? DefinitionName { get; }

    /// <summary>The region's short name.</summary>
    public required string Region { get; init; }

    /// <summary><c>Replicating</c>, <c>Completed</c>, <c>Failed</c> or <c>Unknown</c>.</summary>
    public required string State { get; init; }

    /// <summary>0 to 100.</summary>
    public int Progress { get; init; }

    public int ReplicaCount { get; init; } = 1;

    public string? StorageAccountType { get; init; }

    /// <summary>Since the version was published, while that goes on; since the command began to wait, where one waits. Null where nothing tells.</summary>
    public TimeSpan? Elapsed { get; init; }

    /// <summary>When it will be there, if it goes on as it went until now; null where nothing tells.</summary>
    public DateTimeOffset? EstimatedEnd { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Detail { get; init; }
}
