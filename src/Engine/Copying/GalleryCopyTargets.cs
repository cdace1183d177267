using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Copying;

/// <summary>What copies into a gallery are to be made, a pure function of what the user asked for.</summary>
internal static class GalleryCopyTargets
{
    private static readonly SourceResolver s_sources = new(ErrorIds.ImageNotFound, ResourceTypes.Image, ResourceTypes.GalleryImageVersion);

    /// <summary>One target for each region; a region named twice counts once.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId, InvalidResourceName.</exception>
    public static IReadOnlyList<ImageCopyTarget> Of(CopyImageOptions options, GalleryCopyTarget gallery)
    {
        ResourceId source = s_sources.RequireId(options.SourceId), definition = new ResourceReader(ResourceTypes.GalleryImage, ErrorIds.ImageNotFound).RequireId(gallery.DefinitionId);
        string id = gallery.Version is { } version ? GalleryIds.Version(definition, VersionNumber.Require(version).ToString()).Text : definition.Text;
        return [.. options.Location.GroupBy(LocationCatalog.Normalize).Select(same => new ImageCopyTarget
        {
            SourceId = source.Text,
            Location = same.First(),
            Id = IsReplication(source, definition) ? source.Text : id,
            Gallery = gallery,
            Method = options.Method,
            Tag = options.Tag,
        })];
    }

    /// <summary>Whether a version is copied into its own definition: then it gets more regions.</summary>
    public static bool IsReplication(ResourceId source, ResourceId definition) => source.Is(ResourceTypes.GalleryImageVersion) && GalleryIds.ParentOf(source).Equals(definition);
}
