using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.Images;

/// <summary>What cannot happen to an image that exists.</summary>
internal static class ImageChanges
{
    private const string ScaleSetType = "Microsoft.Compute/virtualMachineScaleSets";

    private static readonly string[] s_fixed =
    [
        "storageProfile.osDisk.osType", "storageProfile.osDisk.osState", "storageProfile.osDisk.managedDisk.id",
        "storageProfile.osDisk.snapshot.id", "storageProfile.osDisk.blobUri", "storageProfile.osDisk.caching",
        "storageProfile.osDisk.storageAccountType", "storageProfile.zoneResilient", "hyperVGeneration",
    ];

    /// <summary>Refuses a PUT or PATCH that names another source or other disks.</summary>
    public static void Check(RequestContext context, ResourceEntry image)
    {
        if (context.Body.Object("properties") is not { } sent) return;
        if (Differs(sent, image.Properties, "sourceVirtualMachine.id"))
            throw ComputeErrors.PropertyChange("sourceVirtualMachine");
        foreach (string path in s_fixed)
        {
            if (Differs(sent, image.Properties, path)) throw ComputeErrors.PropertyChange(path);
        }

        if (sent.Array("storageProfile.dataDisks") is { } disks) CheckDataDisks(disks, image);
    }

    /// <summary>Refuses a deletion while machines are made from the image or a scale set is.</summary>
    public static void CheckUnused(SandboxWorld world, ResourceEntry image)
    {
        ResourceEntry[] machines =
        [
            .. world.Store.OfType(VmFacts.Type).Where(vm => vm.ProvisioningState == "Creating" &&
                Same(vm.Body.Text("properties.storageProfile.imageReference.id"), image.Id)),
        ];
        if (machines.Length > 0) throw ImageErrors.BeingUsed(image.Name, machines.Select(static vm => vm.Name));
        ResourceEntry? scaleSet = world.Store.OfType(ScaleSetType).FirstOrDefault(set =>
            Same(set.Body.Text("properties.virtualMachineProfile.storageProfile.imageReference.id"), image.Id));
        if (scaleSet is not null) throw ImageErrors.UsedByScaleSet(image.Name, scaleSet.Name);
    }

    private static void CheckDataDisks(JsonArray disks, ResourceEntry image)
    {
        JsonObject[] present = [.. image.Body.Items("properties.storageProfile.dataDisks")];
        if (disks.Count != present.Length) throw ComputeErrors.PropertyChange("storageProfile.dataDisks");
        foreach (JsonObject disk in disks.OfType<JsonObject>())
        {
            JsonObject? match = Array.Find(present, other => other.Number("lun") == disk.Number("lun"));
            bool changed = match is null || Differs(disk, match, "managedDisk.id") || Differs(disk, match, "snapshot.id") ||
                           Differs(disk, match, "blobUri") || Differs(disk, match, "caching");
            if (changed) throw ComputeErrors.PropertyChange("storageProfile.dataDisks");
        }
    }

    private static bool Differs(JsonObject sent, JsonObject present, string path) =>
        sent.At(path) is { } value && !Same(value.ToJsonString(), present.At(path)?.ToJsonString());

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
