using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Locks;

/// <summary>What locks forbid. They bind everybody, and the front end looks at them before the provider is asked.</summary>
internal static class LockRules
{
    /// <summary>Forbids deletions.</summary>
    public const string CanNotDelete = "CanNotDelete";

    /// <summary>Forbids deletions, changes and actions.</summary>
    public const string ReadOnly = "ReadOnly";

    /// <summary>Refuses a request that a lock forbids: one at its scope or above, for deletions also one below.</summary>
    /// <exception cref="ArmException">409 ScopeLocked.</exception>
    public static void Check(RequestContext context)
    {
        bool deletes = context.Request.Method == "DELETE";
        if (context.Request.Method is "GET" or "HEAD" || context.Operation.Type.Namespace == "Microsoft.Authorization") return;
        if (!context.World.Store.Has(LockSubject.TypeName)) return;
        string path = context.Path.ToString();
        string[] locked =
        [
            .. context.World.Store.OfType(LockSubject.TypeName)
                .Where(entry => deletes || entry.Body.Text("properties.level") == ReadOnly)
                .Select(LockSubject.ScopeOf)
                .Where(scope => ExtensionScope.Holds(scope, path) || (deletes && ExtensionScope.Holds(path, scope)))
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        if (locked.Length == 0) return;
        string target = context.Target?.ToString() ?? context.Group?.Id ?? path;
        throw GatewayErrors.Gateway(
            409,
            "ScopeLocked",
            $"The scope '{target}' cannot perform {(deletes ? "delete" : "write")} operation because following scope(s) are " +
            $"locked: '{string.Join(",", locked)}'. Please remove the lock and try again.");
    }
}
