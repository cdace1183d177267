using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.RoleAssignments;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Compute;

/// <summary>Ids of other resources in a body; ARM looks at them before the provider does.</summary>
internal static class LinkedResource
{
    /// <summary>Takes an id in a body apart.</summary>
    /// <param name="context">The request.</param>
    /// <param name="id">The id.</param>
    /// <param name="path">Where it stands in the body.</param>
    /// <param name="action">What the caller must be allowed to do with it, behind its type; null: what ARM asks for most.</param>
    /// <exception cref="ArmException">
    /// 400 LinkedInvalidPropertyId: no id at all; 403 LinkedAuthorizationFailed: a resource that the caller may not use.
    /// </exception>
    public static ResourceId Parse(RequestContext context, string id, string path, string? action = null)
    {
        ResourceId parsed = (id.StartsWith("/", StringComparison.Ordinal) ? ResourceId.TryParse(id) : null) ?? throw GatewayErrors.Gateway(
            400,
            "LinkedInvalidPropertyId",
            $"Property id '{id}' at path '{path}' is invalid. Expect fully qualified resource Id that start with " +
            "'/subscriptions/{subscriptionId}' or '/providers/{resourceProviderNamespace}/'.");
        RoleRules.CheckLinked(context, parsed, action);
        return parsed;
    }
}
