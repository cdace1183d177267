using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Usage;

/// <summary>Finds what uses images: machines, scale sets and their instances, and other image versions.</summary>
public static class UsageService
{
    /// <summary>Writes each <see cref="ImageUsage"/> as it is found, in all subscriptions that the account sees, or in one.</summary>
    /// <param name="session">The session.</param>
    /// <param name="options">Whose uses.</param>
    /// <param name="run">Bounds and parallelism.</param>
    /// <param name="sink">Where they go. What cannot be read of a subscription is an error of its own: uses there are not seen.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ImageCmdletsException">InvalidResourceId.</exception>
    public static Task GetAsync(ImageSession session, GetImageUsageOptions options, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, options.Id[0], async operation =>
        {
            ResourceId[] asked = [.. options.Id.Select(Require)];
            var match = new UsageMatch(asked);
            var survey = new UsageSurvey(match, withVersions: true);
            IReadOnlyList<string> subscriptions = await SubscriptionsAsync(operation, options.SubscriptionId).ConfigureAwait(false);
            var graph = new GraphSurvey(match, survey);
            await UsageDoubt.TellMissingAsync(operation, asked).ConfigureAwait(false);
            if (!options.Live && await AskAsync(graph, operation, subscriptions).ConfigureAwait(false) is { } rows)
            {
                await graph.HandOnAsync(operation, rows, WriteAsync, ErrorAsync).ConfigureAwait(false);
                await UsageDoubt.WarnOfHiddenAsync(operation, subscriptions).ConfigureAwait(false);
            }
            else
            {
                await operation.ForEachAsync(subscriptions, (subscription, branch) => survey.RunAsync(branch, subscription, WriteAsync, ErrorAsync)).ConfigureAwait(false);
            }
        }, cancellationToken);

    /// <summary>The subscriptions to look through.</summary>
    internal static async Task<IReadOnlyList<string>> SubscriptionsAsync(Operation operation, string? only)
    {
        if (only is not null)
            return [only];

        var found = new List<string>();
        await operation.Arm.ListAsync("/subscriptions", ArmApiVersions.Subscriptions, item =>
        {
            // Machines go on in a subscription that is past due, and those of a disabled one come back with it.
            if (item.Text("state") != "Deleted" && item.Text("subscriptionId") is { } id)
                found.Add(id);
            return Task.CompletedTask;
        }, operation.CancellationToken).ConfigureAwait(false);
        return found;
    }

    // Not every account and cloud has Resource Graph; the lists are always there.
    private static async Task<IReadOnlyList<JsonElement>?> AskAsync(GraphSurvey graph, Operation operation, IReadOnlyList<string> subscriptions)
    {
        try
        {
            return await graph.RowsAsync(operation, subscriptions).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception)
        {
            operation.Verbose($"Resource Graph does not answer, so the lists of each subscription are read: {exception.Message}");
            return null;
        }
    }

    private static Task WriteAsync(Operation operation, ImageUsage use) => operation.WriteAsync(use);

    private static Task ErrorAsync(Operation operation, ImageCmdletsException failure) => operation.ErrorAsync(failure);

    private static ResourceId Require(string text)
    {
        ResourceId? id = ResourceId.TryParse(text);
        return id is not null && (id.Is(ResourceTypes.Image) || id.Is(ResourceTypes.Gallery) || id.Is(ResourceTypes.GalleryImage) || id.Is(ResourceTypes.GalleryImageVersion))
            ? id
            : throw new ImageCmdletsException(ErrorIds.InvalidResourceId, $"'{text}' is not the id of an image, a gallery or something in one.", text,
                "Pass the id of a managed image, gallery, image definition or image version.");
    }
}
