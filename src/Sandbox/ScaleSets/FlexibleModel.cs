using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>
/// What Azure adds to the model of a flexible set: everything that its machines would show themselves (recorded twice in August
/// 2024, test_vm_custom_image). The model of a uniform set stays nearly as it was sent.
/// </summary>
internal static class FlexibleModel
{
    /// <summary>Completes the properties of a set.</summary>
    /// <param name="properties">The set's properties; they are changed.</param>
    /// <param name="model">What the machines will be made of.</param>
    public static void Complete(JsonObject properties, ScaleSetDraft model)
    {
        // Recorded where az sent it; where it did not, Azure shows it all the same (issue 25301 of azure-powershell).
        properties.Ensure("upgradePolicy")["mode"] ??= "Manual";
        JsonObject profile = properties.Object("virtualMachineProfile")!;
        if (profile.Object("osProfile") is { } os)
        {
            os["secrets"] ??= new JsonArray();
            os["allowExtensionOperations"] ??= true;
            os["requireGuestProvisionSignal"] ??= true;
        }

        if (profile.Object("storageProfile.osDisk") is { } disk) Complete(disk, model, model.Source.OsDisk, model.Source.StorageType);
        foreach (JsonObject data in profile.Items("storageProfile.dataDisks"))
        {
            int lun = (int)(data.Number("lun") ?? 0);
            bool known = model.Source.DataDisks.TryGetValue(lun, out DiskSource? source);
            model.Source.DataStorageTypes.TryGetValue(lun, out string? type);
            data["caching"] ??= "None";
            Complete(data, model, known ? source : null, type);
        }

        foreach (JsonObject nic in profile.Items("networkProfile.networkInterfaceConfigurations")) Complete(nic.Ensure("properties"));
        profile["timeCreated"] = properties["timeCreated"]?.DeepClone();
        properties["constrainedMaximumCapacity"] ??= false;
    }

    // A disk that does not say gets the image's type of storage, else the better one when the size takes it, as with machines.
    private static void Complete(JsonObject disk, ScaleSetDraft model, DiskSource? source, string? imageType)
    {
        if (string.Equals(disk.Text("createOption"), "FromImage", StringComparison.OrdinalIgnoreCase)) disk["createOption"] = "FromImage";
        if (disk["vhdContainers"] is null && disk["diffDiskSettings"] is null)
            disk.Ensure("managedDisk")["storageAccountType"] ??= imageType ?? (model.Size.PremiumIO ? "Premium_LRS" : "Standard_LRS");
        disk["deleteOption"] ??= "Delete";
        if (source is not null) disk["diskSizeGB"] ??= source.SizeGB;
    }

    private static void Complete(JsonObject nic)
    {
        nic["disableTcpStateTracking"] ??= false;
        nic["auxiliaryMode"] ??= "None";
        nic["auxiliarySku"] ??= "None";
        nic["deleteOption"] ??= "Delete";
        foreach (JsonObject configuration in nic.Items("ipConfigurations"))
        {
            JsonObject settings = configuration.Ensure("properties");
            settings["applicationSecurityGroups"] ??= new JsonArray();
            settings["loadBalancerBackendAddressPools"] ??= new JsonArray();
            settings["applicationGatewayBackendAddressPools"] ??= new JsonArray();
        }
    }
}
