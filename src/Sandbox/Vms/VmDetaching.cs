using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>Disks on their way out of a machine: nobody can have them before they are out, not even that machine.</summary>
internal static class VmDetaching
{
    /// <summary>Refuses to keep or attach again a disk that the machine of the request is letting go.</summary>
    /// <exception cref="Errors.ArmException">409 AttachDiskWhileBeingDetached.</exception>
    public static void Check(RequestContext context, ResourceEntry vm)
    {
        foreach (JsonObject asked in context.Body.Items("properties.storageProfile.dataDisks"))
        {
            if (asked.Flag("toBeDetached") != true && Leaving(vm, asked.Text("managedDisk.id"), asked.Text("name")) is { } disk)
                throw Refusal(context.World, vm, disk, vm.Name);
        }
    }

    /// <summary>Refuses to attach a disk that another machine is letting go.</summary>
    /// <param name="context">The request.</param>
    /// <param name="disk">The disk.</param>
    /// <param name="owner">Id of the machine that has it.</param>
    /// <exception cref="Errors.ArmException">409 AttachDiskWhileBeingDetached.</exception>
    public static void CheckOwner(RequestContext context, ResourceEntry disk, string owner)
    {
        if (context.World.Store.Find(owner) is { } vm && Leaving(vm, disk.Id, null) is { } leaving)
            throw Refusal(context.World, vm, leaving, context.Target!.Name);
    }

    private static JsonObject? Leaving(ResourceEntry vm, string? id, string? name) => vm.Body.Items("properties.storageProfile.dataDisks")
        .FirstOrDefault(disk => disk.Flag("toBeDetached") == true &&
            (id is null ? Same(disk.Text("name"), name) : Same(disk.Text("managedDisk.id"), id)));

    private static Errors.ArmException Refusal(SandboxWorld world, ResourceEntry vm, JsonObject disk, string wanted) =>
        VmRequestErrors.BeingDetached(disk.Text("name")!, wanted, failed: world.Operations.Pending(vm.Id) is null);

    private static bool Same(string? a, string? b) => a is not null && string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
