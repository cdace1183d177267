using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>The shared galleries of a region.</summary>
internal static class SharedGalleryLists
{
    private static readonly PublicGalleryLists s_lists = new("sharedGalleries", SharedGalleries.Kind, "Shared")
    {
        Find = SharedGalleries.Find,
    };

    public static void Register(SandboxRegistry registry)
    {
        ResourceType type = s_lists.Register(registry, static (context, gallery) => Show(context, gallery, JsonText.NewObject()));
        registry.Map(
            "GET",
            $"/subscriptions/{{subscriptionId}}/providers/{ComputeSubject.Namespace}/locations/{{location}}/sharedGalleries",
            "SharedGalleries_List",
            type,
            List,
            GalleryRateLimits.ListShared);
    }

    // Shared with the subscription, unless the tenant is asked for.
    private static ArmResponse List(RequestContext context)
    {
        bool tenant = string.Equals(context.Query["sharedTo"], "tenant", StringComparison.OrdinalIgnoreCase);
        string region = PublicGalleryBodies.Region(context);
        ResourceEntry[] galleries =
        [
            .. SharedGalleries.Of(context, tenant).Where(gallery =>
                Regions.Normalize(gallery.Location!) == region || PublicGalleryBodies.Images(context, gallery, region).Any()),
        ];
        return ArmResponse.Ok(ResourceReads.Page(context, galleries, gallery => Show(context, gallery, null)));
    }

    // Galleries show their properties, though empty, only one by one (recorded).
    private static JsonObject Show(RequestContext context, ResourceEntry gallery, JsonObject? properties)
    {
        string name = SharedGalleries.UniqueName(gallery);
        return PublicGalleryBodies.Wrap(properties, PublicGalleryBodies.Region(context), name, s_lists.UniqueId(name));
    }
}
