using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Locks;

/// <summary>Management locks of subscriptions, groups and resources.</summary>
internal sealed class LockSubject : IResourceSubject
{
    public const string TypeName = "Microsoft.Authorization/locks";

    private const string Suffix = "/providers/Microsoft.Authorization/locks";

    private static readonly string[] s_versions = ["2020-05-01", "2017-04-01", "2016-09-01", "2015-06-01", "2015-01-01"];

    private static readonly string[] s_levels = [LockRules.CanNotDelete, LockRules.ReadOnly];

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType("Microsoft.Authorization", "locks", s_versions)
        {
            Tracked = false,
            NeedsLocation = false,
            DeletionTime = TimeSpan.Zero,
        });
        const string collection = "{*scope}" + Suffix;
        const string instance = collection + "/{lockName}";
        registry.Map("GET", collection, "ManagementLocks_ListByScope", type, List);
        registry.Map("GET", instance, "ManagementLocks_GetByScope", type, Get);
        registry.Map("PUT", instance, "ManagementLocks_CreateOrUpdateByScope", type, Put);
        registry.Map("DELETE", instance, "ManagementLocks_DeleteByScope", type, Delete);
    }

    /// <summary>What a lock locks.</summary>
    public static string ScopeOf(ResourceEntry entry) =>
        entry.Id.Substring(0, entry.Id.LastIndexOf(Suffix, StringComparison.Ordinal));

    // Locks at the scope and below it.
    private static ArmResponse List(RequestContext context)
    {
        string scope = ExtensionScope.Holder(context).Id;
        ResourceEntry[] locks =
        [
            .. context.World.Store.OfType(TypeName)
                .Where(entry => entry.Id.StartsWith($"{scope}/", StringComparison.OrdinalIgnoreCase)),
        ];
        return ArmResponse.Gateway(200, ResourceReads.Page(context, locks, static entry => entry.Body.Copy()));
    }

    private static ArmResponse Get(RequestContext context) => ArmResponse.Gateway(
        200,
        Find(context)?.Body.Copy() ?? throw GatewayErrors.Gateway(
            404, "LockNotFound", $"The lock '{context.Route["lockName"]}' could not be found."));

    private static ArmResponse Put(RequestContext context)
    {
        string? sent = context.Body.Text("properties.level");
        string level = s_levels.FirstOrDefault(known => string.Equals(known, sent, StringComparison.OrdinalIgnoreCase))
            ?? throw GatewayErrors.InvalidRequestContent(
                $"Error converting value \"{sent}\" to type 'LockLevel'. Path 'properties.level'.");
        ResourceEntry? present = Find(context);
        string id = present?.Id ?? IdOf(context);
        JsonObject properties = JsonText.NewObject();
        properties["level"] = level;
        if (context.Body.Text("properties.notes") is { } notes) properties["notes"] = notes;
        JsonObject body = JsonText.NewObject();
        body["properties"] = properties;
        body["id"] = id;
        body["type"] = TypeName;
        body["name"] = present?.Name ?? context.Route["lockName"];
        context.World.Store.Put(new ResourceEntry(id, TypeName, body));
        return ArmResponse.Gateway(present is null ? 201 : 200, body.Copy());
    }

    private static ArmResponse Delete(RequestContext context) =>
        ArmResponse.Gateway(context.World.Store.Remove(IdOf(context)) ? 200 : 204);

    private static ResourceEntry? Find(RequestContext context) => context.World.Store.Find(IdOf(context));

    private static string IdOf(RequestContext context) => $"{ExtensionScope.Holder(context).Id}{Suffix}/{context.Route["lockName"]}";
}
