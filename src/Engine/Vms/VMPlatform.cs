namespace ImageCmdlets.Engine.Vms;

/// <summary>Where machines that differ only in their names are made, of what and how large: the answers to everything asked before the
/// first change.</summary>
internal sealed record VMPlatform
{
    public required string SubscriptionId { get; init; }

    public required string ResourceGroupName { get; init; }

    /// <summary>The group is to be made first.</summary>
    public required bool IsGroupMissing { get; init; }

    public required string Location { get; init; }

    public required MachineSource Image { get; init; }

    public required VMSize Size { get; init; }

    /// <summary>The backend pools of the region's load balancers that its machines are to be in.</summary>
    public IReadOnlyList<string> LoadBalancerPoolId { get; init; } = [];

    public string? ProximityPlacementGroupId { get; init; }

    /// <summary>Null: a virtual network is to be made.</summary>
    public string? SubnetId { get; init; }
}
