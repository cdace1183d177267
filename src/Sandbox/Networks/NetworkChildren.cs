using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>
/// Subnets and security rules: resources of their own in the store, shown inside their parent as well, in the order in which
/// they came.
/// </summary>
internal static class NetworkChildren
{
    private const string Ordinal = "ordinal";

    /// <summary>
    /// GET of a child. ARM's front end knows only the parent and misses only that (recorded for subnets); the child is the
    /// provider's own, which has its own words for a missing one.
    /// </summary>
    public static void MapGet(SandboxRegistry registry, ResourceType type, string name)
    {
        string[] segments = [.. type.Segments];
        registry.Map(
            "GET",
            $"/subscriptions/{{subscriptionId}}/resourceGroups/{{resourceGroupName}}/providers/{type.Namespace}/" +
            $"{segments[0]}/{{parentName}}/{segments[1]}/{{childName}}",
            name,
            type,
            Get);
    }

    public static IReadOnlyList<ResourceEntry> Of(SandboxWorld world, ResourceEntry parent) =>
        [
            .. world.Store.Below(parent.Id)
                .Where(child => child.Type.StartsWith($"{parent.Type}/", StringComparison.Ordinal))
                .OrderBy(static child => child.State.Number(Ordinal) ?? 0),
        ];

    /// <summary>Adds a child, or gives the one of that name new properties; what the service knows of it stays.</summary>
    /// <param name="world">The world.</param>
    /// <param name="parent">What holds the child.</param>
    /// <param name="type">Full type of the child.</param>
    /// <param name="name">Name of the child.</param>
    /// <param name="properties">Properties as a GET shows them, without the provisioning state.</param>
    public static ResourceEntry Put(
        SandboxWorld world, ResourceEntry parent, string type, string name, JsonObject properties)
    {
        string id = Id(parent.Id, type, name);
        ResourceEntry? present = world.Store.Find(id);
        JsonObject body = JsonText.NewObject();
        body["name"] = present?.Name ?? name;
        body["id"] = present?.Id ?? id;
        body["etag"] = null;
        body["properties"] = properties;
        body["type"] = type;
        if (present is not null)
        {
            present.Body = body;
            return present;
        }

        var child = new ResourceEntry(id, type, body);
        child.State[Ordinal] = Of(world, parent).Select(static other => other.State.Number(Ordinal) ?? 0).Append(0).Max() + 1;
        world.Store.Put(child);
        return child;
    }

    /// <summary>A copy of the child as its parent shows it; its etag is the parent's.</summary>
    public static JsonObject Show(ResourceEntry parent, ResourceEntry child)
    {
        JsonObject body = child.Body.Copy();
        body["etag"] = parent.Body.Text("etag");
        return body;
    }

    /// <summary>Children of one parent must differ in name.</summary>
    public static void CheckNames(string parentId, IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (string name in names)
        {
            if (!seen.Add(name)) throw NetworkErrors.DuplicateName(parentId, name);
        }
    }

    /// <summary>Id of a child.</summary>
    public static string Id(string parentId, string type, string name) =>
        $"{parentId}/{type.Substring(type.LastIndexOf('/') + 1)}/{name}";

    private static ArmResponse Get(RequestContext context)
    {
        if (context.Existing is not null) return ResourceReads.Get(context);
        ResourceId parent = context.Target!.Parent!;
        throw context.World.Store.Find(parent.ToString()) is null
            ? GatewayErrors.ResourceNotFound(parent.TypeAndNames, context.Group!.Name)
            : NetworkErrors.Refuse("NotFound", $"Resource {context.Target} not found.", 404);
    }
}
