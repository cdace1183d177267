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
        string path = context.Path.ToString();
        Check(context.World, path, context.Target?.ToString() ?? context.Group?.Id ?? path, deletes);
    }

    /// <summary>Refuses to change what is locked, where a request changes more than its path names.</summary>
    /// <exception cref="ArmException">409 ScopeLocked.</exception>
    public static void CheckWrite(SandboxWorld world, string id) => Check(world, id, id, deletes: false);

    private static void Check(SandboxWorld world, string path, string target, bool deletes)
    {
        if (!world.Store.Has(LockSubject.TypeName)) return;
        string[] locked =
        [
            .. world.Store.OfType(LockSubject.TypeName)
                .Where(entry => deletes || entry.Body.Text("properties.level") == ReadOnly)
                .Select(LockSubject.ScopeOf)
                .Where(scope => ExtensionScope.Holds(scope, path) || (deletes && ExtensionScope.Holds(path, scope)))
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        if (locked.Length == 0) return;
        throw GatewayErrors.Gateway(
            409,
            "ScopeLocked",
            $"The scope '{target}' cannot perform {(deletes ? "delete" : "write")} operation because following scope(s) are " +
            $"locked: '{string.Join(",", locked)}'. Please remove the lock and try again.");
    }
}
