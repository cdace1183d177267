using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Networks;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.LoadBalancers;

/// <summary>How a load balancer and its parts are shown: with all that refers to each part.</summary>
internal static class LoadBalancerView
{
    private static readonly string[] s_order = ["name", "id", "etag", "type", "location", "tags", "properties", "sku"];

    // Lists of referring parts that a part shows, and the property in which those name it.
    private static readonly Dictionary<string, (string Type, string List)[]> s_referrers = new(StringComparer.Ordinal)
    {
        [LoadBalancerTypes.Frontends] =
        [
            (LoadBalancerTypes.Rules, "loadBalancingRules"), (LoadBalancerTypes.InboundNatRules, "inboundNatRules"),
            (LoadBalancerTypes.InboundNatPools, "inboundNatPools"), (LoadBalancerTypes.OutboundRules, "outboundRules"),
        ],
        [LoadBalancerTypes.Pools] =
        [
            (LoadBalancerTypes.Rules, "loadBalancingRules"), (LoadBalancerTypes.OutboundRules, "outboundRules"),
            (LoadBalancerTypes.InboundNatRules, "inboundNatRules"),
        ],
        [LoadBalancerTypes.Probes] = [(LoadBalancerTypes.Rules, "loadBalancingRules")],
    };

    public static JsonObject Show(RequestContext context, ResourceEntry balancer)
    {
        JsonObject body = PropertyOrder.Sort(balancer.Body, s_order);
        var properties = (JsonObject)body["properties"]!;
        IReadOnlyList<ResourceEntry> parts = NetworkChildren.Of(context.World, balancer);
        foreach (LoadBalancerPartKind kind in LoadBalancerPartKind.All)
        {
            IEnumerable<JsonNode> shown = parts.Where(part => part.Type == kind.Type)
                .Select(part => (JsonNode)Show(context.World, balancer, part, parts));
            properties[kind.List] = new JsonArray([.. shown]);
        }

        return body;
    }

    /// <summary>A part by itself.</summary>
    public static JsonObject ShowPart(RequestContext context, ResourceEntry part)
    {
        ResourceEntry balancer = context.World.Store.Find(ResourceId.TryParse(part.Id)!.Parent!.ToString())!;
        return Show(context.World, balancer, part, NetworkChildren.Of(context.World, balancer));
    }

    private static JsonObject Show(
        SandboxWorld world, ResourceEntry balancer, ResourceEntry part, IReadOnlyList<ResourceEntry> parts)
    {
        JsonObject body = NetworkChildren.Show(balancer, part);
        JsonObject properties = body.Object("properties")!;
        if (part.Type == LoadBalancerTypes.Pools) ShowMembers(world, part, properties);
        if (part.Type == LoadBalancerTypes.InboundNatRules && LoadBalancerMembers.Interfaces(part) is [{ } user, ..])
            properties["backendIPConfiguration"] = new JsonObject { ["id"] = user };
        if (!s_referrers.TryGetValue(part.Type, out (string Type, string List)[]? lists)) return body;
        foreach ((string type, string list) in lists)
        {
            string[] referrers = [.. parts.Where(other => other.Type == type && Names(other, part.Id)).Select(static p => p.Id)];
            if (NetworkLinks.Show(referrers) is { } shown) properties[list] = shown;
        }

        return body;
    }

    private static void ShowMembers(SandboxWorld world, ResourceEntry pool, JsonObject properties)
    {
        string[] members = [.. LoadBalancerMembers.Interfaces(pool), .. LoadBalancerMembers.Instances(world, pool)];
        JsonArray addresses = properties.Array(PoolBodies.Addresses)!;
        foreach (string member in members)
        {
            string[] parts = member.Split('/');
            addresses.Add((JsonNode)new JsonObject
            {
                ["name"] = $"{parts[4]}_{parts[parts.Length - 3]}{parts[parts.Length - 1]}",
                ["properties"] = new JsonObject { ["networkInterfaceIPConfiguration"] = new JsonObject { ["id"] = member } },
            });
        }

        if (NetworkLinks.Show(members) is { } configurations) properties["backendIPConfigurations"] = configurations;
    }

    // Whether one of a part's properties is a reference, or a list of references, to another part.
    private static bool Names(ResourceEntry part, string id) => part.Properties.Any(property => property.Value switch
    {
        JsonObject reference => IsId(reference, id),
        JsonArray references => references.Any(reference => IsId(reference, id)),
        _ => false,
    });

    private static bool IsId(JsonNode? reference, string id) =>
        reference is JsonObject && string.Equals(reference.Text("id"), id, StringComparison.OrdinalIgnoreCase);
}
