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
    public static ImageReference? Of(JsonElement storageProfile)
    {
        if (ResourceId.TryParse(storageProfile.Text("imageReference", "id")) is not { } id)
            return null;
        if (!id.Is(ResourceTypes.GalleryImage))
            return new ImageReference(id, FollowsLatest: false);

        // A machine says which version it was made of, a model does not.
        return storageProfile.Text("imageReference", "exactVersion") is { Length: > 0 } version
            ? new ImageReference(GalleryIds.Version(id, version), FollowsLatest: true)
            : new ImageReference(id, FollowsLatest: true);
    }

    /// <summary>That of an image version's source; null where it was made of a machine, disk, snapshot or VHD.</summary>
    public static ImageReference? OfSource(JsonElement version) =>
        ResourceId.TryParse(version.Text("properties", "storageProfile", "source", "id")) is { } id && (id.Is(ResourceTypes.Image) || id.Is(ResourceTypes.GalleryImageVersion))
            ? new ImageReference(id, FollowsLatest: false)
            : null;

    /// <summary>Whether it is the one asked about, or in the gallery or definition asked about.</summary>
    public bool IsOf(ResourceId asked) =>
        string.Equals(Id.Text, asked.Text, StringComparison.OrdinalIgnoreCase) || Id.Text.StartsWith(asked.Text + "/", StringComparison.OrdinalIgnoreCase);
}
