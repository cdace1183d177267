using System.Globalization;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>
/// The JSON bodies of a size in <c>/vmSizes</c> and in <c>/skus</c> (swagger ComputeRP 2023-07-01, Skus 2021-07-01).
/// </summary>
internal static class VmSizeBodies
{
    // Every machine may have an OS disk of up to 1 TiB less one GiB by this list; the number is the same for all sizes.
    private const int OsDiskSizeInMb = 1047552;

    /// <summary>An item of <c>GET locations/{l}/vmSizes</c> and <c>GET virtualMachines/{vm}/vmSizes</c>.</summary>
    public static JsonObject Size(VmSize size) => new()
    {
        ["name"] = size.Name,
        ["numberOfCores"] = size.VCpus,
        ["osDiskSizeInMB"] = OsDiskSizeInMb,
        ["resourceDiskSizeInMB"] = size.TempDiskMb,
        ["memoryInMB"] = (int)(size.MemoryGb * 1024),
        ["maxDataDiskCount"] = size.MaxDataDisks,
    };

    /// <summary>An item of <c>GET providers/Microsoft.Compute/skus</c> for one region.</summary>
    /// <param name="size">The size.</param>
    /// <param name="location">The region's short name.</param>
    /// <param name="zones">The region's zones; none for a region without.</param>
    public static JsonObject Sku(VmSize size, string location, IReadOnlyList<string> zones)
    {
        IReadOnlyList<string> offered = size.Zones ? zones : [];
        var place = new JsonObject { ["location"] = location, ["zones"] = Strings(offered), ["zoneDetails"] = new JsonArray() };
        string plain = size.Name.Substring(size.Name.IndexOf('_') + 1);
        return new JsonObject
        {
            ["resourceType"] = "virtualMachines",
            ["name"] = size.Name,
            ["tier"] = "Standard",
            ["size"] = plain,
            ["family"] = size.Family,
            ["locations"] = Strings([location]),
            ["locationInfo"] = new JsonArray((JsonNode)place),
            ["capabilities"] = Capabilities(size),
            ["restrictions"] = size.IsOfferedIn(location) ? new JsonArray() : Restriction(location),
        };
    }

    private static JsonArray Capabilities(VmSize size) => new(
        Capability("MaxResourceVolumeMB", Number(size.TempDiskMb)),
        Capability("OSVhdSizeMB", Number(OsDiskSizeInMb)),
        Capability("vCPUs", Number(size.VCpus)),
        Capability("MemoryPreservingMaintenanceSupported", "True"),
        Capability("HyperVGenerations", size.Generations),
        Capability("MemoryGB", size.MemoryGb.ToString(CultureInfo.InvariantCulture)),
        Capability("MaxDataDiskCount", Number(size.MaxDataDisks)),
        Capability("CpuArchitectureType", size.Architecture),
        Capability("LowPriorityCapable", "True"),
        Capability("PremiumIO", size.PremiumIO ? "True" : "False"),
        Capability("VMDeploymentTypes", "IaaS"),
        Capability("vCPUsAvailable", Number(size.VCpus)),
        Capability("EncryptionAtHostSupported", "True"),
        Capability("AcceleratedNetworkingEnabled", size.VCpus > 1 ? "True" : "False"),
        Capability("RdmaEnabled", "False"),
        Capability("MaxNetworkInterfaces", Number(size.MaxNics)));

    private static JsonArray Restriction(string location) => new((JsonNode)new JsonObject
    {
        ["type"] = "Location",
        ["values"] = Strings([location]),
        ["restrictionInfo"] = new JsonObject { ["locations"] = Strings([location]) },
        ["reasonCode"] = "NotAvailableForSubscription",
    });

    private static JsonObject Capability(string name, string value) => new() { ["name"] = name, ["value"] = value };

    private static JsonArray Strings(IEnumerable<string> values) =>
        new([.. values.Select(static v => (JsonNode)JsonValue.Create(v))]);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
