using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Marketplace;

/// <summary>Shows and accepts the legal terms that come with some images of the marketplace.</summary>
public static class MarketplaceTermService
{
    /// <summary>Writes the <see cref="MarketplaceTerm"/> of each item, as it is now.</summary>
    /// <param name="session">The session.</param>
    /// <param name="items">Whose terms.</param>
    /// <param name="sink">Where the terms go.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ImageCmdletsException">MarketplaceTermsNotFound, MarketplaceImageNotFound, InvalidLocation.</exception>
    public static Task GetAsync(ImageSession session, IReadOnlyList<MarketplaceTermOptions> items, IOperationSink sink, CancellationToken cancellationToken) =>
        RunAsync(session, items, MarketplaceTerms.ReadAsync, sink, cancellationToken);

    /// <summary>Accepts the terms of each item for its subscription, and writes them as they are then. What is accepted already stays so.</summary>
    /// <param name="session">The session.</param>
    /// <param name="items">Whose terms.</param>
    /// <param name="sink">Where the terms go.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ImageCmdletsException">MarketplaceTermsNotFound, MarketplaceImageNotFound, InvalidLocation, AuthorizationFailed.</exception>
    public static Task ApproveAsync(ImageSession session, IReadOnlyList<MarketplaceTermOptions> items, IOperationSink sink, CancellationToken cancellationToken) =>
        RunAsync(session, items, MarketplaceTerms.AcceptAsync, sink, cancellationToken);

    private static Task RunAsync(
        ImageSession session,
        IReadOnlyList<MarketplaceTermOptions> items,
        Func<Operation, string, PurchasePlan, Task<MarketplaceTerm>> ask,
        IOperationSink sink,
        CancellationToken cancellationToken) => Operation.RunAsync(session, sink, new RunOptions(), Describe(items[0]), operation =>
            operation.ForEachItemAsync(items, async (item, branch) =>
            {
                string subscription = item.SubscriptionId ?? branch.Session.SubscriptionId;
                PurchasePlan plan = item.Plan ?? await PlanOfAsync(branch, subscription, item).ConfigureAwait(false);
                await branch.WriteAsync(await ask(branch, subscription, plan).ConfigureAwait(false)).ConfigureAwait(false);
            }), cancellationToken);

    private static async Task<PurchasePlan> PlanOfAsync(Operation operation, string subscription, MarketplaceTermOptions item)
    {
        string location = await LocationCatalog.ResolveAsync(operation, subscription, item.Location!).ConfigureAwait(false);
        MarketplaceImage image = await new MarketplaceReader(subscription, location).ResolveAsync(operation, item.Urn!).ConfigureAwait(false);
        return image.Plan ?? throw new ImageCmdletsException(
            ErrorIds.MarketplaceTermsNotFound, $"The image '{image.Urn}' has no purchase plan: there are no terms to accept.", image.Urn, "Use the image as it is: nothing has to be accepted.");
    }

    private static string? Describe(MarketplaceTermOptions item) => item.Plan?.ToString() ?? item.Urn?.ToString();
}
