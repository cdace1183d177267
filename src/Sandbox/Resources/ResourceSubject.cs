using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.ResourceGroups;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.Resources;

/// <summary>The lists of resources of all types, which show each resource without its properties.</summary>
internal sealed class ResourceSubject : IResourceSubject
{
    private const string CreatedTime = "createdTime";
    private const string State = "provisioningState";

    // changedTime is not kept, and left out.
    private static readonly string[] s_expandable = [CreatedTime, State];

    private static readonly string[] s_shown =
        ["id", "name", "type", "sku", "kind", "managedBy", "location", "identity", "plan", "tags"];

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType("Microsoft.Resources", "resources", ResourceGroupSubject.ApiVersions)
        {
            Tracked = false,
            NeedsLocation = false,
        });
        registry.Map("GET", "/subscriptions/{subscriptionId}/resources", "Resources_List", type, List);
        registry.Map(
            "GET",
            "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/resources",
            "Resources_ListByResourceGroup",
            type,
            List);
    }

    private static ArmResponse List(RequestContext context)
    {
        string scope = context.Group?.Id ?? $"/subscriptions/{context.SubscriptionId}";
        Func<ResourceEntry, bool> filter = ResourceFilter.Parse(context.Query["$filter"]);
        // "When you filter by a tag name and value, the tags for each resource are not returned in the results" (specification of $filter).
        bool withTags = !ResourceFilter.AsksForTagValue(context.Query["$filter"]);
        string[] expanded = [.. s_expandable.Where(name => context.Query["$expand"]?.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0)];
        var page = ListPage.Of(context, takesTop: true);
        IEnumerable<ResourceEntry> entries = context.World.Store.BelowAfter(page.After, scope)
            .Where(entry => IsListed(context.World.Registry.FindType(entry.Type)))
            .Where(filter);
        return ArmResponse.Gateway(200, page.Fill(entries, entry => Show(entry, expanded, withTags)));
    }

    // The front end does not know the machines of uniform scale sets, nor what is on them.
    private static bool IsListed(ResourceType? type) => type is { Tracked: true, NeedsLocation: true } &&
        !type.FullName.StartsWith(VmFacts.InstanceType, StringComparison.OrdinalIgnoreCase);

    private static JsonObject Show(ResourceEntry entry, string[] expanded, bool withTags)
    {
        var item = new JsonObject();
        foreach (string name in s_shown)
        {
            if (name == "tags" && !withTags) continue;
            if (entry.Body[name] is { } value) item[name] = value.DeepClone();
        }

        if (expanded.Contains(CreatedTime) && entry.Created is { } created) item[CreatedTime] = ArmTime.Format(created);
        if (expanded.Contains(State) && entry.ProvisioningState is { } state) item[State] = state;
        return item;
    }
}
