using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>How a subnet is shown, by itself and in its network.</summary>
internal static class SubnetView
{
    private static readonly string[] s_order =
    [
        "provisioningState", "addressPrefix", "addressPrefixes", "networkSecurityGroup", "serviceEndpoints", "ipConfigurations",
        "delegations", "privateEndpointNetworkPolicies", "privateLinkServiceNetworkPolicies", "defaultOutboundAccess",
    ];

    public static JsonObject Show(RequestContext context, ResourceEntry subnet)
    {
        ResourceEntry network = context.World.Store.Find(ResourceId.TryParse(subnet.Id)!.Parent!.ToString())!;
        JsonObject body = NetworkChildren.Show(network, subnet);
        var properties = (JsonObject)body["properties"]!;
        IEnumerable<string> users = SubnetAddresses.Users(subnet);
        if (context.Request.Method == "GET") users = users.Select(Upper);
        if (NetworkLinks.Show([.. users]) is { } shown) properties["ipConfigurations"] = shown;
        body["properties"] = PropertyOrder.Sort(properties, s_order);
        return body;
    }

    // GETs upper-case the names in these ids, the answers to PUTs do not (recorded in 2023 and 2024, 10 of 10).
    private static string Upper(string configuration)
    {
        ResourceId id = ResourceId.TryParse(configuration)!;
        return new ResourceId(
            id.SubscriptionId,
            id.ResourceGroup!.ToUpperInvariant(),
            id.Namespace,
            id.Types,
            [.. id.Names.Select(static name => name.ToUpperInvariant())]).ToString();
    }
}
