using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.UnmanagedDisks;
using ImageCmdlets.Sandbox.ScaleSets;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>DELETE of a machine: its disks and interfaces go or stay as their <c>deleteOption</c> says.</summary>
internal static class VmDeletion
{
    public const string Kind = "Vms.Delete";

    /// <summary>Registers what the operation does when it ends.</summary>
    public static void Register(SandboxRegistry registry) => registry.Effect(Kind, new OperationEffect(Deleted));

    public static ArmResponse Delete(RequestContext context)
    {
        ResourceEntry vm = context.Resource;
        // A deletion takes the place of whatever runs.
        context.World.Operations.Preempt(vm.Id);
        VmGuest.PowerOff(context.World, vm, context.Now);
        VmChanges.Begin(vm, "Deleting");
        LongRunningOperation operation = context.Begin(Kind, VmProfiles.Delete, vm.Id, vm.Location!);
        return context.Accepted(operation, VmProfiles.Delete, 202);
    }

    /// <summary>Unties or removes what belongs to a machine that goes.</summary>
    public static void Release(SandboxWorld world, ResourceEntry vm)
    {
        IEnumerable<JsonObject> disks = vm.Body.Items("properties.storageProfile.dataDisks");
        if (vm.Body.Object("properties.storageProfile.osDisk") is { } system) disks = disks.Append(system);
        UnmanagedBlobs.Write(world, vm);
        UnmanagedBlobs.Release(world, vm);
        foreach (JsonObject disk in disks)
        {
            if (world.Store.Find(disk.Text("managedDisk.id")) is { } entry) Release(world, entry, disk.Text("deleteOption"));
        }

        VmNics.Leave(world, vm);
        foreach (ResourceEntry child in world.Store.Below(vm.Id).ToArray()) world.Store.Remove(child.Id);
    }

    private static void Release(SandboxWorld world, ResourceEntry disk, string? deleteOption)
    {
        DiskAttachment.Detach(disk, world.Now);
        if (deleteOption == "Delete") world.Store.Remove(disk.Id);
    }

    private static void Deleted(OperationContext context)
    {
        if (context.Subject is not { } vm) return;
        FlexibleMachines.Left(context.World, vm);
        Release(context.World, vm);
        context.World.Store.Remove(vm.Id);
    }
}
