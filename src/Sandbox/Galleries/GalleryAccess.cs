using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>Who may see a gallery without a role in it.</summary>
internal static class GalleryAccess
{
    private const string Groups = "properties.sharingProfile.groups";

    public static string Permissions(ResourceEntry gallery) =>
        gallery.Body.Text("properties.sharingProfile.permissions") ?? GalleryRules.Private;

    /// <summary>Whether the gallery is shared with a subscription, or with its tenant.</summary>
    public static bool IsSharedWith(ResourceEntry gallery, string type, string id) =>
        Permissions(gallery) == GalleryRules.Groups &&
        gallery.Body.Items(Groups).Any(group =>
            group.Text("type") == type && Ids(group).Contains(id, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether everybody may see the gallery.</summary>
    public static bool IsCommunity(ResourceEntry gallery) =>
        Permissions(gallery) == GalleryRules.Community &&
        gallery.Body.Flag("properties.sharingProfile.communityGalleryInfo.communityGalleryEnabled") == true;

    public static IEnumerable<string> Ids(JsonObject group) =>
        group.Array("ids")?.OfType<JsonValue>().Select(static id => id.ToString()) ?? [];
}
