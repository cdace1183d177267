using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Vms;

/// <summary>A virtual network that this command makes, for all its machines in one group and region.</summary>
/// <remarks>As if the machines were made one after the other: the second finds the network of the first.</remarks>
internal sealed class SharedNetwork(VMPlan owner)
{
    public VMPlan Owner => owner;

    public string Id => owner.Names.VirtualNetworkId;

    public string SubnetId => owner.Names.SubnetId;

    /// <summary>Azure's acceptance; every machine waits for the end by itself, after its other parts are begun.</summary>
    public ArmAnswer? Begun { get; set; }

    /// <summary>Azure's refusal.</summary>
    public ImageCmdletsException? Failure { get; set; }
}
