using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Marketplace;

/// <summary>Looks for images in the marketplace of a region.</summary>
public static class MarketplaceService
{
    /// <summary>Writes every image that fits as a <see cref="MarketplaceImage"/>, in the order of their names.</summary>
    /// <param name="session">The session.</param>
    /// <param name="options">What is looked for; a text without wildcards is taken as it is and not searched for.</param>
    /// <param name="sink">Where the images go.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="ImageCmdletsException">InvalidLocation; MarketplaceImageNotFound where the one image meant does not exist.</exception>
    public static Task FindAsync(ImageSession session, FindMarketplaceImageOptions options, IOperationSink sink, CancellationToken cancellationToken)
    {
        string asked = $"{options.Publisher}:{options.Offer}:{options.Sku}:{options.Version}";
        return Operation.RunAsync(session, sink, new RunOptions(), asked, async operation =>
        {
            string location = await LocationCatalog.ResolveAsync(operation, options.SubscriptionId, options.Location).ConfigureAwait(false);
            var reader = new MarketplaceReader(options.SubscriptionId ?? operation.Session.SubscriptionId, location);
            await new MarketplaceWalk(operation, reader, options).RunAsync().ConfigureAwait(false);
        }, cancellationToken);
    }
}
