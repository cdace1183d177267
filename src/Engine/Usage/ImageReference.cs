using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Engine.Usage;

/// <summary>Which image of a subscription a machine, model or version names.</summary>
/// <param name="Id">The managed image, image version or image definition.</param>
/// <param name="FollowsLatest">Whether only a definition was named.</param>
internal sealed record ImageReference(ResourceId Id, bool FollowsLatest)
{
    /// <summary>That of an <c>imageReference</c>; null for an image of the marketplace, of a shared or a community gallery.</summary>
    public static ImageReference? Of(JsonElement storageProfile) =>
        Of(storageProfile.Text("imageReference", "id"), storageProfile.Text("imageReference", "exactVersion"));

    /// <summary>That of an id, and of the version that a machine says it was made of.</summary>
    public static ImageReference? Of(string? imageId, string? exactVersion)
    {
        if (ResourceId.TryParse(imageId) is not { } id)
            return null;
        if (!id.Is(ResourceTypes.GalleryImage))
            return new ImageReference(id, FollowsLatest: false);

        // A machine says which version it was made of, a model does not.
        return exactVersion is { Length: > 0 }
            ? new ImageReference(GalleryIds.Version(id, exactVersion), FollowsLatest: true)
            : new ImageReference(id, FollowsLatest: true);
    }

    /// <summary>That of an image version's source; null where it was made of a machine, disk, snapshot or VHD.</summary>
    public static ImageReference? OfSource(JsonElement version) =>
        OfSource(version.Text("properties", "storageProfile", "source", "id"));

    /// <summary>That of the id of a version's source.</summary>
    public static ImageReference? OfSource(string? sourceId) =>
        ResourceId.TryParse(sourceId) is { } id && (id.Is(ResourceTypes.Image) || id.Is(ResourceTypes.GalleryImageVersion))
            ? new ImageReference(id, FollowsLatest: false)
            : null;

    /// <summary>Whether it is the one asked about, or in the gallery or definition asked about.</summary>
    public bool IsOf(ResourceId asked) =>
        string.Equals(Id.Text, asked.Text, StringComparison.OrdinalIgnoreCase) || Id.Text.StartsWith(asked.Text + "/", StringComparison.OrdinalIgnoreCase);
}
