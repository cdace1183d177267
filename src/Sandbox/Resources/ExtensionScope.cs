using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Resources;

/// <summary>What an extension resource (a lock, a tag set, a role or policy assignment) is about.</summary>
internal static class ExtensionScope
{
    /// <summary>The subscription, group or resource before the last <c>providers</c> of the path.</summary>
    /// <exception cref="ArmException">404 ResourceNotFound, MissingSubscription.</exception>
    public static ResourceEntry Holder(RequestContext context)
    {
        if (context.World.Store.Find(context.Path.Scope) is { } holder) return holder;
        throw ResourceId.TryParse(context.Path.Scope) is { } id
            ? GatewayErrors.ResourceNotFound(id.TypeAndNames, context.Group?.Name ?? id.ResourceGroup!)
            : GatewayErrors.MissingSubscription();
    }

    /// <summary>Whether what lies below a resource extends it, or something in it, and is no resource in it.</summary>
    public static bool Extends(string path, string resource) =>
        path.IndexOf("/providers/", resource.Length, StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>Whether a path is a scope or lies below it.</summary>
    public static bool Holds(string scope, string path) =>
        $"{path.TrimEnd('/')}/".StartsWith($"{scope.TrimEnd('/')}/", StringComparison.OrdinalIgnoreCase);
}
