using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Engine.Access;

/// <summary>What access is given to: its id, and the gallery around it.</summary>
internal static class AccessTarget
{
    /// <summary>Reads an id, of whatever roles are assigned at: for images also of the disks, networks and groups around them.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId.</exception>
    public static ResourceId Require(string text)
    {
        return ResourceId.TryParse(text) ?? throw new ImageCmdletsException(ErrorIds.InvalidResourceId, $"'{text}' is not the id of a resource, resource group or subscription.", text,
            "Pass the id of a gallery, image definition, image version or managed image; for roles also that of any other resource, resource group or subscription.");
    }

    /// <summary>The gallery that it is, or that it is in; null for everything else.</summary>
    public static ResourceId? GalleryOf(ResourceId id) => IsInGallery(id) ? GalleryIds.GalleryOf(id) : null;

    /// <summary>The gallery that is to be shared.</summary>
    /// <exception cref="ImageCmdletsException">InvalidArgument: only a part of one is meant.</exception>
    public static ResourceId RequireGallery(ResourceId id) => id.Is(ResourceTypes.Gallery)
        ? id
        : throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"Only whole galleries are shared with subscriptions, tenants or everybody, and '{id.Name}' is none.", id.Text,
            IsInGallery(id) ? $"Pass the gallery '{GalleryIds.GalleryOf(id).Text}', or give a role to a -PrincipalId." : "Publish the image into a gallery with New-ImageVersion and share that, or give a role to a -PrincipalId.");

    private static bool IsInGallery(ResourceId id) => id.Is(ResourceTypes.Gallery) || id.Is(ResourceTypes.GalleryImage) || id.Is(ResourceTypes.GalleryImageVersion);
}
