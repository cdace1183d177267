using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.UnmanagedDisks;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.Images;

/// <summary>The machine that an image is made from, read from the store.</summary>
internal static class SourceVirtualMachine
{
    private const string Name = "sourceVirtualMachine";

    /// <summary>The disks of the machine, as the image will show them.</summary>
    public static ImageDraft Read(RequestContext context, string id)
    {
        ResourceId parsed = LinkedResource.Parse(context, id, "properties.sourceVirtualMachine.id");
        ResourceEntry? vm = context.World.Store.Find(id, VmFacts.Type);
        if (vm is null || vm.Location != context.Location) throw ImageErrors.VmNotFound(parsed.Name);
        JsonObject os = vm.Body.Object("properties.storageProfile.osDisk")!;
        Check(context, vm, os);
        var disks = new List<ImageDisk> { Disk(context, vm, os, system: true) };
        disks.AddRange(vm.Body.Items("properties.storageProfile.dataDisks").Select(disk => Disk(context, vm, disk, system: false)));
        return new ImageDraft(disks) { VmId = vm.Id };
    }

    private static void Check(RequestContext context, ResourceEntry vm, JsonObject os)
    {
        if (context.World.Operations.Pending(vm.Id) is not null) throw ImageErrors.VmBusy(vm.Name);
        if (vm.Body.Text("properties.securityProfile.securityType") is { } type && type != "Standard")
            throw ImageErrors.SecurityType(type);
        if (!VmFacts.IsGeneralized(vm)) throw ImageErrors.NotGeneralized(vm.Name);
        // Recorded: machines with blob disks need only be stopped.
        if (os["managedDisk"] is not null && VmFacts.PowerState(vm) != VmFacts.Deallocated)
            throw ImageErrors.NotDeallocated(vm.Name);
    }

    private static ImageDisk Disk(RequestContext context, ResourceEntry vm, JsonObject disk, bool system)
    {
        JsonObject shown = JsonText.NewObject();
        if (system)
        {
            shown["osType"] = disk.Text("osType");
            shown["osState"] = "Generalized";
        }
        else
        {
            shown["lun"] = disk["lun"]?.DeepClone();
        }

        DiskSource source;
        if (disk.Text("managedDisk.id") is { } id)
        {
            ResourceEntry entry = context.World.Store.Find(id) ?? throw DiskErrors.SourceNotFound(disk.Text("name") ?? id);
            source = DiskSource.Of(entry);
            shown["managedDisk"] = new JsonObject { ["id"] = entry.Id };
            shown["storageAccountType"] = disk.Text("managedDisk.storageAccountType") ?? entry.Body.Text("sku.name");
        }
        else
        {
            // The size of a blob is known before the image is made (recorded), that of a managed disk only after.
            source = UnmanagedDisk.SourceOf(vm, disk);
            shown["diskSizeGB"] = source.SizeGB;
            shown["blobUri"] = disk.Text("vhd.uri");
            shown["storageAccountType"] = "Standard_LRS";
        }

        shown["caching"] = disk.Text("caching") ?? "None";
        return new ImageDisk(shown, source, Name);
    }
}
