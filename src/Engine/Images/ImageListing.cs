using System.Text.Json;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Images;

/// <summary>Managed images and the image versions of galleries in one list.</summary>
/// <param name="operation">The running command.</param>
/// <param name="query">Which are meant: by name an image, or the image definition of versions.</param>
internal sealed class ImageListing(Operation operation, ResourceQuery query)
{
    private readonly ResourceId? _id = ResourceId.TryParse(query.Id);

    /// <summary>Writes the images as Azure sends them, then the versions, definition by definition.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId; ImageNotFound: nothing has the one name or id that was asked for.</exception>
    public async Task RunAsync(ResourceReader images)
    {
        if (query.Id is not null && _id?.Is(ResourceTypes.Image) != true)
        {
            await VersionsAsync(new GalleryQuery { Id = query.Id }).ConfigureAwait(false);
            return;
        }

        ImageCmdletsException? missing = null;
        try
        {
            await images.ReadAsync(operation, query, item => operation.WriteAsync(ImageMapper.Map(item))).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception) when (exception.ErrorId == ErrorIds.ImageNotFound && query.Id is null)
        {
            missing = exception;
        }

        // A managed image has no versions beside it.
        if (query.Id is not null)
            return;

        bool found = await VersionsAsync(new GalleryQuery { SubscriptionId = query.SubscriptionId, ResourceGroupName = query.ResourceGroupName, DefinitionName = query.Name }).ConfigureAwait(false);
        if (missing is not null && !found)
            throw missing;
    }

    private async Task<bool> VersionsAsync(GalleryQuery versions)
    {
        bool found = false;
        await new GalleryWalk(operation, versions).VersionsAsync(async (_, items) =>
        {
            found |= items.Count > 0;
            foreach (JsonElement item in items)
                await operation.WriteAsync(VersionMapper.Map(item)).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return found;
    }
}
