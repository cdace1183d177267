using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Marketplace;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.ScaleSets;

/// <summary>Makes an <see cref="ImageScaleSet"/> and its instances of Azure's answers.</summary>
internal static class ScaleSetMapper
{
    private const string HealthPrefix = "HealthState/";

    /// <param name="item">The scale set.</param>
    /// <param name="instances">Its instances, where they were asked for.</param>
    public static ImageScaleSet Map(JsonElement item, IReadOnlyList<ImageScaleSetInstance>? instances = null)
    {
        JsonElement storage = item.Find("properties", "virtualMachineProfile", "storageProfile") ?? default;
        return new ImageScaleSet(item.Text("id")!)
        {
            Location = LocationCatalog.Of(item),
            Tag = item.Map("tags"),
            ProvisioningState = item.Text("properties", "provisioningState"),
            OrchestrationMode = IsFlexible(item) ? "Flexible" : "Uniform",
            UpgradeMode = item.Text("properties", "upgradePolicy", "mode"),
            HealthSource = ScaleSetHealth.Source(item),
            Capacity = item.Number("sku", "capacity"),
            Size = item.Text("sku", "name"),
            OSType = storage.Text("osDisk", "osType"),
            Image = VMMapper.Image(storage),
            Instance = instances,
            Zone = item.Texts("zones"),
            Plan = PlanMapper.Map(item.Find("plan")),
            TimeCreated = item.Time("properties", "timeCreated"),
        };
    }

    /// <summary>Whether the machines of a set are ordinary ones. A set made before there was a choice does not say.</summary>
    public static bool IsFlexible(JsonElement item) =>
        string.Equals(item.Text("properties", "orchestrationMode"), "Flexible", StringComparison.OrdinalIgnoreCase);

    /// <param name="item">An instance of a uniform set or a machine of a flexible one, with its instance view.</param>
    public static ImageScaleSetInstance Instance(JsonElement item)
    {
        JsonElement properties = item.Find("properties") ?? default;
        JsonElement storage = properties.Find("storageProfile") ?? default;
        return new ImageScaleSetInstance(item.Text("id")!)
        {
            Location = LocationCatalog.Of(item),
            Tag = item.Map("tags"),
            ProvisioningState = properties.Text("provisioningState"),
            InstanceId = item.Text("instanceId") ?? item.Text("name"),
            Size = item.Text("sku", "name") ?? properties.Text("hardwareProfile", "vmSize"),
            Image = VMMapper.Image(storage),
            Version = Version(storage.Find("imageReference") ?? default),
            LatestModelApplied = properties.Truth("latestModelApplied"),
            PowerState = VMMapper.PowerState(item),
            Health = Health(properties),
            IsProtected = properties.Find("protectionPolicy") is { } protection && protection.Truth("protectFromScaleSetActions") == true,
            Zone = item.Texts("zones"),
        };
    }

    // A reference by the id of a version needs no exactVersion: the last part of the id is it.
    private static string? Version(JsonElement reference) => reference.Text("exactVersion")
        ?? (ResourceId.TryParse(reference.Text("id")) is { } id && id.Is(ResourceTypes.GalleryImageVersion) ? id.Name : reference.Text("version"));

    private static string? Health(JsonElement properties)
    {
        string? code = properties.Text("instanceView", "vmHealth", "status", "code");
        return code?.StartsWith(HealthPrefix, StringComparison.OrdinalIgnoreCase) == true && code.Length > HealthPrefix.Length
            ? char.ToUpperInvariant(code[HealthPrefix.Length]) + code.Substring(HealthPrefix.Length + 1)
            : null;
    }
}
