using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Locations;

namespace ImageCmdlets.Engine.Images;

/// <summary>Makes a <see cref="CustomImage"/> of Azure's answer.</summary>
internal static class ImageMapper
{
    public static CustomImage Map(JsonElement item)
    {
        IReadOnlyDictionary<string, string> tags = item.Map("tags");
        JsonElement profile = item.Find("properties", "storageProfile") ?? default;
        DiskReference? osDisk = profile.Find("osDisk") is { } os ? Disk(os, null) : null;
        DiskReference[] dataDisks = [.. profile.Items("dataDisks").Select(disk => Disk(disk, disk.Number("lun") ?? 0))];
        return new CustomImage(item.Text("id")!)
        {
            Location = LocationCatalog.Of(item),
            Tag = tags,
            ProvisioningState = item.Text("properties", "provisioningState"),
            SourceId = item.Text("properties", "sourceVirtualMachine", "id"),
            OSType = profile.Text("osDisk", "osType"),
            OSState = profile.Text("osDisk", "osState"),
            HyperVGeneration = item.Text("properties", "hyperVGeneration"),
            ZoneResilient = profile.Truth("zoneResilient") ?? false,
            OSDisk = osDisk,
            DataDisk = dataDisks,
            SizeGB = TotalSize(osDisk, dataDisks),
            Plan = PlanTags.Read(tags),
        };
    }

    private static DiskReference Disk(JsonElement disk, int? lun) => new()
    {
        Lun = lun,
        SourceId = disk.Text("managedDisk", "id") ?? disk.Text("snapshot", "id") ?? disk.Text("blobUri"),
        DiskSizeGB = disk.Number("diskSizeGB"),
        Caching = disk.Text("caching"),
        StorageAccountType = disk.Text("storageAccountType"),
    };

    private static int? TotalSize(DiskReference? osDisk, DiskReference[] dataDisks)
    {
        int?[] sizes = [osDisk?.DiskSizeGB, .. dataDisks.Select(disk => disk.DiskSizeGB)];
        return Array.Exists(sizes, size => size is null) ? null : sizes.Sum();
    }
}
