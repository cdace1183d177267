using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Blobs;
using ImageCmdlets.Sandbox.Guest;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Marketplace;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Disks;

/// <summary>What a new disk, snapshot or image gets its bytes from.</summary>
/// <param name="SizeBytes">Size; zero when the source has none of its own.</param>
internal sealed record DiskSource(long SizeBytes)
{
    public const long GiB = 1024L * 1024 * 1024;

    /// <summary>Key of <see cref="ResourceEntry.State"/>: bytes written, which decide how long a copy takes.</summary>
    public const string UsedBytes = "usedBytes";

    /// <summary>Key of <see cref="ResourceEntry.State"/>: what the guest has on the disk; copied with the bytes.</summary>
    public const string Guest = "guest";

    // Facts that go with the bytes of an OS disk from copy to copy.
    private static readonly string[] s_traits =
        ["osType", "hyperVGeneration", "purchasePlan", "supportedCapabilities", "securityProfile", "supportsHibernation"];

    /// <summary>Size in GiB, as <c>diskSizeGB</c> counts.</summary>
    public long SizeGB => (SizeBytes + GiB - 1) / GiB;

    /// <summary>Unique id of the source disk or snapshot, told in <c>creationData.sourceUniqueId</c>.</summary>
    public string? UniqueId { get; init; }

    /// <summary>Properties that the copy takes over.</summary>
    public JsonObject Traits { get; init; } = JsonText.NewObject();

    /// <summary>Internal state that the copy takes over.</summary>
    public JsonObject Content { get; init; } = JsonText.NewObject();

    public string? OSType => Traits.Text("osType");

    public string? Generation => Traits.Text("hyperVGeneration");

    public string? SecurityType => Traits.Text("securityProfile.securityType");

    /// <summary><c>x64</c> or <c>Arm64</c>; null when the source does not say.</summary>
    public string? Architecture => Traits.Text("supportedCapabilities.architecture");

    /// <summary>Nothing: a disk of a size that the request names.</summary>
    public static DiskSource Empty { get; } = new(0) { Content = Used(0) };

    /// <summary>The bytes of a disk or snapshot.</summary>
    public static DiskSource Of(ResourceEntry entry)
    {
        JsonObject content = JsonText.NewObject();
        foreach (string key in new[] { UsedBytes, Guest, DiskBytes.Key })
        {
            if (entry.State[key] is { } value) content[key] = value.DeepClone();
        }

        return new DiskSource(entry.Body.Number("properties.diskSizeBytes") ?? 0)
        {
            UniqueId = entry.Body.Text("properties.uniqueId"),
            Traits = Pick(entry.Properties),
            Content = content,
        };
    }

    /// <summary>The OS disk of a marketplace image.</summary>
    public static DiskSource Of(MarketplaceImage image)
    {
        bool windows = image.Offer.OperatingSystem == "Windows";
        JsonObject traits = JsonText.NewObject();
        traits["osType"] = image.Offer.OperatingSystem;
        traits["hyperVGeneration"] = image.Sku.Generation;
        if (image.Sku.Plan is { } plan)
        {
            traits["purchasePlan"] = new JsonObject
            {
                ["name"] = plan.Name,
                ["publisher"] = plan.Publisher,
                ["product"] = plan.Product,
            };
        }

        var capabilities = new JsonObject { ["acceleratedNetwork"] = true, ["architecture"] = image.Sku.Architecture };
        if (image.Sku.DiskControllerTypes is { } controllers) capabilities.Insert(0, "diskControllerTypes", controllers);
        traits["supportedCapabilities"] = capabilities;
        // Assumption: what a fresh installation takes up. Azure tells nobody.
        JsonObject content = Used(windows ? 12 * GiB : 2 * GiB);
        content[Guest] = GuestInstallation.Of(image).Save();
        content[DiskBytes.Key] = DiskBytes.Seeded(image.Urn, image.Sku.SizeInGb * GiB);
        return new DiskSource(image.Sku.SizeInGb * GiB) { Traits = traits, Content = content };
    }

    /// <summary>A size and internal state without anything else, such as a data disk of an image.</summary>
    public static DiskSource Of(long sizeGB, JsonObject? traits = null, JsonObject? content = null) => new(sizeGB * GiB)
    {
        Traits = traits?.Copy() ?? JsonText.NewObject(),
        Content = content?.Copy() ?? Used(0),
    };

    private static JsonObject Pick(JsonObject properties)
    {
        JsonObject traits = JsonText.NewObject();
        foreach (string name in s_traits)
        {
            if (properties[name] is { } value) traits[name] = value.DeepClone();
        }

        return traits;
    }

    private static JsonObject Used(long bytes)
    {
        JsonObject content = JsonText.NewObject();
        content[UsedBytes] = bytes;
        return content;
    }
}
