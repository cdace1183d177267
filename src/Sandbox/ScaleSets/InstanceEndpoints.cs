using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>The machines of a uniform set as resources: most of what they can do is what machines can do.</summary>
internal static class InstanceEndpoints
{
    private const string Group = "VirtualMachineScaleSetVMs";
    private const string Path = ScaleSetSubject.Path + "/virtualMachines/{instanceId}";
    private const string DeleteKind = "ScaleSetInstances.Delete";

    /// <summary>Registers type, operations and effects.</summary>
    public static void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType(
            ComputeSubject.Namespace, "virtualMachineScaleSets/virtualMachines", ComputeApiVersions.Compute)
        {
            DeletionOrder = 15,
            Capabilities = "None",
            DeletionTime = ScaleSetProfiles.DeleteInstance.Duration,
            View = InstanceViews.Show,
            Missing = Missing,
            Removed = InstanceRemoval.Release,
        });
        RateLimitPolicy get = ComputeRateLimits.GetVM, update = ComputeRateLimits.UpdateVM;
        registry.Put(type, $"{Group}_Update", InstanceUpdate.Put, update);
        registry.Get(type, $"{Group}_Get", get);
        registry.Delete(type, $"{Group}_Delete", Delete, ComputeRateLimits.DeleteVM);
        registry.Map("GET", ScaleSetSubject.Path + "/virtualMachines", $"{Group}_List", type, InstanceViews.List,
            ComputeRateLimits.ListVMs);
        registry.Map("GET", Path + "/instanceView", $"{Group}_GetInstanceView", type, InstanceViews.InstanceView, get,
            needsResource: true);
        VmPower.RegisterActions(registry, type, Group);
        VmRunCommands.RegisterAction(registry, type, Group);
        VmEviction.RegisterAction(registry, type, Group);
        VmBootDiagnostics.RegisterAction(registry, type, Group);
        registry.Action(type, "reimageall", $"{Group}_ReimageAll", static c => VmPower.Reimage(c, "reimageall"), update);
        registry.Action(type, "performMaintenance", $"{Group}_PerformMaintenance", VmMaintenance.Refuse, update);
        InstanceUpdate.Register(registry);
        registry.Effect(DeleteKind, new OperationEffect(Deleted));
    }

    // ARM does not know instances: their provider says that they are not there.
    private static ArmException Missing(RequestContext context)
    {
        ResourceId set = context.Target!.Parent!;
        if (context.World.Store.Find(set.ToString(), VmFacts.ScaleSetType) is null)
            return GatewayErrors.ResourceNotFound(set.TypeAndNames, context.Group?.Name ?? string.Empty);
        return context.Request.Method == "GET" ? ScaleSetErrors.EntityNotFound() : ScaleSetErrors.NotActive(context.Target.Name);
    }

    private static ArmResponse Delete(RequestContext context)
    {
        ResourceEntry instance = context.Resource;
        ResourceEntry set = ScaleSetFacts.SetOf(context.World, instance)!;
        ScaleSetRules.CheckFree(context.World, set);
        InstanceRemoval.Begin(context.World, [instance]);
        OperationProfile profile = ScaleSetProfiles.DeleteInstance;
        LongRunningOperation operation = context.Begin(DeleteKind, profile, instance.Id, instance.Location!);
        return context.Accepted(operation, profile, 202);
    }

    private static void Deleted(OperationContext context)
    {
        if (context.Subject is not { } instance) return;
        ResourceEntry? set = ScaleSetFacts.SetOf(context.World, instance);
        InstanceRemoval.Remove(context.World, instance);
        if (set is not null) set.Body.Ensure("sku")["capacity"] = ScaleSetFacts.Instances(context.World, set).Count;
    }
}
