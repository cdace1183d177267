using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Marketplace;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Vms;

/// <summary>A version of a gallery's image as the source of machines.</summary>
/// <remarks>Source: <c>GalleryImageVersions_Get</c>, <c>_ListByGalleryImage</c>, <c>GalleryImages_Get</c>.</remarks>
internal static class GalleryImageSource
{
    private const string Versions = "/versions";

    /// <summary>The version of an id, or the newest one of a definition that is in the region and not excluded from latest.</summary>
    /// <exception cref="ImageCmdletsException">ImageNotFound; RegionMismatch: the version is not replicated to the region.</exception>
    public static async Task<MachineSource> ResolveAsync(Operation operation, ResourceId id, string location)
    {
        bool isVersion = id.Is(ResourceTypes.GalleryImageVersion);
        string definitionId = isVersion ? id.Text.Substring(0, id.Text.LastIndexOf('/') - Versions.Length) : id.Text;
        JsonElement definition = await ReadAsync(operation, definitionId).ConfigureAwait(false);
        JsonElement version = isVersion
            ? await ReadAsync(operation, id.Text).ConfigureAwait(false)
            : await LatestVersion.ReadAsync(operation, ResourceId.TryParse(definitionId)!, location).ConfigureAwait(false);
        string versionId = version.Text("id") ?? id.Text;
        string[] regions = [.. version.Items("properties", "publishingProfile", "targetRegions").Select(region => region.Text("name")).OfType<string>()];
        if (!regions.Any(region => LocationCatalog.Same(region, location)))
        {
            throw new ImageCmdletsException(ErrorIds.RegionMismatch,
                $"The image version '{versionId}' is not in {location}, only in {string.Join(", ", regions.Select(LocationCatalog.Normalize))}.", versionId,
                "Pass one of its regions with -Location, or replicate the version to the region first.");
        }

        return Map(definition, version, versionId);
    }

    private static MachineSource Map(JsonElement definition, JsonElement version, string versionId) => new()
    {
        Reference = versionId,
        OSType = definition.Text("properties", "osType") ?? throw ImageSourceResolver.NoOSType(versionId),
        IsSpecialized = string.Equals(definition.Text("properties", "osState"), "Specialized", StringComparison.OrdinalIgnoreCase),
        HyperVGeneration = definition.Text("properties", "hyperVGeneration"),
        Architecture = definition.Text("properties", "architecture") ?? "x64",
        SecurityType = GalleryMapper.SecurityTypeOf(definition),
        Plan = PlanMapper.Map(definition.Find("properties", "purchasePlan")),
        DataDiskLun = [.. version.Items("properties", "storageProfile", "dataDiskImages").Select(disk => disk.Number("lun") ?? 0)],
    };

    private static async Task<JsonElement> ReadAsync(Operation operation, string id) =>
        (await operation.Arm.GetAsync(id, ArmApiVersions.Galleries, operation.CancellationToken).ConfigureAwait(false)).Body;
}
