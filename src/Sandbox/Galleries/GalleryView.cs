using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>A gallery as a client of an api-version sees it.</summary>
internal static class GalleryView
{
    public static JsonObject Show(RequestContext context, ResourceEntry gallery)
    {
        JsonObject body = GalleryBodies.Show(
            context,
            gallery,
            ("sharingProfile", GalleryApi.Sharing),
            ("sharingProfile.communityGalleryInfo", GalleryApi.SharingStatus),
            ("softDeletePolicy", GalleryApi.SoftDelete));
        JsonObject properties = body.Object("properties")!;
        // With whom it is shared is told only on request (recorded).
        bool asked = Asks(context, "$select", "Permissions") || Asks(context, "$expand", "SharingProfile/Groups");
        if (!asked) properties.Object("sharingProfile")?.Remove("groups");
        bool shared = GalleryAccess.Permissions(gallery) != GalleryRules.Private;
        if (shared && GalleryApi.Knows(context, GalleryApi.SharingStatus))
            properties["sharingStatus"] = SharingStatus(context.World, gallery);
        return body;
    }

    // A share reaches the regions of the gallery's versions one by one in Azure; here it reaches all at once.
    private static JsonObject SharingStatus(SandboxWorld world, ResourceEntry gallery)
    {
        string state = GallerySharing.IsBusy(world, gallery) ? "InProgress" : "Succeeded";
        IEnumerable<string> regions = world.Store.Below(gallery.Id)
            .Where(static entry => entry.Type == GalleryTypes.Version)
            .SelectMany(static version => version.Body.Items("properties.publishingProfile.targetRegions"))
            .Select(static region => Regions.Normalize(region.Text("name")!))
            .Prepend(gallery.Location!)
            .Distinct();
        return new JsonObject
        {
            ["aggregatedState"] = state,
            ["summary"] = new JsonArray([.. regions.Select(region => (JsonNode)new JsonObject
            {
                ["region"] = region,
                ["state"] = state,
            })]),
        };
    }

    private static bool Asks(RequestContext context, string option, string word) =>
        context.Query[option]?.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
}
