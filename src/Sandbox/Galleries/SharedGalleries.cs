using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.RoleAssignments;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>Galleries that their owners have shared with the caller's subscription or tenant.</summary>
internal static class SharedGalleries
{
    public const string Kind = "SharedGalleries";

    public static PublicImageName? Parse(string id) => PublicImageName.Parse(id, Kind);

    /// <summary>The gallery of a unique name; null when there is none or it is not shared with the caller.</summary>
    public static ResourceEntry? Find(RequestContext context, string uniqueName) => Of(context, tenant: null)
        .FirstOrDefault(gallery => string.Equals(UniqueName(gallery), uniqueName, StringComparison.OrdinalIgnoreCase));

    /// <summary>The galleries shared with the caller.</summary>
    /// <param name="context">The request.</param>
    /// <param name="tenant">With the tenant, with the subscription, or (null) with either.</param>
    public static IEnumerable<ResourceEntry> Of(RequestContext context, bool? tenant)
    {
        string home = RoleAccess.TenantOf(context.World, $"/subscriptions/{context.SubscriptionId}") ?? ArmSandbox.Tenant;
        return context.World.Store.OfType(GalleryTypes.Gallery).Where(gallery =>
            (tenant != true && GalleryAccess.IsSharedWith(gallery, "Subscriptions", context.SubscriptionId)) ||
            (tenant != false && GalleryAccess.IsSharedWith(gallery, "AADTenants", home)));
    }

    public static string UniqueName(ResourceEntry gallery) => gallery.Body.Text("properties.identifier.uniqueName")!;
}
