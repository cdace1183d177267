using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>The community galleries of a region, each by its public name; nobody can list them all.</summary>
internal static class CommunityGalleryLists
{
    private static readonly PublicGalleryLists s_lists = new("communityGalleries", CommunityGalleries.Kind, "Community")
    {
        Find = CommunityGalleries.Find,
        Type = static word => $"{ComputeSubject.Namespace}/locations/community{word}",
    };

    public static void Register(SandboxRegistry registry) => s_lists.Register(registry, Show);

    private static JsonObject Show(RequestContext context, ResourceEntry gallery)
    {
        JsonObject info = gallery.Body.Object("properties.sharingProfile.communityGalleryInfo")!;
        JsonObject metadata = JsonText.NewObject();
        GalleryBodies.Take(info, metadata, ["publisherUri", "publisherContact", "eula", "publicNames"]);
        string name = CommunityGalleries.PublicNames(gallery).First();
        return PublicGalleryBodies.Wrap(
            new JsonObject { ["communityMetadata"] = metadata },
            PublicGalleryBodies.Region(context),
            name,
            s_lists.UniqueId(name),
            s_lists.Type("Gallery"));
    }
}
