using ImageCmdlets.Engine.Naming;

namespace ImageCmdlets.Engine.Copying;

/// <summary>What copies of images are to be made, a pure function of what the user asked for.</summary>
internal static class CopyTargets
{
    /// <summary>One target for each region; a region named twice counts once.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId.</exception>
    public static IReadOnlyList<ImageCopyTarget> Of(CopyImageOptions options)
    {
        if (options.Gallery is { } gallery)
            return GalleryCopyTargets.Of(options, gallery);

        ResourceId? version = ResourceId.TryParse(options.SourceId) is { } id && id.Is(ResourceTypes.GalleryImageVersion) ? id : null;
        ResourceId source = version is null ? CopyPlaces.RequireSource(options.SourceId, ResourceTypes.Image, "an image or image version") : CopiedVersion.PlaceOf(version);
        (string?, string?, string?) target = (options.TargetSubscriptionId ?? options.TargetSession?.SubscriptionId, options.TargetResourceGroupName, options.TargetName);
        return [.. CopyPlaces.Of(source, ResourceTypes.Image, options.Location, target).Select(copy => new ImageCopyTarget
        {
            SourceId = (version ?? source).Text,
            Location = copy.Location,
            Id = copy.Id,
            Method = options.Method,
            TargetSession = options.TargetSession,
            Tag = options.Tag,
        })];
    }
}
