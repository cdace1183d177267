using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.LoadBalancers;

/// <summary>
/// Backend address pools. Members are interfaces, which name the pool in their own bodies and are shown from there, or
/// addresses of a virtual network, which the pool's body lists.
/// </summary>
internal static class PoolBodies
{
    /// <summary>Members by address.</summary>
    public const string Addresses = "loadBalancerBackendAddresses";

    public static JsonObject Read(LoadBalancerPartReader reader)
    {
        JsonObject properties = JsonText.NewObject();
        properties["provisioningState"] = "Succeeded";
        IEnumerable<JsonNode> addresses = reader.Sent.Items(Addresses)
            .Where(static address => address.Text("properties.ipAddress") is not null)
            .Select(static address => (JsonNode)address.Copy());
        properties[Addresses] = new JsonArray([.. addresses]);
        return properties;
    }
}
