using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.ScaleSets;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>Spot machines lose their place when they are told to pretend it: 204 at once, the eviction some minutes later.</summary>
internal static class VmEviction
{
    private const string Kind = "Vms.Evict";
    private const string Mark = "#evict";

    // Documented: within 30 minutes. The recorded tests wait for three and find the machine gone.
    private static readonly TimeSpan s_delay = TimeSpan.FromMinutes(2);

    /// <summary>Registers what happens later.</summary>
    public static void Register(SandboxRegistry registry) =>
        registry.Effect(Kind, new OperationEffect(Evicted) { Failed = static _ => { } });

    /// <summary>Registers the action that machines and instances of scale sets share.</summary>
    public static void RegisterAction(SandboxRegistry registry, ResourceType type, string group) =>
        registry.Action(type, "simulateEviction", $"{group}_SimulateEviction", Simulate, ComputeRateLimits.UpdateVM);

    /// <summary>Whether a machine or an instance may lose its place at any time.</summary>
    public static bool IsSpot(SandboxWorld world, ResourceEntry vm) => Setting(world, vm, "priority") is "Spot" or "Low";

    private static ArmResponse Simulate(RequestContext context)
    {
        ResourceEntry vm = context.Resource;
        if (!IsSpot(context.World, vm))
            throw ComputeErrors.NotAllowed("Operation 'simulateEviction' is allowed only for Spot Virtual Machines");
        VmRules.CheckFree(context, vm, "simulateEviction");
        context.World.Operations.Wake(Kind, vm.SubscriptionId, vm.Id + Mark, context.Now + s_delay);
        return new ArmResponse(204);
    }

    private static void Evicted(OperationContext context)
    {
        context.World.Operations.Forget(context.Operation.Id);
        string id = context.Operation.SubjectId;
        if (context.World.Store.Find(id.Substring(0, id.Length - Mark.Length)) is not { } vm) return;
        context.World.Operations.Preempt(vm.Id);
        if (Setting(context.World, vm, "evictionPolicy") != "Delete")
        {
            VmTransitions.Deallocate(context.World, vm, context.Now);
            return;
        }

        VmGuest.PowerOff(context.World, vm, context.Now);
        ResourceEntry? set = ScaleSetFacts.SetOf(context.World, vm);
        InstanceRemoval.Remove(context.World, vm);
        if (set is not null) set.Body.Ensure("sku")["capacity"] = ScaleSetFacts.Instances(context.World, set).Count;
    }

    // An instance's body does not say what its set's model says.
    private static string? Setting(SandboxWorld world, ResourceEntry vm, string name) => VmFacts.IsInstance(vm)
        ? ScaleSetFacts.SetOf(world, vm)?.Body.Text($"{ScaleSetFacts.ProfilePath}.{name}")
        : vm.Body.Text($"properties.{name}");
}
