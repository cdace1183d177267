using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Marketplace;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Makes a <see cref="SharedImage"/> of Azure's answers.</summary>
internal static class SharedImageMapper
{
    /// <param name="id">The exact version.</param>
    /// <param name="location">The region that was asked.</param>
    /// <param name="definition">The definition, as others than its owner see it.</param>
    /// <param name="version">The version, likewise.</param>
    /// <param name="sharedWith">By what the caller sees it.</param>
    public static SharedImage Map(SharedImageId id, string location, JsonElement definition, JsonElement version, ImageAccessKind sharedWith) => new()
    {
        Id = id.Text,
        GalleryName = id.GalleryName,
        DefinitionName = id.DefinitionName,
        Name = id.Version!,
        Version = VersionNumber.TryParse(id.Version),
        Location = location,
        SharedWith = sharedWith,
        OSType = definition.Text("properties", "osType"),
        OSState = definition.Text("properties", "osState"),
        HyperVGeneration = definition.Text("properties", "hyperVGeneration") ?? "V1",
        Architecture = definition.Text("properties", "architecture") ?? "x64",
        SecurityType = GalleryMapper.SecurityTypeOf(definition) ?? "Standard",
        Plan = PlanMapper.Map(definition.Find("properties", "purchasePlan")),
        OSDisk = version.Find("properties", "storageProfile", "osDiskImage") is { } disk ? Disk(disk, null) : null,
        DataDisk = [.. version.Items("properties", "storageProfile", "dataDiskImages").Select(data => Disk(data, data.Number("lun") ?? 0))],
        ExcludeFromLatest = version.Truth("properties", "excludeFromLatest") ?? false,
        PublishedDate = version.Time("properties", "publishedDate"),
        EndOfLifeDate = version.Time("properties", "endOfLifeDate"),
    };

    private static DiskReference Disk(JsonElement disk, int? lun) => new() { Lun = lun, DiskSizeGB = disk.Number("diskSizeGB"), Caching = disk.Text("hostCaching") };
}
