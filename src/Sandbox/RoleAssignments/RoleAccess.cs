using ImageCmdlets.Sandbox.Authorization;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.RoleAssignments;

/// <summary>What a caller may do at a scope: the roles assigned there and above.</summary>
internal static class RoleAccess
{
    public const string TypeName = "Microsoft.Authorization/roleAssignments";

    /// <summary>Path between an assignment's scope and its name.</summary>
    public const string Segment = "/providers/Microsoft.Authorization/roleAssignments/";

    /// <summary>Whether a caller owns every subscription of its directory; every directory has one such caller.</summary>
    public static bool IsOwner(Caller caller) => caller.ObjectId == Principal.ObjectId || caller.ObjectId == Principal.PartnerObjectId;

    /// <summary>Whether a caller may perform an action at a scope.</summary>
    public static bool Allows(SandboxWorld world, Caller caller, string action, string scope) =>
        Roles(world, caller, scope).Any(role => role.Allows(action));

    /// <summary>Whether a caller has any role in a subscription, however small.</summary>
    public static bool HasAny(SandboxWorld world, Caller caller, string subscriptionId)
    {
        string scope = $"/subscriptions/{subscriptionId}";
        return Roles(world, caller, scope).Any() || Of(world, caller).Any(entry => ExtensionScope.Holds(scope, ScopeOf(entry)));
    }

    /// <summary>The roles of a caller at a scope.</summary>
    public static IEnumerable<RoleDefinition> Roles(SandboxWorld world, Caller caller, string scope)
    {
        if (IsOwner(caller) && TenantOf(world, scope) is { } tenant && Same(tenant, caller.TenantId)) yield return BuiltInRoles.Owner;
        foreach (ResourceEntry entry in Of(world, caller).Where(entry => ExtensionScope.Holds(ScopeOf(entry), scope)))
        {
            if (CustomRoles.Find(world, entry.Body.Text("properties.roleDefinitionId")) is { } role) yield return role;
        }
    }

    /// <summary>Directory of the subscription that a scope lies in; null for scopes above subscriptions.</summary>
    public static string? TenantOf(SandboxWorld world, string scope)
    {
        string[] parts = scope.Split(['/'], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 1 ? world.Store.Find($"/subscriptions/{parts[1]}")?.Body.Text("tenantId") : null;
    }

    /// <summary>What an assignment is about.</summary>
    public static string ScopeOf(ResourceEntry assignment) =>
        assignment.Id.Substring(0, assignment.Id.LastIndexOf(Segment, StringComparison.Ordinal));

    private static IEnumerable<ResourceEntry> Of(SandboxWorld world, Caller caller) => world.Store.Has(TypeName)
        ? world.Store.OfType(TypeName).Where(entry => Same(entry.Body.Text("properties.principalId"), caller.ObjectId))
        : [];

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
