using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Guest;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>The actions that change whether a machine runs, and generalize.</summary>
internal static class VmPower
{
    // Set when Azure was told to switch off; a guest that shut itself down leaves it unset.
    private const string PoweredOffKey = "poweredOff";

    private static readonly TimeSpan s_boot = TimeSpan.FromSeconds(30);

    /// <summary>Registers actions and effects.</summary>
    public static void Register(SandboxRegistry registry, ResourceType type)
    {
        Add(registry, type, "start", "VirtualMachines_Start", Start, Started);
        Add(registry, type, "powerOff", "VirtualMachines_PowerOff", PowerOff, PoweredOff);
        Add(registry, type, "deallocate", "VirtualMachines_Deallocate", Deallocate, Deallocated);
        Add(registry, type, "restart", "VirtualMachines_Restart", c => Running(c, "Restart VM", VmProfiles.Restart), Restarted);
        Add(registry, type, "redeploy", "VirtualMachines_Redeploy", c => Running(c, "Redeploy VM", VmProfiles.Redeploy),
            Restarted);
        Add(registry, type, "reapply", "VirtualMachines_Reapply", Reapply, static c => Done(c));
        Add(registry, type, "reimage", "VirtualMachines_Reimage", Reimage, Reimaged);
        registry.Action(type, "generalize", "VirtualMachines_Generalize", Generalize, ComputeRateLimits.UpdateVM);
    }

    private static void Add(
        SandboxRegistry registry,
        ResourceType type,
        string action,
        string name,
        Func<RequestContext, ArmResponse> handler,
        Action<OperationContext> effect)
    {
        RateLimitPolicy limit = action == "deallocate" ? ComputeRateLimits.DeleteVM : ComputeRateLimits.UpdateVM;
        registry.Action(type, action, name, handler, limit);
        registry.Effect($"Vms.{action}", new OperationEffect(effect)
        {
            Failed = static context =>
            {
                if (context.Subject is { } vm) VmChanges.Fail(vm, context);
            },
        });
    }

    private static ArmResponse Begin(RequestContext context, string action, OperationProfile profile)
    {
        ResourceEntry vm = context.Resource;
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
        return Begin(context, "start", VmProfiles.Start);
    }

    private static ArmResponse PowerOff(RequestContext context)
    {
        VmRules.CheckFree(context, context.Resource, "Power Off VM");
        return Begin(context, "powerOff", VmProfiles.PowerOff);
    }

    private static ArmResponse Deallocate(RequestContext context)
    {
        VmRules.CheckFree(context, context.Resource, "Deallocate VM");
        return Begin(context, "deallocate", VmProfiles.Deallocate);
    }

    private static ArmResponse Reapply(RequestContext context)
    {
        VmRules.CheckFree(context, context.Resource, "Reapply VM");
        return Begin(context, "reapply", VmProfiles.Reapply);
    }

    private static ArmResponse Running(RequestContext context, string operation, OperationProfile profile)
    {
        ResourceEntry vm = context.Resource;
        if (VmFacts.IsGeneralized(vm)) throw VmErrors.Generalized(operation, vm.Name);
        VmRules.CheckFree(context, vm, operation);
        if (VmFacts.PowerState(vm) != VmFacts.Running) throw VmErrors.NotRunning();
        return Begin(context, context.Operation.Template.LastWord!, profile);
    }

    private static ArmResponse Reimage(RequestContext context)
    {
        ResourceEntry vm = context.Resource;
        if (VmFacts.IsGeneralized(vm)) throw VmErrors.Generalized("Reimage VM", vm.Name);
        VmRules.CheckFree(context, vm, "Reimage VM");
        return Begin(context, "reimage", VmProfiles.Reimage);
    }

    // 200 at once and without a body; it asks nothing of the guest (recorded 51 times, also for machines merely stopped).
    private static ArmResponse Generalize(RequestContext context)
    {
        ResourceEntry vm = context.Resource;
        VmRules.CheckFree(context, vm, "generalize");
        bool off = VmFacts.PowerState(vm) == VmFacts.Deallocated ||
            (VmFacts.PowerState(vm) == VmFacts.Stopped && vm.State.Flag(PoweredOffKey) == true);
        if (!off) throw VmErrors.Running("generalize", vm.Name);
        vm.State[VmFacts.GeneralizedKey] = true;
        return ArmResponse.Ok();
    }

    private static void Started(OperationContext context)
    {
        if (context.Subject is not { } vm) return;
        vm.State.Remove(PoweredOffKey);
        if (VmFacts.PowerState(vm) != VmFacts.Running) VmGuest.PowerOn(context.World, vm, context.Now, s_boot);
        ShowDisks(context, vm, allocated: true);
        VmNics.Started(context.World, vm);
        Done(context);
    }

    private static void PoweredOff(OperationContext context)
    {
        if (context.Subject is not { } vm) return;
        VmGuest.PowerOff(context.World, vm, context.Now);
        vm.State[PoweredOffKey] = true;
        if (VmFacts.PowerState(vm) == VmFacts.Running) vm.State[VmFacts.PowerStateKey] = VmFacts.Stopped;
        Done(context);
    }

    private static void Deallocated(OperationContext context)
    {
        if (context.Subject is not { } vm) return;
        VmGuest.PowerOff(context.World, vm, context.Now);
        vm.State[PoweredOffKey] = true;
        vm.State[VmFacts.PowerStateKey] = VmFacts.Deallocated;
        ShowDisks(context, vm, allocated: false);
        VmNics.Released(context.World, vm);
        Done(context);
    }

    private static void Restarted(OperationContext context)
    {
        if (context.Subject is not { } vm) return;
        VmGuest.PowerOn(context.World, vm, context.Now, s_boot);
        Done(context);
    }

    // The OS disk becomes again what the image holds; data disks stay.
    private static void Reimaged(OperationContext context)
    {
        if (context.Subject is not { } vm) return;
        if (context.World.Store.Find(vm.Body.Text("properties.storageProfile.osDisk.managedDisk.id")) is { } disk)
        {
            disk.State.Remove(DiskSource.Guest);
            if (VmImageContent.Find(context.World, vm) is { } content) disk.State[DiskSource.Guest] = content;
        }

        GuestProfile profile = VmCreation.Profile(vm);
        VmGuest.Install(context.World, vm, profile, context.Now, s_boot);
        vm.State[VmFacts.PowerStateKey] = VmFacts.Running;
        Done(context);
    }

    private static void ShowDisks(OperationContext context, ResourceEntry vm, bool allocated)
    {
        IEnumerable<string?> ids = vm.Body.Items("properties.storageProfile.dataDisks")
            .Select(static d => d.Text("managedDisk.id"))
            .Append(vm.Body.Text("properties.storageProfile.osDisk.managedDisk.id"));
        foreach (ResourceEntry disk in ids.Select(id => context.World.Store.Find(id)).OfType<ResourceEntry>())
            DiskAttachment.Show(disk, allocated, context.Now);
    }

    private static void Done(OperationContext context)
    {
        if (context.Subject is { } vm) VmChanges.Finish(vm, context.Now);
    }
}
