using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>How much of Network a subscription has in a region, and may have.</summary>
/// <remarks>Source: <c>Usages_List</c>; the limits are those of the article "Azure subscription and service limits". Only that of public addresses is enforced: nobody
/// comes near the others.</remarks>
internal sealed class NetworkUsages : IResourceSubject
{
    private static readonly (string Name, string Shown, string Type, int Limit)[] s_usages =
    [
        ("VirtualNetworks", "Virtual Networks", NetworkTypes.VirtualNetworks, 1000),
        ("NetworkSecurityGroups", "Network Security Groups", NetworkTypes.SecurityGroups, 5000),
        ("NetworkInterfaces", "Network Interfaces", NetworkTypes.Interfaces, 65536),
    ];

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType usages = registry.Add(
            new ResourceType(NetworkTypes.Namespace, "locations/usages", NetworkApiVersions.All) { Tracked = false, NeedsLocation = false });
        registry.Map("GET", "/subscriptions/{subscriptionId}/providers/Microsoft.Network/locations/{location}/usages", "Usages_List", usages, List);
    }

    /// <summary>Refuses a public address that would exceed the limit of the region.</summary>
    public static void CheckPublicAddress(RequestContext context)
    {
        int limit = context.World.PublicAddressQuota;
        if (context.Existing is null && Count(context.World, context.Target!.SubscriptionId, context.Location!, NetworkTypes.PublicIPAddresses) >= limit)
        {
            throw NetworkErrors.Refuse(
                "PublicIPCountLimitReached",
                $"Cannot create more than {limit} public IP addresses for this subscription in this region.");
        }
    }

    private static ArmResponse List(RequestContext context)
    {
        string subscription = context.Route["subscriptionId"], location = VmLookups.Location(context);
        var items = new JsonArray();
        foreach ((string name, string shown, string type, int limit) in s_usages)
            items.Add((JsonNode)Usage(name, shown, Count(context.World, subscription, location, type), limit));
        items.Add((JsonNode)Usage("PublicIPAddresses", "Public IP Addresses", Count(context.World, subscription, location, NetworkTypes.PublicIPAddresses), context.World.PublicAddressQuota));
        return ArmResponse.Ok(new JsonObject { ["value"] = items });

        JsonObject Usage(string name, string shown, int current, int limit) => new()
        {
            ["currentValue"] = current,
            ["id"] = $"/subscriptions/{subscription}/providers/Microsoft.Network/locations/{location}/usages/{name}",
            ["limit"] = limit,
            ["name"] = new JsonObject { ["localizedValue"] = shown, ["value"] = name },
            ["unit"] = "Count",
        };
    }

    private static int Count(SandboxWorld world, string subscription, string location, string type) =>
        world.Store.OfType(type, subscription).Count(entry => entry.Location == location);
}
