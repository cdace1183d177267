using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.Moves;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Tags;

namespace ImageCmdlets.Sandbox.ResourceGroups;

/// <summary>Resource groups: created and read at once, deleted in the background with all that is in them.</summary>
internal sealed class ResourceGroupSubject : IResourceSubject
{
    private const string Collection = "/subscriptions/{subscriptionId}/resourceGroups";
    private const string Instance = Collection + "/{resourceGroupName}";

    /// <summary>Versions of the deployment engine's own types.</summary>
    public static IReadOnlyList<string> ApiVersions { get; } =
    [
        "2025-04-01", "2025-03-01", "2024-11-01", "2024-07-01", "2024-03-01", "2023-07-01", "2022-09-01", "2022-06-01",
        "2022-05-01", "2022-01-01", "2021-04-01", "2021-01-01", "2020-10-01", "2020-08-01", "2020-06-01", "2019-10-01",
        "2019-08-01", "2019-07-01", "2019-05-10", "2019-05-01", "2019-03-01", "2018-11-01", "2018-09-01", "2018-08-01",
        "2018-07-01", "2018-05-01", "2018-02-01", "2018-01-01", "2017-08-01", "2017-05-10", "2017-05-01", "2016-09-01",
        "2016-07-01", "2016-06-01", "2016-02-01", "2015-11-01", "2015-01-01", "2014-04-01", "2014-04-01-preview",
    ];

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType("Microsoft.Resources", "resourceGroups", ApiVersions)
        {
            Tracked = false,
            NeedsLocation = false,
        });
        registry.Map("PUT", Instance, "ResourceGroups_CreateOrUpdate", type, Put);
        registry.Map("PATCH", Instance, "ResourceGroups_Update", type, Patch);
        registry.Map("GET", Instance, "ResourceGroups_Get", type, static c => ArmResponse.Gateway(200, Present(c).Body.Copy()));
        registry.Map("HEAD", Instance, "ResourceGroups_CheckExistence", type, Head);
        registry.Map("GET", Collection, "ResourceGroups_List", type, List);
        GroupJobs.Register(registry);
        ResourceGroupDeletion.Register(registry, type, Instance);
        GroupExport.Register(registry, type, Instance);
        GroupMoves.Register(registry, type, Instance);
    }

    /// <summary>The group of the path; 404 when it is not there.</summary>
    public static ResourceEntry Present(RequestContext context) =>
        context.Group ?? throw GatewayErrors.ResourceGroupNotFound(context.Route["resourceGroupName"]);

    private static ArmResponse Put(RequestContext context)
    {
        string name = context.Route["resourceGroupName"];
        CheckName(name);
        string? location = context.Body.Text("location");
        if (string.IsNullOrWhiteSpace(location)) throw GatewayErrors.LocationRequired();
        if (Regions.Find(location!) is not { } region)
            throw GatewayErrors.ResourceGroupLocationUnknown(location!, Regions.All.Select(static r => r.Name));
        TagRules.Check(context.Body.Object("tags"));
        if (context.Group is { } present)
        {
            if (present.Location != region.Name) throw GatewayErrors.InvalidResourceGroupLocation(present.Location!, location!);
            CheckAlive(present);
            Set(present.Body, "tags", context.Body.Object("tags"));
            return ArmResponse.Gateway(200, present.Body.Copy());
        }

        ResourceEntry entry = Create(context, name, region);
        context.World.Store.Put(entry);
        return ArmResponse.Gateway(201, entry.Body.Copy());
    }

    private static ResourceEntry Create(RequestContext context, string name, Region region)
    {
        string id = $"/subscriptions/{context.SubscriptionId}/resourceGroups/{name}";
        JsonObject body = JsonText.NewObject();
        body["id"] = id;
        body["name"] = name;
        body["type"] = ResourceStore.GroupType;
        body["location"] = region.Name;
        if (context.Body.Text("managedBy") is { } manager) body["managedBy"] = manager;
        Set(body, "tags", context.Body.Object("tags"));
        body["properties"] = new JsonObject { ["provisioningState"] = "Succeeded" };
        return new ResourceEntry(id, ResourceStore.GroupType, body);
    }

    private static ArmResponse Patch(RequestContext context)
    {
        ResourceEntry group = Present(context);
        CheckAlive(group);
        JsonObject? tags = context.Body.Object("tags");
        TagRules.Check(tags);
        if (context.Body.ContainsKey("tags")) Set(group.Body, "tags", tags);
        return ArmResponse.Gateway(200, group.Body.Copy());
    }

    private static ArmResponse Head(RequestContext context) => context.Group is null
        ? new ArmResponse(404) { FromGateway = true, FailureCause = "gateway" }
        : ArmResponse.Gateway(204);

    private static ArmResponse List(RequestContext context)
    {
        Func<ResourceEntry, bool> filter = ResourceFilter.Parse(context.Query["$filter"]);
        var page = ListPage.Of(context, takesTop: true);
        IEnumerable<ResourceEntry> groups =
            context.World.Store.OfTypeAfter(page.After, ResourceStore.GroupType, context.SubscriptionId, null).Where(filter);
        return ArmResponse.Gateway(200, page.Fill(groups, static entry => entry.Body.Copy()));
    }

    private static void CheckAlive(ResourceEntry group)
    {
        if (group.ProvisioningState == "Deleting") throw GatewayErrors.ResourceGroupBeingDeleted(group.Name);
        GroupMoves.CheckStill(group);
    }

    private static void CheckName(string name)
    {
        string bad = new([.. name.Where(static c => !char.IsLetterOrDigit(c) && "-_.()".IndexOf(c) < 0).Distinct()]);
        if (bad.Length > 0) throw GatewayErrors.InvalidResourceGroup(name, string.Join(",", bad.ToCharArray()));
        if (name.Length > 90) throw GatewayErrors.ResourceGroupNameLength(name);
        if (name.EndsWith(".", StringComparison.Ordinal)) throw GatewayErrors.ResourceGroupNameEnd(name);
    }

    private static void Set(JsonObject body, string name, JsonObject? value)
    {
        if (value is null)
            body.Remove(name);
        else
            body[name] = value.DeepClone();
    }
}
