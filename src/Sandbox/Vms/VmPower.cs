using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>The actions that change whether a machine, or an instance of a scale set, runs; and generalize.</summary>
internal static class VmPower
{
    /// <summary>Registers actions and effects.</summary>
    public static void Register(SandboxRegistry registry, ResourceType type)
    {
        RegisterActions(registry, type, "VirtualMachines");
        registry.Action(type, "reapply", "VirtualMachines_Reapply", Reapply, ComputeRateLimits.UpdateVM);
        registry.Action(type, "generalize", "VirtualMachines_Generalize", Generalize, ComputeRateLimits.UpdateVM);
        Effect(registry, "start", VmTransitions.Start);
        Effect(registry, "powerOff", VmTransitions.PowerOff);
        Effect(registry, "deallocate", VmTransitions.Deallocate);
        Effect(registry, "restart", VmTransitions.Restart);
        Effect(registry, "redeploy", VmTransitions.Restart);
        Effect(registry, "reapply", static (_, vm, now) => VmChanges.Finish(vm, now));
        Effect(registry, "reimage", VmTransitions.Reimage);
        Effect(registry, "reimageall", VmTransitions.Reimage);
    }

    /// <summary>Registers the actions that machines and instances of scale sets share.</summary>
    /// <param name="registry">Where to register.</param>
    /// <param name="type">The type.</param>
    /// <param name="group">First half of the operations' names.</param>
    public static void RegisterActions(SandboxRegistry registry, ResourceType type, string group)
    {
        RateLimitPolicy update = ComputeRateLimits.UpdateVM;
        registry.Action(type, "start", $"{group}_Start", Start, update);
        registry.Action(type, "powerOff", $"{group}_PowerOff", PowerOff, update);
        registry.Action(type, "deallocate", $"{group}_Deallocate", Deallocate, ComputeRateLimits.DeleteVM);
        registry.Action(type, "restart", $"{group}_Restart", static c => Running(c, "Restart VM", "restart"), update);
        registry.Action(type, "redeploy", $"{group}_Redeploy", static c => Running(c, "Redeploy VM", "redeploy"), update);
        registry.Action(type, "reimage", $"{group}_Reimage", static c => Reimage(c, "reimage"), update);
    }

    /// <summary>Reimages a machine.</summary>
    /// <param name="context">The request.</param>
    /// <param name="action"><c>reimage</c> or <c>reimageall</c>.</param>
    public static ArmResponse Reimage(RequestContext context, string action)
    {
        ResourceEntry vm = context.Resource;
        if (VmFacts.IsGeneralized(vm)) throw VmErrors.Generalized("Reimage VM", vm.Name);
        VmRules.CheckFree(context, vm, "Reimage VM");
        return Begin(context, action);
    }

    private static void Effect(
        SandboxRegistry registry, string action, Action<SandboxWorld, ResourceEntry, DateTimeOffset> transition) =>
        registry.Effect($"Vms.{action}", new OperationEffect(context =>
        {
            if (context.Subject is { } vm) transition(context.World, vm, context.Now);
        })
        {
            Failed = static context =>
            {
                if (context.Subject is { } vm) VmChanges.Fail(vm, context);
            },
        });

    private static ArmResponse Begin(RequestContext context, string action)
    {
        ResourceEntry vm = context.Resource;
        OperationProfile profile = VmProfiles.Of(action, vm);
        // A run command in progress gives way.
        context.World.Operations.Preempt(vm.Id);
        VmChanges.Begin(vm, "Updating");
        LongRunningOperation operation = context.Begin($"Vms.{action}", profile, vm.Id, vm.Location!);
        return context.Accepted(operation, profile, 202);
    }

    private static ArmResponse Start(RequestContext context)
    {
        ResourceEntry vm = context.Resource;
        if (VmFacts.IsGeneralized(vm)) throw VmErrors.Generalized("Start VM", vm.Name);
        VmRules.CheckFree(context, vm, "Start VM");
        return Begin(context, "start");
    }

    private static ArmResponse PowerOff(RequestContext context)
    {
        VmRules.CheckFree(context, context.Resource, "Power Off VM");
        return Begin(context, "powerOff");
    }

    private static ArmResponse Deallocate(RequestContext context)
    {
        VmRules.CheckFree(context, context.Resource, "Deallocate VM");
        return Begin(context, "deallocate");
    }

    private static ArmResponse Reapply(RequestContext context)
    {
        VmRules.CheckFree(context, context.Resource, "Reapply VM");
        return Begin(context, "reapply");
    }

    private static ArmResponse Running(RequestContext context, string operation, string action)
    {
        ResourceEntry vm = context.Resource;
        if (VmFacts.IsGeneralized(vm)) throw VmErrors.Generalized(operation, vm.Name);
        VmRules.CheckFree(context, vm, operation);
        if (VmFacts.PowerState(vm) != VmFacts.Running) throw VmErrors.NotRunning();
        return Begin(context, action);
    }

    // 200 at once and without a body; it asks nothing of the guest (recorded 51 times, also for machines merely stopped).
    private static ArmResponse Generalize(RequestContext context)
    {
        ResourceEntry vm = context.Resource;
        VmRules.CheckFree(context, vm, "generalize");
        if (!VmTransitions.IsPoweredOff(vm)) throw VmErrors.Running("generalize", vm.Name);
        vm.State[VmFacts.GeneralizedKey] = true;
        return ArmResponse.Ok();
    }
}
