using System.Text.Json;
using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Disks;

/// <summary>Makes a <see cref="ManagedDisk"/> of Azure's answer.</summary>
internal static class DiskMapper
{
    public static ManagedDisk Map(JsonElement item) => new(item.Text("id")!)
    {
        Location = item.Text("location"),
        Tag = item.Map("tags"),
        ProvisioningState = item.Text("properties", "provisioningState"),
        DiskSizeGB = item.Number("properties", "diskSizeGB"),
        Sku = item.Text("sku", "name"),
        OSType = item.Text("properties", "osType"),
        HyperVGeneration = item.Text("properties", "hyperVGeneration"),
        DiskState = item.Text("properties", "diskState"),
        SourceId = item.Text("properties", "creationData", "sourceResourceId") ?? item.Text("properties", "creationData", "imageReference", "id"),
        ManagedBy = item.Text("managedBy"),
        Zone = item.Texts("zones"),
        TimeCreated = item.Time("properties", "timeCreated"),
    };
}
