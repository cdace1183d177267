namespace ImageCmdlets;

/// <summary>How fast a new image reaches the machines of a scale set, and how much may go wrong on the way.</summary>
/// <remarks>The names and limits are those of Azure's <c>RollingUpgradePolicy</c>.</remarks>
public sealed record RolloutPace
{
    /// <summary>Percent of all machines at once, 5 to 100, and at least one; null: 20, or what the set's own rolling policy says.</summary>
    public int? MaxBatchPercent { get; init; }

    /// <summary>Percent of all machines that may be unhealthy before a batch begins, 5 to 100; null: 20, or what the set's own rolling policy says.</summary>
    public int? MaxUnhealthyPercent { get; init; }

    /// <summary>Percent of the machines with the new image that may be unhealthy, 0 to 100; null: 0, or what the set's own rolling policy says.</summary>
    public int? MaxUnhealthyUpgradedPercent { get; init; }

    /// <summary>Between the end of a batch and the next one; health is looked at once more when it is over. Null: none, or what the set's own rolling policy says.</summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>How long a machine may take to become healthy once it has its image.</summary>
    public TimeSpan HealthTimeout { get; init; } = TimeSpan.FromMinutes(5);
}
