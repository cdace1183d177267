using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;
using static ImageCmdlets.Sandbox.Locations.Regions;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>The machine that an image version is made from. It may run (recorded for a specialized one).</summary>
internal static class GalleryMachineSource
{
    public static GalleryVersionDraft Read(RequestContext context, string id)
    {
        ResourceEntry? vm = context.World.Store.Find(id, VmFacts.Type);
        if (vm is null || Normalize(vm.Location!) != context.Location) throw GalleryVersionErrors.SourceNotFound(id);
        JsonObject os = vm.Body.Object("properties.storageProfile.osDisk")!;
        if (os.Text("diffDiskSettings.option") is not null) throw GalleryVersionErrors.EphemeralDisk(id);
        if (os.Text("managedDisk.id") is null) throw GalleryVersionErrors.UnmanagedDisks(id);
        if (context.World.Operations.Pending(vm.Id) is not null) throw ComputeErrors.Conflict();
        return new GalleryVersionDraft(
        [
            Disk(context, os, null),
            .. vm.Body.Items("properties.storageProfile.dataDisks").Select(disk => Disk(context, disk, (int?)disk.Number("lun"))),
        ])
        {
            SourceId = id,
            OSState = VmFacts.IsGeneralized(vm) ? "Generalized" : "Specialized",
            IsLive = true,
            IsMachine = true,
            MachineSecurity = vm.Body.Text("properties.securityProfile.securityType"),
            Plan = vm.Body.Object("plan"),
        };
    }

    private static GalleryVersionDisk Disk(RequestContext context, JsonObject disk, int? lun)
    {
        string id = disk.Text("managedDisk.id")!;
        ResourceEntry entry = context.World.Store.Find(id) ?? throw GalleryVersionErrors.SourceNotFound(id);
        GalleryEncryption.CheckSource(context, id, entry);
        return new GalleryVersionDisk(lun, DiskSource.Of(entry), disk.Text("caching") ?? "None", null);
    }
}
