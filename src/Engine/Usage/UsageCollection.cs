using System.Collections.Concurrent;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Usage;

/// <summary>All that uses some images, as far as it could be looked at: what is decided by needs the whole of it.</summary>
/// <param name="Users">Machines, scale sets and their instances, in all subscriptions that the account sees, by id.</param>
/// <param name="Failure">What could not be read: uses there are not seen.</param>
internal sealed record UsageCollection(IReadOnlyList<ImageUsage> Users, IReadOnlyList<ImageCmdletsException> Failure)
{
    /// <summary>Looks through all subscriptions once, however many images are asked about.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="asked">Images, versions, definitions or galleries.</param>
    /// <param name="withVersions">Whether versions count that were made of them.</param>
    public static async Task<UsageCollection> ReadAsync(Operation operation, IReadOnlyList<ResourceId> asked, bool withVersions = false)
    {
        var users = new ConcurrentBag<ImageUsage>();
        var failures = new ConcurrentQueue<ImageCmdletsException>();
        var survey = new UsageSurvey(asked, withVersions);
        IReadOnlyList<string> subscriptions = await UsageService.SubscriptionsAsync(operation, null).ConfigureAwait(false);
        await operation.ForEachAsync(subscriptions, (subscription, branch) => survey.RunAsync(branch, subscription,
            (_, use) =>
            {
                users.Add(use);
                return Task.CompletedTask;
            },
            (_, failure) =>
            {
                failures.Enqueue(failure);
                return Task.CompletedTask;
            })).ConfigureAwait(false);
        return new UsageCollection([.. users.OrderBy(use => use.Id, StringComparer.OrdinalIgnoreCase)], [.. failures]);
    }
}
