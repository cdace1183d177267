using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Locations;

namespace ImageCmdlets.Engine.Disks;

/// <summary>Makes a <see cref="ManagedDisk"/> of Azure's answer.</summary>
internal static class DiskMapper
{
    public static ManagedDisk Map(JsonElement item) => new(item.Text("id")!)
    {
        Location = LocationCatalog.Of(item),
        Tag = item.Map("tags"),
        ProvisioningState = item.Text("properties", "provisioningState"),
        DiskSizeGB = item.Number("properties", "diskSizeGB"),
        Sku = item.Text("sku", "name"),
        OSType = item.Text("properties", "osType"),
        HyperVGeneration = item.Text("properties", "hyperVGeneration"),
        DiskState = item.Text("properties", "diskState"),
        SourceId = DiskOrigin.Of(item.Find("properties") ?? default),
        ManagedBy = item.Text("managedBy"),
        Zone = item.Texts("zones"),
        TimeCreated = item.Time("properties", "timeCreated"),
    };
}
