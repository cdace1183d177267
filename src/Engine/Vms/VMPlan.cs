using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Networks;

namespace ImageCmdlets.Engine.Vms;

/// <summary>One machine that is to be made.</summary>
internal sealed record VMPlan(NewVMOptions Options, VMPlatform Platform)
{
    public ResourceId Id { get; } = ResourceId.Of(Platform.SubscriptionId, Platform.ResourceGroupName, ResourceTypes.VirtualMachine, Options.Name);

    public VMNetworkNames Names { get; } = new(Platform.SubscriptionId, Platform.ResourceGroupName, Options.Name);

    /// <summary>The machine, where an earlier run of the same command has begun or made it.</summary>
    public ArmAnswer? Existing { get; init; }

    /// <summary>The virtual network that all new machines of this command in one group and region share; null: there is one.</summary>
    public SharedPart? NewNetwork { get; init; }

    /// <summary>The subnet of <see cref="NewNetwork"/>.</summary>
    public string? NewSubnetId { get; init; }

    /// <summary>The security group that the machines of a fleet share in one region; null: each has its own.</summary>
    public SharedPart? SharedSecurityGroup { get; init; }

    /// <summary>Whether Azure is to keep what the machine writes to its console.</summary>
    public bool HasBootDiagnostics { get; init; }

    /// <summary>Whether whoever makes it removes its whole group afterwards, so that nothing that was made for it stays.</summary>
    public bool IsTemporary { get; init; }

    public string SubnetId => NewSubnetId ?? Platform.SubnetId!;

    public string SecurityGroupId => SharedSecurityGroup?.Id ?? Names.SecurityGroupId;
}
