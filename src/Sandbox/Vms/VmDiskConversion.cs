using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.UnmanagedDisks;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>Makes managed disks of a machine's blobs. The machine must be deallocated; it is started afterwards (documented).</summary>
internal static class VmDiskConversion
{
    /// <summary>Kind of the operation.</summary>
    public const string Kind = "Vms.Convert";

    /// <summary>Registers the action and what it does when it ends.</summary>
    public static void Register(SandboxRegistry registry, ResourceType type)
    {
        registry.Action(type, "convertToManagedDisks", "VirtualMachines_ConvertToManagedDisks", Convert, ComputeRateLimits.UpdateVM);
        registry.Effect(Kind, new OperationEffect(Converted)
        {
            Failed = static context =>
            {
                if (context.Subject is { } vm) VmChanges.Fail(vm, context);
            },
        });
    }

    private static ArmResponse Convert(RequestContext context)
    {
        ResourceEntry vm = context.Resource;
        VmRules.CheckFree(context, vm, "ConvertToManagedDisks");
        if (!VmFacts.HasBlobDisks(vm)) throw VmErrors.AlreadyManaged(vm.Name);
        if (VmFacts.PowerState(vm) != VmFacts.Deallocated) throw VmErrors.NotDeallocated("ConvertToManagedDisks", vm.Name);
        VmChanges.Begin(vm, "Updating");
        LongRunningOperation operation = context.Begin(Kind, VmProfiles.Convert, vm.Id, vm.Location!);
        return context.Accepted(operation, VmProfiles.Convert, 202);
    }

    private static void Converted(OperationContext context)
    {
        if (context.Subject is not { } vm) return;
        JsonObject system = vm.Body.Object("properties.storageProfile.osDisk")!;
        UnmanagedBlobs.Release(context.World, vm);
        Make(context, vm, system);
        foreach (JsonObject disk in vm.Body.Items("properties.storageProfile.dataDisks")) Make(context, vm, disk);
        UnmanagedDisk.Forget(vm);
        VmTransitions.Start(context.World, vm, context.Now);
    }

    private static void Make(OperationContext context, ResourceEntry vm, JsonObject disk)
    {
        DiskSource source = UnmanagedDisk.SourceOf(vm, disk);
        ResourceId machine = ResourceId.TryParse(vm.Id)!;
        string name = $"{vm.Name}_{disk.Text("name")}_{context.World.Ids.NextGuid($"convert|{vm.Id}").Replace("-", string.Empty)}";
        var id = new ResourceId(machine.SubscriptionId, machine.ResourceGroup, ComputeSubject.Namespace, ["disks"], [name]);
        var specification = new DiskSpecification(DiskKind.Disk, id, vm.Location!, source)
        {
            Sku = "Standard_LRS",
            SizeGB = source.SizeGB,
            CreationData = new JsonObject { ["createOption"] = "Import", ["sourceUri"] = disk.Text("vhd.uri") },
        };
        ResourceEntry made = DiskFactory.Create(context.World, specification, context.Now);
        DiskAttachment.Attach(made, vm.Id, context.Now);
        disk.Remove("vhd");
        disk["managedDisk"] = new JsonObject { ["storageAccountType"] = "Standard_LRS", ["id"] = made.Id };
    }
}
