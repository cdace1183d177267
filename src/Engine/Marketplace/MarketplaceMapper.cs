using System.Text.Json;
using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Marketplace;

/// <summary>Makes a <see cref="MarketplaceImage"/> of Azure's answer about one version.</summary>
internal static class MarketplaceMapper
{
    private const double BytesInGB = 1024d * 1024 * 1024;

    /// <param name="item">Azure's answer.</param>
    /// <param name="location">The region that was asked.</param>
    /// <param name="asked">The exact version that was asked for, in the user's casing.</param>
    public static MarketplaceImage Map(JsonElement item, string location, ImageUrn asked)
    {
        JsonElement properties = item.Find("properties") ?? default;
        string id = item.Text("id") ?? string.Empty;
        return new MarketplaceImage
        {
            Publisher = Segment(id, "Publishers") ?? asked.Publisher,
            Offer = Segment(id, "Offers") ?? asked.Offer,
            Sku = Segment(id, "Skus") ?? asked.Sku,
            Version = item.Text("name") ?? asked.Version,
            Location = location,
            OSType = properties.Text("osDiskImage", "operatingSystem"),
            HyperVGeneration = properties.Text("hyperVGeneration"),
            Architecture = properties.Text("architecture"),
            SecurityType = Feature(properties, "SecurityType") ?? "Standard",
            Plan = PlanMapper.Map(properties.Find("plan")),
            DiskSizeGB = properties.Number("osDiskImage", "sizeInGb") ?? SizeGB(properties.Real("osDiskImage", "sizeInBytes")),
            DataDisk = [.. properties.Items("dataDiskImages").Select(DataDisk)],
            State = properties.Text("imageDeprecationStatus", "imageState"),
        };
    }

    private static DiskReference DataDisk(JsonElement disk) => new()
    {
        Lun = disk.Number("lun") ?? 0,
        DiskSizeGB = disk.Number("sizeInGb") ?? SizeGB(disk.Real("sizeInBytes")),
    };

    private static string? Feature(JsonElement properties, string name) =>
        properties.Items("features").FirstOrDefault(feature => feature.Text("name") == name).Text("value");

    // The bytes count the VHD's footer of 512 bytes, which is no gigabyte more.
    private static int? SizeGB(double? bytes) => bytes is { } size ? (int)(size / BytesInGB) : null;

    // The id has Azure's casing of the names, whatever the user typed.
    private static string? Segment(string id, string collection)
    {
        string[] parts = id.Split('/');
        int at = Array.FindIndex(parts, part => string.Equals(part, collection, StringComparison.OrdinalIgnoreCase));
        return at >= 0 && at + 1 < parts.Length && parts[at + 1].Length > 0 ? parts[at + 1] : null;
    }
}
