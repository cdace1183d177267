namespace ImageCmdlets;

/// <summary>How a rolling upgrade goes through a scale set. Defaults are Azure's.</summary>
/// <remarks>Source: <c>RollingUpgradePolicy</c> of the specification of scale sets.</remarks>
public sealed record RollingPolicyOptions
{
    /// <summary>How many of all instances are upgraded at once, in percent: 5 to 100. At least one is.</summary>
    public int MaxBatchPercent { get; init; } = 20;

    /// <summary>How many of all instances may be unhealthy before a batch, in percent: 5 to 100. With more the upgrade ends.</summary>
    public int MaxUnhealthyPercent { get; init; } = 20;

    /// <summary>How many of the instances that have been upgraded may be unhealthy after a batch, in percent: 0 to 100. With more the upgrade ends.</summary>
    public int MaxUnhealthyUpgradedPercent { get; init; } = 20;

    /// <summary>How long Azure waits after a batch.</summary>
    public TimeSpan PauseBetweenBatches { get; init; }
}
