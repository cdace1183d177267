using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Networks;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.LoadBalancers;

/// <summary>What of a load balancer cannot go because a scale set uses it.</summary>
internal static class LoadBalancerUse
{
    /// <summary>Refuses to delete a balancer that a scale set names.</summary>
    /// <exception cref="Errors.ArmException">400 LoadBalancerInUseByVirtualMachineScaleSet.</exception>
    public static void CheckUnused(SandboxWorld world, ResourceEntry balancer)
    {
        (ResourceEntry Part, ResourceEntry Set)[] uses =
        [
            .. from part in NetworkChildren.Of(world, balancer)
               let set = LoadBalancerMembers.ScaleSet(world, part)
               where set is not null
               select (part, set),
        ];
        if (uses.Length == 0) return;
        ResourceEntry first = uses[0].Set;
        throw LoadBalancerErrors.InUse(
            balancer.Id, uses.Where(use => use.Set == first).Select(static use => use.Part.Name), first.Id);
    }

    /// <summary>Refuses to take a part out of a balancer while a scale set needs it.</summary>
    /// <exception cref="Errors.ArmException">
    /// 400 LoadBalancerInUseByVirtualMachineScaleSet, or for a rule CannotRemoveRuleUsedByProbeUsedByVMSS.
    /// </exception>
    public static void CheckRemovable(SandboxWorld world, ResourceEntry part)
    {
        if (part.Type == LoadBalancerTypes.Rules)
        {
            if (world.Store.Find(part.Properties.Text("probe.id")) is { } probe && LoadBalancerMembers.ScaleSet(world, probe) is { } user)
                throw LoadBalancerErrors.RuleOfHealthProbe(part.Id, probe.Id, user.Id);
            return;
        }

        if (LoadBalancerMembers.ScaleSet(world, part) is { } set) throw LoadBalancerErrors.PartInUse(Words(part.Type), part.Name, set.Id);
    }

    private static string Words(string type) => type switch
    {
        LoadBalancerTypes.Pools => "backend address pool",
        LoadBalancerTypes.InboundNatPools => "inbound nat pool",
        LoadBalancerTypes.Probes => "probe",
        _ => "inbound nat rule",
    };
}
