using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Marketplace;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Vms;

/// <summary>Finds what <c>-Image</c> means: a URN, the id of an image or a gallery's, an image that somebody else shares, or the name of an image in the group.</summary>
internal static class ImageSourceResolver
{
    /// <summary>The id that <c>-Image</c> means; null for a URN, and for an image that somebody else shares.</summary>
    /// <exception cref="ImageCmdletsException">InvalidImageUrn, InvalidImageReference.</exception>
    public static ResourceId? IdOf(string image, string subscriptionId, string resourceGroupName)
    {
        if (SharedImageId.TryParse(image) is not null)
            return null;

        if (image.IndexOf(':') >= 0)
        {
            ImageUrn.Parse(image);
            return null;
        }

        if (image.StartsWith("/", StringComparison.Ordinal))
        {
            return ResourceId.TryParse(image) is { } id && (id.Is(ResourceTypes.Image) || id.Is(ResourceTypes.GalleryImage) || id.Is(ResourceTypes.GalleryImageVersion))
                ? id
                : throw new ImageCmdletsException(ErrorIds.InvalidImageReference, $"'{image}' is not the id of an image, an image definition or an image version, nor of one that is shared.", image);
        }

        return image.IndexOf('/') < 0 && !NamePattern.HasWildcard(image)
            ? ResourceId.Of(subscriptionId, resourceGroupName, ResourceTypes.Image, image)
            : throw new ImageCmdletsException(ErrorIds.InvalidImageReference, $"'{image}' is neither a URN nor an id nor the name of an image.", image);
    }

    /// <summary>The marketplace image that a URN means in a region.</summary>
    /// <exception cref="ImageCmdletsException">MarketplaceImageNotFound.</exception>
    public static async Task<MachineSource> ResolveUrnAsync(Operation operation, string subscriptionId, ImageUrn urn, string location)
    {
        MarketplaceImage image = await new MarketplaceReader(subscriptionId, location).ResolveAsync(operation, urn).ConfigureAwait(false);
        return new MachineSource
        {
            Reference = image.Urn,
            Urn = new ImageUrn(image.Publisher, image.Offer, image.Sku, image.Version),
            OSType = image.OSType ?? throw NoOSType(image.Urn),
            HyperVGeneration = image.HyperVGeneration,
            Architecture = image.Architecture ?? "x64",
            SecurityType = image.SecurityType,
            Plan = image.Plan,
            DataDiskLun = [.. image.DataDisk.Select(disk => disk.Lun ?? 0)],
        };
    }

    /// <summary>The managed image of an id.</summary>
    /// <exception cref="ImageCmdletsException">ImageNotFound.</exception>
    public static async Task<MachineSource> ResolveImageAsync(Operation operation, ResourceId id)
    {
        CustomImage image = await ImageService.ReadAsync(operation, id.Text).ConfigureAwait(false);
        return new MachineSource
        {
            Reference = image.Id,
            IsManagedImage = true,
            Location = image.Location is { } location ? LocationCatalog.Normalize(location) : null,
            OSType = image.OSType ?? throw NoOSType(image.Id),
            IsSpecialized = string.Equals(image.OSState, "Specialized", StringComparison.OrdinalIgnoreCase),
            HyperVGeneration = image.HyperVGeneration,
            Plan = image.Plan,
            DataDiskLun = [.. image.DataDisk.Select(disk => disk.Lun ?? 0)],
        };
    }

    internal static ImageCmdletsException NoOSType(string image) =>
        new(ErrorIds.InvalidResponse, $"Azure does not say which operating system '{image}' has.", image);
}
