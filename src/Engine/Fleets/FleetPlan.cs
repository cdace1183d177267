using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Fleets;

/// <summary>What is to be done for a fleet, when everything has been checked.</summary>
internal sealed record FleetPlan
{
    /// <summary>The group and region that the fleet begins in.</summary>
    public required VMPlatform First { get; init; }

    /// <summary>The networks and security groups that the machines of each region share.</summary>
    public required IReadOnlyList<SharedPart> Parts { get; init; }

    /// <summary>The machines, those that are there among them, in the order of their numbers.</summary>
    public required IReadOnlyList<FleetMachine> Machines { get; init; }

    /// <summary>The regions in which the image version is to get more replicas first.</summary>
    public IReadOnlyList<ImageReplicaMeasure> Replicas { get; init; } = [];
}
