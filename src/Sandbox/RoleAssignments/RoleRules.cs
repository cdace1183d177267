using ImageCmdlets.Sandbox.Authorization;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.RoleAssignments;

/// <summary>What callers may not do. The front end looks at it before anything else of a request but its token.</summary>
internal static class RoleRules
{
    /// <summary>Refuses a request that the caller has no right to.</summary>
    /// <exception cref="ArmException">401 InvalidAuthenticationTokenTenant, 403 AuthorizationFailed.</exception>
    public static void Check(RequestContext context)
    {
        if (context.Path.SubscriptionId is not { } subscription) return;
        Caller caller = context.Caller;
        string tenant = RoleAccess.TenantOf(context.World, $"/subscriptions/{subscription}") ?? ArmSandbox.Tenant;
        if (!Same(tenant, caller.TenantId)) throw RoleErrors.WrongTenant(caller.TenantId, tenant);
        if (RoleAccess.IsOwner(caller) || IsOpen(context)) return;
        string scope = Extended(context) ?? context.Target?.ToString() ?? context.Path.Resource?.ToString() ?? context.Group?.Id ?? Scope(context);
        if (!RoleAccess.Allows(context.World, caller, context.Operation.Action, scope))
            throw GatewayErrors.AuthorizationFailed(caller.Client, caller.ObjectId, context.Operation.Action, scope);
    }

    /// <summary>Refuses a reference to a resource that the caller has no right to use.</summary>
    /// <param name="context">The request.</param>
    /// <param name="linked">The resource in its body.</param>
    /// <param name="verb">What must be allowed with it, behind its type; null: what ARM asks for most.</param>
    /// <exception cref="ArmException">403 LinkedAuthorizationFailed.</exception>
    public static void CheckLinked(RequestContext context, ResourceId linked, string? verb = null)
    {
        string action = verb is null ? LinkedAction(linked) : $"{linked.TypeName}/{verb}", scope = context.Target?.ToString() ?? context.Path.ToString();
        string? tenant = RoleAccess.TenantOf(context.World, $"/subscriptions/{linked.SubscriptionId}");
        // A token of another directory is only good for that directory's subscriptions.
        Caller? caller = context.Callers.FirstOrDefault(known => Same(known.TenantId, tenant));
        if (tenant is null || caller is null) throw RoleErrors.LinkedTenant(action, scope, context.Caller.TenantId, linked.SubscriptionId);
        if (!RoleAccess.Allows(context.World, caller, action, linked.ToString()))
            throw RoleErrors.Linked(caller, context.Operation.Action, scope, action, linked.ToString());
    }

    // Network's resources are joined, all others are read.
    private static string LinkedAction(ResourceId linked) =>
        linked.Namespace.Equals("Microsoft.Network", StringComparison.OrdinalIgnoreCase)
            ? $"{linked.TypeName}/join/action"
            : $"{linked.TypeName}/read";

    // Operations are read by whoever was told their addresses, which are signed; lists of groups and what a caller may do are
    // for everybody who has any right in the subscription.
    private static bool IsOpen(RequestContext context)
    {
        if (context.Route.ContainsKey("operationId") || context.Operation.Name.StartsWith("Permissions_", StringComparison.Ordinal)) return true;
        bool shared = context.Operation.Name is "Subscriptions_Get" or "ResourceGroups_List" or "Resources_List" or "Subscriptions_ListLocations";
        return shared && RoleAccess.HasAny(context.World, context.Caller, context.SubscriptionId);
    }

    // What extends a resource, as a role assignment does, lies within it.
    private static string? Extended(RequestContext context)
    {
        bool extends = context.Path.Scope.IndexOf("/providers/", StringComparison.OrdinalIgnoreCase) >= 0;
        return !extends ? null : context.Path.Names.Count > 0 ? context.Path.ToString() : context.Path.Scope;
    }

    private static string Scope(RequestContext context) =>
        context.Path.ResourceGroup is { } group
            ? $"/subscriptions/{context.SubscriptionId}/resourceGroups/{group}"
            : $"/subscriptions/{context.SubscriptionId}";

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
