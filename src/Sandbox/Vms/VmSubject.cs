using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>Virtual machines, with their actions, run commands and extensions, and the lists of sizes.</summary>
internal sealed class VmSubject : IResourceSubject
{
    /// <summary>Path of a machine.</summary>
    public const string Path = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/" +
        "Microsoft.Compute/virtualMachines/{vmName}";

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType(ComputeSubject.Namespace, "virtualMachines", ComputeApiVersions.Compute)
        {
            UpperCaseInSubscriptionLists = true,
            DeletionOrder = 20,
            DeletionTime = VmProfiles.Delete.Duration,
            CheckName = EntityName.CheckMachine,
            View = VmViews.Show,
            Filter = VmViews.Filter,
            Removed = static (world, vm) => VmDeletion.Release(world, vm),
        });
        registry.Put(type, "VirtualMachines_CreateOrUpdate", Put, ComputeRateLimits.PutVM);
        registry.Patch(type, "VirtualMachines_Update", VmUpdate.Update, ComputeRateLimits.UpdateVM);
        registry.Get(type, "VirtualMachines_Get", ComputeRateLimits.GetVM);
        registry.Delete(type, "VirtualMachines_Delete", VmDeletion.Delete, ComputeRateLimits.DeleteVM);
        registry.ListInGroup(type, "VirtualMachines_List", ComputeRateLimits.ListVMs);
        registry.ListInSubscription(type, "VirtualMachines_ListAll", ComputeRateLimits.ListVMs);
        registry.Map(
            "GET",
            Path + "/instanceView",
            "VirtualMachines_InstanceView",
            type,
            VmViews.InstanceView,
            ComputeRateLimits.GetVM,
            needsResource: true);
        VmBootDiagnostics.RegisterAction(registry, type, "VirtualMachines");
        VmEviction.RegisterAction(registry, type, "VirtualMachines");
        VmEviction.Register(registry);
        VmCapture.Register(registry, type);
        VmDiskConversion.Register(registry, type);
        VmPatches.Register(registry, type);
        registry.Action(
            type, "performMaintenance", "VirtualMachines_PerformMaintenance", VmMaintenance.Refuse, ComputeRateLimits.UpdateVM);
        VmCreation.Register(registry);
        VmUpdate.Register(registry);
        VmDeletion.Register(registry);
        VmPower.Register(registry, type);
        VmRunCommands.Register(registry, type);
        VmGuest.Register(registry);
        VmLookups.Register(registry, type);
        VmManagedRunCommands.Register(registry);
        VmExtensions.Register(registry);
    }

    private static ArmResponse Put(RequestContext context) =>
        context.Existing is null ? VmCreation.Create(context) : VmUpdate.Update(context);
}
