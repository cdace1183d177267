using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Shows the images that others share.</summary>
public static class SharedImageService
{
    /// <summary>Writes each <see cref="SharedImage"/> that fits. Azure is only read.</summary>
    /// <param name="session">The session.</param>
    /// <param name="query">What is meant.</param>
    /// <param name="sink">Where the images go.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ImageCmdletsException">ImageNotFound: a name without wildcards is of nothing that is shared in the region; InvalidLocation.</exception>
    public static Task GetAsync(ImageSession session, SharedImageQuery query, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, new RunOptions(), query.CommunityGalleryName ?? query.GalleryName ?? query.Location, async operation =>
        {
            string subscription = query.SubscriptionId ?? operation.Session.SubscriptionId;
            string location = await LocationCatalog.ResolveAsync(operation, subscription, query.Location).ConfigureAwait(false);
            await new SharedImageReader(operation, subscription, location).WriteAsync(query).ConfigureAwait(false);
        }, cancellationToken);
}
