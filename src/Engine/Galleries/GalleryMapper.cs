using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Marketplace;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Makes an <see cref="ImageGallery"/> or <see cref="ImageDefinition"/> of Azure's answer.</summary>
internal static class GalleryMapper
{
    public const string SecurityFeature = "SecurityType";

    public static ImageGallery Gallery(JsonElement item) => new(item.Text("id")!)
    {
        Location = LocationCatalog.Of(item),
        Tag = item.Map("tags"),
        ProvisioningState = item.Text("properties", "provisioningState"),
        Description = item.Text("properties", "description"),
        UniqueName = item.Text("properties", "identifier", "uniqueName"),
        Permission = item.Text("properties", "sharingProfile", "permissions") ?? "Private",
        SoftDelete = item.Truth("properties", "softDeletePolicy", "isSoftDeleteEnabled") ?? false,
    };

    public static ImageDefinition Definition(JsonElement item)
    {
        JsonElement properties = item.Find("properties") ?? default;
        Dictionary<string, string> features = Features(properties);
        string security = features.TryGetValue(SecurityFeature, out string? named) ? named : "Standard";
        features.Remove(SecurityFeature);
        return new ImageDefinition(item.Text("id")!)
        {
            Location = LocationCatalog.Of(item),
            Tag = item.Map("tags"),
            ProvisioningState = properties.Text("provisioningState"),
            OSType = properties.Text("osType"),
            OSState = properties.Text("osState"),
            HyperVGeneration = properties.Text("hyperVGeneration") ?? "V1",
            Architecture = properties.Text("architecture") ?? "x64",
            SecurityType = security,
            Publisher = properties.Text("identifier", "publisher"),
            Offer = properties.Text("identifier", "offer"),
            Sku = properties.Text("identifier", "sku"),
            Plan = PlanMapper.Map(properties.Find("purchasePlan")),
            Description = properties.Text("description"),
            EndOfLifeDate = properties.Time("endOfLifeDate"),
            Feature = features,
        };
    }

    /// <summary>The feature <c>SecurityType</c> of a definition; null where it has none.</summary>
    public static string? SecurityTypeOf(JsonElement definition) =>
        definition.Items("properties", "features").FirstOrDefault(feature => feature.Text("name") == SecurityFeature).Text("value");

    private static Dictionary<string, string> Features(JsonElement properties)
    {
        var features = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonElement feature in properties.Items("features"))
        {
            if (feature.Text("name") is { } name)
                features[name] = feature.Text("value") ?? string.Empty;
        }

        return features;
    }
}
