using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Cloning;

/// <summary>What Azure is sent to make a clone and its network.</summary>
/// <remarks>A clone starts as the machine it is of: same name inside, same services, same scheduled jobs. So it gets a network of its
/// own that leads nowhere but to Azure itself, which its agent needs. Source: <c>VirtualMachines_CreateOrUpdate</c>,
/// <c>NetworkSecurityGroups_CreateOrUpdate</c>, <c>VirtualNetworks_CreateOrUpdate</c>, <c>NetworkInterfaces_CreateOrUpdate</c>.</remarks>
internal static class CloneBodies
{
    private const string SubnetName = "default";

    // What the machine is, without what others have to do with it: sets, groups, identities.
    private static readonly string[] s_kept = ["hardwareProfile", "securityProfile", "licenseType", "additionalCapabilities"];

    public static JsonObject SecurityGroup(string location, IReadOnlyDictionary<string, string> tags) => ArmBody.Of(location, tags, new JsonObject
    {
        ["securityRules"] = new JsonArray(
            Rule("azure-out", 100, "Outbound", "Allow", "Tcp", "AzureCloud", "443"),
            Rule("nothing-else-out", 200, "Outbound", "Deny", "*", "*", "*"),
            Rule("nothing-in", 100, "Inbound", "Deny", "*", "*", "*")),
    });

    public static JsonObject VirtualNetwork(string location, string securityGroupId, IReadOnlyDictionary<string, string> tags) => ArmBody.Of(location, tags, new JsonObject
    {
        ["addressSpace"] = new JsonObject { ["addressPrefixes"] = new JsonArray("10.0.0.0/24") },
        ["subnets"] = new JsonArray(new JsonObject
        {
            ["name"] = SubnetName,
            ["properties"] = new JsonObject { ["addressPrefix"] = "10.0.0.0/24", ["networkSecurityGroup"] = new JsonObject { ["id"] = securityGroupId } },
        }),
    });

    public static JsonObject NetworkInterface(string location, string networkId, IReadOnlyDictionary<string, string> tags) => ArmBody.Of(location, tags, new JsonObject
    {
        ["ipConfigurations"] = new JsonArray(new JsonObject
        {
            ["name"] = "ipconfig",
            ["properties"] = new JsonObject
            {
                ["privateIPAllocationMethod"] = "Dynamic",
                ["subnet"] = new JsonObject { ["id"] = $"{networkId}/subnets/{SubnetName}" },
            },
        }),
    });

    /// <param name="source">The machine.</param>
    /// <param name="names">Those of the clone.</param>
    /// <param name="tags">The tags.</param>
    public static JsonObject Machine(JsonElement source, CloneNames names, IReadOnlyDictionary<string, string> tags)
    {
        JsonObject sent = JsonNode.Parse(source.GetRawText())!.AsObject();
        var properties = new JsonObject();
        foreach (string name in s_kept)
        {
            if (sent["properties"]![name] is { } value)
                properties[name] = value.DeepClone();
        }

        var storage = new JsonObject { ["osDisk"] = Disk(source.Find("properties", "storageProfile", "osDisk") ?? default, null, names) };
        storage["dataDisks"] = new JsonArray([.. source.Items("properties", "storageProfile", "dataDisks").Select(disk => Disk(disk, disk.Number("lun"), names))]);
        if (sent["properties"]!["storageProfile"]!["diskControllerType"] is { } controller)
            storage["diskControllerType"] = controller.DeepClone();
        properties["storageProfile"] = storage;
        properties["networkProfile"] = new JsonObject
        {
            ["networkInterfaces"] = new JsonArray(new JsonObject
            {
                ["id"] = names.NetworkInterface.Text,
                ["properties"] = new JsonObject { ["primary"] = true, ["deleteOption"] = "Delete" },
            }),
        };
        JsonObject body = ArmBody.Of(source.Text("location")!, tags, properties);
        foreach (string name in new[] { "zones", "plan" })
        {
            if (sent[name] is { } value)
                body[name] = value.DeepClone();
        }

        return body;
    }

    // Whatever removes the clone removes its disks with it.
    private static JsonObject Disk(JsonElement disk, int? lun, CloneNames names)
    {
        var body = new JsonObject
        {
            ["createOption"] = "Attach",
            ["managedDisk"] = new JsonObject { ["id"] = names.Disk(lun).Text },
            ["caching"] = disk.Text("caching"),
            ["deleteOption"] = "Delete",
        };
        if (lun is { } number)
            body["lun"] = number;
        else
            body["osType"] = disk.Text("osType");
        return body;
    }

    private static JsonObject Rule(string name, int priority, string direction, string access, string protocol, string destination, string port) => new()
    {
        ["name"] = name,
        ["properties"] = new JsonObject
        {
            ["priority"] = priority,
            ["direction"] = direction,
            ["access"] = access,
            ["protocol"] = protocol,
            ["sourceAddressPrefix"] = "*",
            ["sourcePortRange"] = "*",
            ["destinationAddressPrefix"] = destination,
            ["destinationPortRange"] = port,
        },
    };
}
