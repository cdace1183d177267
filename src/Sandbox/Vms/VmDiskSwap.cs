using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>
/// Another OS disk for a machine that is there: PUT or PATCH with another <c>osDisk.managedDisk.id</c>. The disk's name goes
/// with it (azure-libraries-for-java#275), everything else about the OS disk stays (azure-sdk-for-net#37285: "Changing property
/// 'osDisk.createOption' is not allowed."; 409 on a machine that was not deallocated).
/// </summary>
internal sealed class VmDiskSwap
{
    private readonly ResourceEntry _vm;
    private readonly ResourceEntry _disk;

    private VmDiskSwap(ResourceEntry vm, ResourceEntry disk)
    {
        _vm = vm;
        _disk = disk;
    }

    /// <summary>The swap that a request asks for, checked; null when it asks for none.</summary>
    public static VmDiskSwap? Plan(RequestContext context, ResourceEntry vm)
    {
        JsonObject present = vm.Body.Object("properties.storageProfile.osDisk")!;
        JsonObject? asked = context.Body.Object("properties.storageProfile.osDisk");
        if (asked.Text("createOption") is { } option && !Same(option, present.Text("createOption"))) throw ComputeErrors.PropertyChange("osDisk.createOption");
        if (asked.Text("osType") is { } system && !Same(system, present.Text("osType"))) throw ComputeErrors.PropertyChange("osDisk.osType");
        string? name = asked.Text("name");
        if (asked.Text("managedDisk.id") is not { } id || Same(id, present.Text("managedDisk.id")))
            return name is null || Same(name, present.Text("name")) ? null : throw ComputeErrors.PropertyChange("osDisk.name");
        if (VmFacts.HasBlobDisks(vm)) throw ComputeErrors.PropertyChange("osDisk.managedDisk");

        ResourceEntry disk = VmSources.Disk(context, id, "properties.storageProfile.osDisk.managedDisk.id");
        // The name of a managed disk is its own; assumption: another one is refused as any other change of it.
        if (name is not null && !Same(name, disk.Name)) throw ComputeErrors.PropertyChange("osDisk.name");
        CheckFits(vm, disk);
        // The code is that of other operations on machines that are not deallocated; the text is an assumption.
        if (VmFacts.PowerState(vm) != VmFacts.Deallocated) throw VmErrors.NotDeallocated("Swap OS Disk", vm.Name);
        return new VmDiskSwap(vm, disk);
    }

    /// <summary>Shows the new disk, and ties and unties.</summary>
    public void Make(SandboxWorld world, DateTimeOffset now)
    {
        JsonObject shown = _vm.Body.Object("properties.storageProfile.osDisk")!;
        if (world.Store.Find(shown.Text("managedDisk.id")) is { } old) DiskAttachment.Detach(old, now);
        DiskAttachment.Attach(_disk, _vm.Id, now);
        DiskAttachment.Show(_disk, allocated: false, now);
        shown["name"] = _disk.Name;
        JsonObject managed = shown.Ensure("managedDisk");
        managed["id"] = _disk.Id;
        managed["storageAccountType"] = _disk.Body.Text("sku.name");
        shown["diskSizeGB"] = _disk.Body.Number("properties.diskSizeGB");
    }

    // The texts of these are assumptions; Azure's documentation of the swap says that system and generation have to be the same.
    private static void CheckFits(ResourceEntry vm, ResourceEntry disk)
    {
        DiskSource source = DiskSource.Of(disk);
        if (!Same(source.OSType, vm.Body.Text("properties.storageProfile.osDisk.osType"))) throw ComputeErrors.PropertyChange("osDisk.osType");
        string generation = vm.State.Text("generation") ?? "V1";
        if (!Same(source.Generation ?? "V1", generation)) throw ComputeErrors.PropertyChange("hyperVGeneration");
    }

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
