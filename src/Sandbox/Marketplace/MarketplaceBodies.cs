using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Marketplace;

/// <summary>
/// The JSON bodies of the marketplace lists and of a version. Ids are capitalised in a way no other resource
/// id is: <c>/Subscriptions/…/Providers/Microsoft.Compute/Locations/…/Publishers/…/ArtifactTypes/VMImage/…</c>.
/// </summary>
internal sealed class MarketplaceBodies(string subscriptionId, string location)
{
    private const long BytesInGiB = 1024L * 1024 * 1024;

    // A fixed VHD ends with a 512-byte footer, which sizeInBytes counts and sizeInGb does not.
    private const long VhdFooter = 512;

    private readonly string _root =
        $"/Subscriptions/{subscriptionId}/Providers/Microsoft.Compute/Locations/{location}/Publishers";

    public JsonObject Publisher(MarketplacePublisher publisher) => Named(publisher.Name, $"{_root}/{publisher.Name}");

    public JsonObject Offer(MarketplacePublisher publisher, MarketplaceOffer offer) =>
        Named(offer.Name, OfferId(publisher, offer));

    public JsonObject Sku(MarketplacePublisher publisher, MarketplaceOffer offer, MarketplaceSku sku) => new()
    {
        ["properties"] = new JsonObject { ["automaticOSUpgradeProperties"] = AutomaticUpgrade(sku) },
        ["location"] = location,
        ["name"] = sku.Name,
        ["id"] = $"{OfferId(publisher, offer)}/Skus/{sku.Name}",
    };

    public JsonObject Version(MarketplaceImage image, bool withProperties)
    {
        var body = new JsonObject();
        if (withProperties)
        {
            body["properties"] = Properties(image);
        }

        body["location"] = location;
        body["name"] = image.Version;
        body["id"] = $"{OfferId(image.Publisher, image.Offer)}/Skus/{image.Sku.Name}/Versions/{image.Version}";
        return body;
    }

    private static JsonObject Properties(MarketplaceImage image)
    {
        MarketplaceSku sku = image.Sku;
        var properties = new JsonObject
        {
            ["hyperVGeneration"] = sku.Generation,
            ["architecture"] = sku.Architecture,
            ["replicaType"] = "Unmanaged",
            ["disallowed"] = new JsonObject { ["vmDiskType"] = "None" },
            ["automaticOSUpgradeProperties"] = AutomaticUpgrade(sku),
            ["imageDeprecationStatus"] = Deprecation(image),
        };
        if (sku.DiskControllerTypes is { } controllers)
        {
            properties["features"] = Features(sku, controllers);
        }

        if (sku.Plan is not null)
        {
            properties["plan"] = new JsonObject
            {
                ["publisher"] = sku.Plan.Publisher,
                ["name"] = sku.Plan.Name,
                ["product"] = sku.Plan.Product,
            };
        }

        // Of the recorded images only the one with a plan tells its size in GiB too.
        var system = new JsonObject { ["operatingSystem"] = image.Offer.OperatingSystem };
        if (sku.Plan is not null) system["sizeInGb"] = sku.SizeInGb;
        system["sizeInBytes"] = (sku.SizeInGb * BytesInGiB) + VhdFooter;
        properties["osDiskImage"] = system;
        properties["dataDiskImages"] = DataDisks(sku);
        return properties;
    }

    private static JsonObject AutomaticUpgrade(MarketplaceSku sku) =>
        new() { ["automaticOSUpgradeSupported"] = sku.AutomaticOSUpgrade };

    private static JsonObject Deprecation(MarketplaceImage image) => new()
    {
        ["imageState"] = image.Sku.DeprecatedVersions.Contains(image.Version) ? "ScheduledForDeprecation" : "Active",
    };

    private static JsonArray Features(MarketplaceSku sku, string controllers)
    {
        var features = new JsonArray();
        if (sku.SecurityType is not null)
        {
            features.Add((JsonNode)Feature("SecurityType", sku.SecurityType));
        }

        features.Add((JsonNode)Feature("IsAcceleratedNetworkSupported", "True"));
        features.Add((JsonNode)Feature("DiskControllerTypes", controllers));
        features.Add((JsonNode)Feature("IsHibernateSupported", "True"));
        return features;
    }

    private static JsonObject Feature(string name, string value) => new() { ["name"] = name, ["value"] = value };

    private static JsonArray DataDisks(MarketplaceSku sku)
    {
        var disks = new JsonArray();
        for (int lun = 0; lun < sku.DataDisksInGb.Count; lun++)
        {
            disks.Add((JsonNode)new JsonObject
            {
                ["lun"] = lun,
                ["sizeInGb"] = sku.DataDisksInGb[lun],
                ["sizeInBytes"] = (sku.DataDisksInGb[lun] * BytesInGiB) + VhdFooter,
            });
        }

        return disks;
    }

    private JsonObject Named(string name, string id) => new() { ["location"] = location, ["name"] = name, ["id"] = id };

    private string OfferId(MarketplacePublisher publisher, MarketplaceOffer offer) =>
        $"{_root}/{publisher.Name}/ArtifactTypes/VMImage/Offers/{offer.Name}";
}
