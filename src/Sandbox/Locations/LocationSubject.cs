using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Subscriptions;

namespace ImageCmdlets.Sandbox.Locations;

/// <summary>The regions of a subscription. The list is never paged.</summary>
internal sealed class LocationSubject : IResourceSubject
{
    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType("Microsoft.Resources", "locations", SubscriptionSubject.ApiVersions)
        {
            Tracked = false,
            NeedsLocation = false,
        });
        registry.Map("GET", "/subscriptions/{subscriptionId}/locations", "Subscriptions_ListLocations", type, List);
    }

    private static ArmResponse List(RequestContext context) => ArmResponse.Gateway(200, new JsonObject
    {
        ["value"] = new JsonArray([.. Regions.All.Select(region => (JsonNode)region.ToJson(context.SubscriptionId))]),
    });
}
