using ImageCmdlets.Engine.Access;
using ImageCmdlets.Engine.Fleets;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.ScaleSets;

/// <summary>Whether the account may make a scale set; what it may read, the questions before have shown.</summary>
internal static class ScaleSetRights
{
    /// <summary>Adds the rights that are missing. Where Azure does not say what somebody may do, nothing is missing.</summary>
    public static Task CheckAsync(Operation operation, ScaleSetPlan plan, Problems problems)
    {
        VMPlatform platform = plan.Platform;
        string group = ResourceId.OfGroup(platform.SubscriptionId, platform.ResourceGroupName).Text;
        IEnumerable<NeededRight> making = platform.IsGroupMissing ? [NeededRights.OfGroup(group)] : [];
        NeededRight[] needed = [.. making, .. NeededRights.OfScaleSet(group, platform.SubnetId, plan.IsFlexible),
            .. NeededRights.OfTies(platform.LoadBalancerPoolId, plan.Options.Machine.Identity.Where(identity => !VMTies.IsSystem(identity)))];
        return FleetRights.AddMissingAsync(operation, needed, problems);
    }
}
