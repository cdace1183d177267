namespace ImageCmdlets;

/// <summary>What to change of the regions of an image version; what is not named stays as it is.</summary>
public sealed record SetReplicationOptions
{
    public required string Id { get; init; }

    /// <summary>Regions to add, or to give other replicas.</summary>
    public IReadOnlyList<ImageTargetRegion> AddRegion { get; init; } = [];

    /// <summary>Regions to give up.</summary>
    public IReadOnlyList<string> RemoveRegion { get; init; } = [];

    /// <summary>Gives regions up also where machines or scale sets there use the version.</summary>
    public bool AllowInUse { get; init; }

    /// <summary>Replicas of all regions that are there, where <see cref="AddRegion"/> does not say; null: as they are.</summary>
    public int? ReplicaCount { get; init; }
}
