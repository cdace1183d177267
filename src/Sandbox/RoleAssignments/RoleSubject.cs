using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.RoleAssignments;

/// <summary>Role assignments, the definitions of built-in roles, and what the caller may do.</summary>
internal sealed class RoleSubject : IResourceSubject
{
    private const string Provider = "{*scope}/providers/Microsoft.Authorization";

    private static readonly string[] s_versions =
        ["2022-05-01-preview", "2022-04-01", "2020-10-01-preview", "2020-08-01-preview", "2020-04-01-preview", "2018-09-01-preview", "2018-07-01", "2018-01-01-preview", "2017-10-01-preview", "2015-07-01"];

    private static readonly Regex s_comparison = new(
        @"(?<name>roleName|principalId|type)\s+eq\s+'(?<value>[^']*)'|(?<name>assignedTo)\('(?<value>[^']*)'\)", RegexOptions.IgnoreCase);

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType assignments = registry.Add(Untracked("roleAssignments"));
        registry.Map("GET", $"{Provider}/roleAssignments", "RoleAssignments_ListForScope", assignments, List);
        registry.Map("GET", $"{Provider}/roleAssignments/{{roleAssignmentName}}", "RoleAssignments_Get", assignments, Get);
        registry.Map("PUT", $"{Provider}/roleAssignments/{{roleAssignmentName}}", "RoleAssignments_Create", assignments, Put);
        registry.Map("DELETE", $"{Provider}/roleAssignments/{{roleAssignmentName}}", "RoleAssignments_Delete", assignments, Delete);
        ResourceType definitions = registry.Add(Untracked("roleDefinitions"));
        registry.Map("GET", $"{Provider}/roleDefinitions", "RoleDefinitions_List", definitions, ListDefinitions);
        registry.Map("GET", $"{Provider}/roleDefinitions/{{roleDefinitionId}}", "RoleDefinitions_Get", definitions, GetDefinition);
        registry.Map("PUT", $"{Provider}/roleDefinitions/{{roleDefinitionId}}", "RoleDefinitions_CreateOrUpdate", definitions, context => CustomRoles.Put(context, Subscription(context)));
        registry.Map("DELETE", $"{Provider}/roleDefinitions/{{roleDefinitionId}}", "RoleDefinitions_Delete", definitions, context => CustomRoles.Delete(context, Subscription(context)));
        ResourceType permissions = registry.Add(Untracked("permissions"));
        registry.Map("GET", $"{Provider}/permissions", "Permissions_ListForResource", permissions, ListPermissions);
    }

    private static ResourceType Untracked(string name) => new("Microsoft.Authorization", name, s_versions)
    {
        Tracked = false,
        NeedsLocation = false,
        DeletionTime = TimeSpan.Zero,
    };

    private static ArmResponse Put(RequestContext context)
    {
        string name = context.Route["roleAssignmentName"], scope = ExtensionScope.Holder(context).Id;
        if (!Guid.TryParse(name, out _)) throw RoleErrors.InvalidName(name);
        string definition = context.Body.Text("properties.roleDefinitionId") ?? string.Empty;
        RoleDefinition role = CustomRoles.Find(context.World, definition) ?? throw RoleErrors.DefinitionNotFound(definition.Substring(definition.LastIndexOf('/') + 1));
        string? principal = context.Body.Text("properties.principalId");
        if (!Guid.TryParse(principal, out _)) throw RoleErrors.InvalidPrincipal();
        string id = $"{scope}{RoleAccess.Segment}{name}";
        ResourceEntry? present = context.World.Store.Find(id);
        if (present is not null && !Same(present.Body.Text("properties.principalId"), principal)) throw RoleErrors.UpdateNotPermitted();
        bool doubled = context.World.Store.OfType(RoleAccess.TypeName).Any(other => !Same(other.Id, id) && Same(RoleAccess.ScopeOf(other), scope) &&
            Same(other.Body.Text("properties.principalId"), principal) && CustomRoles.Find(context.World, other.Body.Text("properties.roleDefinitionId"))?.Id == role.Id);
        if (doubled) throw RoleErrors.AssignmentExists();
        JsonObject body = Body(context, id, scope, role, principal!);
        context.World.Store.Put(new ResourceEntry(id, RoleAccess.TypeName, body));
        return ArmResponse.Gateway(present is null ? 201 : 200, body.Copy());
    }

    private static ArmResponse Get(RequestContext context) => ArmResponse.Gateway(
        200, Find(context)?.Body.Copy() ?? throw RoleErrors.AssignmentNotFound(context.Route["roleAssignmentName"]));

    // Recorded: the deleted assignment comes back.
    private static ArmResponse Delete(RequestContext context)
    {
        if (Find(context) is not { } entry) return ArmResponse.Gateway(204);
        context.World.Store.Remove(entry.Id);
        return ArmResponse.Gateway(200, entry.Body.Copy());
    }

    // Assignments at the scope and above it; those below it too unless atScope() is asked for.
    private static ArmResponse List(RequestContext context)
    {
        string scope = ExtensionScope.Holder(context).Id, filter = context.Query["$filter"] ?? string.Empty;
        bool only = filter.IndexOf("atScope()", StringComparison.OrdinalIgnoreCase) >= 0;
        string? principal = Value(filter, "principalId") ?? Value(filter, "assignedTo");
        ResourceEntry[] found =
        [
            .. context.World.Store.OfType(RoleAccess.TypeName).Where(entry =>
                (ExtensionScope.Holds(RoleAccess.ScopeOf(entry), scope) || (!only && ExtensionScope.Holds(scope, RoleAccess.ScopeOf(entry)))) &&
                (principal is null || Same(entry.Body.Text("properties.principalId"), principal))),
        ];
        return ArmResponse.Gateway(200, ResourceReads.Page(context, found, static entry => entry.Body.Copy()));
    }

    private static ArmResponse ListDefinitions(RequestContext context)
    {
        string? name = Value(context.Query["$filter"] ?? string.Empty, "roleName");
        RoleDefinition[] roles = [.. BuiltInRoles.All.Concat(CustomRoles.All(context.World)).Where(role => name is null || Same(role.Name, name))];
        return ArmResponse.Gateway(200, new JsonObject
        {
            ["value"] = new JsonArray([.. roles.Select(role => (JsonNode)role.ToJson(Subscription(context)))]),
        });
    }

    private static ArmResponse GetDefinition(RequestContext context)
    {
        string id = context.Route["roleDefinitionId"];
        RoleDefinition role = CustomRoles.Find(context.World, id) ?? throw RoleErrors.DefinitionNotFound(id);
        return ArmResponse.Gateway(200, role.ToJson(Subscription(context)));
    }

    private static ArmResponse ListPermissions(RequestContext context) => ArmResponse.Gateway(200, new JsonObject
    {
        ["value"] = new JsonArray(
            [.. RoleAccess.Roles(context.World, context.Caller, context.Path.Scope).Distinct().Select(static role => (JsonNode)role.ToPermission())]),
    });

    private static JsonObject Body(RequestContext context, string id, string scope, RoleDefinition role, string principal)
    {
        string now = context.Now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", System.Globalization.CultureInfo.InvariantCulture);
        JsonObject body = JsonText.NewObject();
        body["properties"] = new JsonObject
        {
            ["roleDefinitionId"] = role.ToJson(Subscription(context)).Text("id"),
            ["principalId"] = principal,
            ["principalType"] = context.Body.Text("properties.principalType") ?? "User",
            ["scope"] = scope,
            ["condition"] = context.Body.Text("properties.condition"),
            ["conditionVersion"] = context.Body.Text("properties.conditionVersion"),
            ["createdOn"] = now,
            ["updatedOn"] = now,
            ["createdBy"] = null,
            ["updatedBy"] = context.Caller.ObjectId,
            ["delegatedManagedIdentityResourceId"] = null,
            ["description"] = context.Body.Text("properties.description"),
        };
        body["id"] = id;
        body["type"] = RoleAccess.TypeName;
        body["name"] = id.Substring(id.LastIndexOf('/') + 1);
        return body;
    }

    private static ResourceEntry? Find(RequestContext context) =>
        context.World.Store.Find($"{context.Path.Scope}{RoleAccess.Segment}{context.Route["roleAssignmentName"]}", RoleAccess.TypeName);

    private static string Subscription(RequestContext context) =>
        context.Path.SubscriptionId is { } id ? $"/subscriptions/{id}" : string.Empty;

    private static string? Value(string filter, string name) => s_comparison.Matches(filter).Cast<Match>()
        .FirstOrDefault(match => Same(match.Groups["name"].Value, name))?.Groups["value"].Value;

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
