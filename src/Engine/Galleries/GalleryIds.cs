namespace ImageCmdlets.Engine.Galleries;

/// <summary>The ids of galleries and of what is in them.</summary>
public static class GalleryIds
{
    public static ResourceId Gallery(string subscriptionId, string resourceGroupName, string name) =>
        ResourceId.Of(subscriptionId, resourceGroupName, ResourceTypes.Gallery, name);

    public static ResourceId Definition(ResourceId gallery, string name) => ResourceId.TryParse($"{gallery.Text}/images/{name}")!;

    public static ResourceId Version(ResourceId definition, string version) => ResourceId.TryParse($"{definition.Text}/versions/{version}")!;

    /// <summary>The gallery of a definition, the definition of a version.</summary>
    public static ResourceId ParentOf(ResourceId id)
    {
        string withoutName = id.Text.Substring(0, id.Text.LastIndexOf('/'));
        return ResourceId.TryParse(withoutName.Substring(0, withoutName.LastIndexOf('/')))!;
    }

    /// <summary>The gallery that something is in, or that it is.</summary>
    public static ResourceId GalleryOf(ResourceId id) =>
        id.Is(ResourceTypes.GalleryImageVersion) ? ParentOf(ParentOf(id)) : id.Is(ResourceTypes.GalleryImage) ? ParentOf(id) : id;
}
