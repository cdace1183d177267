using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Networks;

/// <summary>The bodies of the network resources that a machine needs, as <c>az vm create</c> makes them.</summary>
/// <remarks>Source: the template that az sends (docs/decisions on making machines).</remarks>
internal static class NetworkBodies
{
    private const string NetworkPrefix = "10.0.0.0/16";

    /// <summary>The subnet of <c>az vm create</c>, for 251 machines.</summary>
    public const string SubnetPrefix = "10.0.0.0/24";

    public static JsonObject VirtualNetwork(string location, string subnetName, IReadOnlyDictionary<string, string> tags, string subnetPrefix = SubnetPrefix) => ArmBody.Of(location, tags, new JsonObject
    {
        ["addressSpace"] = new JsonObject { ["addressPrefixes"] = new JsonArray(NetworkPrefix) },
        ["subnets"] = new JsonArray(new JsonObject
        {
            ["name"] = subnetName,
            ["properties"] = new JsonObject { ["addressPrefix"] = subnetPrefix },
        }),
    });

    /// <summary>Lets in what the operating system is administered with, from everywhere, and nothing else.</summary>
    public static JsonObject SecurityGroup(string location, bool isWindows, IReadOnlyDictionary<string, string> tags) => ArmBody.Of(location, tags, new JsonObject
    {
        ["securityRules"] = new JsonArray(new JsonObject
        {
            ["name"] = isWindows ? "rdp" : "default-allow-ssh",
            ["properties"] = new JsonObject
            {
                ["protocol"] = "Tcp",
                ["sourcePortRange"] = "*",
                ["destinationPortRange"] = isWindows ? "3389" : "22",
                ["sourceAddressPrefix"] = "*",
                ["destinationAddressPrefix"] = "*",
                ["access"] = "Allow",
                ["priority"] = 1000,
                ["direction"] = "Inbound",
            },
        }),
    });

    public static JsonObject PublicAddress(string location, string? zone, IReadOnlyDictionary<string, string> tags)
    {
        // Deleting the machine, by whatever tool, leaves no address that goes on costing.
        JsonObject body = ArmBody.Of(location, tags, new JsonObject { ["publicIPAllocationMethod"] = "Static", ["deleteOption"] = "Delete" });
        body["sku"] = new JsonObject { ["name"] = "Standard" };
        if (zone is not null)
            body["zones"] = new JsonArray(zone);
        return body;
    }

    /// <param name="location">The region.</param>
    /// <param name="names">The names and ids of the parts.</param>
    /// <param name="subnetId">The subnet it is in.</param>
    /// <param name="securityGroupId">What it lets in.</param>
    /// <param name="hasPublicAddress">Whether the public address is its.</param>
    /// <param name="pools">The backend pools that it is in.</param>
    /// <param name="tags">The tags.</param>
    public static JsonObject NetworkInterface(string location, VMNetworkNames names, string subnetId, string securityGroupId, bool hasPublicAddress,
        IReadOnlyList<string> pools, IReadOnlyDictionary<string, string> tags)
    {
        var configuration = new JsonObject
        {
            ["privateIPAllocationMethod"] = "Dynamic",
            ["subnet"] = new JsonObject { ["id"] = subnetId },
        };
        if (hasPublicAddress)
        {
            configuration["publicIPAddress"] = new JsonObject { ["id"] = names.PublicAddressId, ["properties"] = new JsonObject { ["deleteOption"] = "Delete" } };
        }

        if (pools.Count > 0)
            configuration["loadBalancerBackendAddressPools"] = new JsonArray([.. pools.Select(pool => (JsonNode)new JsonObject { ["id"] = pool })]);

        return ArmBody.Of(location, tags, new JsonObject
        {
            ["ipConfigurations"] = new JsonArray(new JsonObject { ["name"] = names.IPConfigurationName, ["properties"] = configuration }),
            ["networkSecurityGroup"] = new JsonObject { ["id"] = securityGroupId },
        });
    }
}
