using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>The six rules that every security group has.</summary>
internal static class DefaultSecurityRules
{
    private const string Any = "*";
    private const string Network = "VirtualNetwork";
    private const string Balancer = "AzureLoadBalancer";

    private static readonly Rule[] s_rules =
    [
        new("AllowVnetInBound", "Allow inbound traffic from all VMs in VNET", Network, Network, "Allow", 65000),
        new("AllowAzureLoadBalancerInBound", "Allow inbound traffic from azure load balancer", Balancer, Any, "Allow", 65001),
        new("DenyAllInBound", "Deny all inbound traffic", Any, Any, "Deny", 65500),
        new("AllowVnetOutBound", "Allow outbound traffic from all VMs to all VMs in VNET", Network, Network, "Allow", 65000),
        new("AllowInternetOutBound", "Allow outbound traffic from all VMs to Internet", Any, "Internet", "Allow", 65001),
        new("DenyAllOutBound", "Deny all outbound traffic", Any, Any, "Deny", 65500),
    ];

    public static JsonArray Show(ResourceEntry group)
    {
        var shown = new JsonArray();
        foreach (Rule rule in s_rules)
        {
            shown.Add((JsonNode)new JsonObject
            {
                ["name"] = rule.Name,
                ["id"] = $"{group.Id}/defaultSecurityRules/{rule.Name}",
                ["etag"] = group.Body.Text("etag"),
                ["type"] = "Microsoft.Network/networkSecurityGroups/defaultSecurityRules",
                ["properties"] = new JsonObject
                {
                    ["provisioningState"] = group.ProvisioningState,
                    ["description"] = rule.Description,
                    ["protocol"] = Any,
                    ["sourcePortRange"] = Any,
                    ["destinationPortRange"] = Any,
                    ["sourceAddressPrefix"] = rule.Source,
                    ["destinationAddressPrefix"] = rule.Target,
                    ["access"] = rule.Access,
                    ["priority"] = rule.Priority,
                    ["direction"] = rule.Direction,
                    ["sourcePortRanges"] = new JsonArray(),
                    ["destinationPortRanges"] = new JsonArray(),
                    ["sourceAddressPrefixes"] = new JsonArray(),
                    ["destinationAddressPrefixes"] = new JsonArray(),
                },
            });
        }

        return shown;
    }

    private sealed record Rule(string Name, string Description, string Source, string Target, string Access, int Priority)
    {
        public string Direction => Name.EndsWith("InBound", StringComparison.Ordinal) ? "Inbound" : "Outbound";
    }
}
