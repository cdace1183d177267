using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>Galleries that their owners have shared with everybody, under a public name.</summary>
internal static class CommunityGalleries
{
    public const string Kind = "CommunityGalleries";

    public static PublicImageName? Parse(string id) => PublicImageName.Parse(id, Kind);

    /// <summary>The gallery of a public name; null when there is none.</summary>
    public static ResourceEntry? Find(RequestContext context, string publicName) => context.World.Store
        .OfType(GalleryTypes.Gallery)
        .FirstOrDefault(gallery => GalleryAccess.IsCommunity(gallery) &&
                                   PublicNames(gallery).Contains(publicName, StringComparer.OrdinalIgnoreCase));

    public static IEnumerable<string> PublicNames(ResourceEntry gallery) =>
        gallery.Body.Array("properties.sharingProfile.communityGalleryInfo.publicNames")?.OfType<JsonValue>()
            .Select(static name => name.ToString()) ?? [];
}
