using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Networks;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.ScaleSets;

/// <summary>One scale set that is to be made.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Platform">Where, of what and how large.</param>
/// <param name="Model">What the model names: the URN or id that was asked for, so that a set of a definition or of <c>latest</c> follows it.</param>
internal sealed record ScaleSetPlan(NewScaleSetOptions Options, VMPlatform Platform, string Model)
{
    public ResourceId Id { get; } = ResourceId.Of(Platform.SubscriptionId, Platform.ResourceGroupName, ResourceTypes.ScaleSet, Options.Machine.Name);

    /// <summary>The set, where an earlier run of the same command has begun or made it.</summary>
    public ArmAnswer? Existing { get; init; }

    public VMNetworkNames Names { get; } = new(Platform.SubscriptionId, Platform.ResourceGroupName, Options.Machine.Name);

    public bool IsFlexible => string.Equals(Options.OrchestrationMode, ScaleSetDefinition.Flexible, StringComparison.OrdinalIgnoreCase);

    public string SubnetId => Platform.SubnetId ?? Names.SubnetId;
}
