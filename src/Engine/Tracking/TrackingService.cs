using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Tracking;

/// <summary>Finds, waits for and stops what this module has under way in Azure.</summary>
/// <remarks>It is seen from Azure alone: by the tags on what is made on the way, by run commands, and by what this session began with
/// -NoWait. An export leaves no trace but an access to its snapshot, which may be another tool's.</remarks>
public static class TrackingService
{
    /// <summary>Writes each operation that is meant as an <see cref="ImageOperation"/>, the oldest first.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId, ResourceNotFound, AuthorizationFailed.</exception>
    public static Task GetAsync(ImageSession session, ImageOperationQuery query, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, new RunOptions(), TargetOf(query), async operation =>
        {
            foreach (TrackedOperation found in await OperationFinder.FindAsync(operation, query).ConfigureAwait(false))
                await operation.WriteAsync(found.ToContract(operation.Clock.UtcNow)).ConfigureAwait(false);
        }, cancellationToken);

    /// <summary>Waits until Azure has done its part of each, and writes it then; what failed is an error, too.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId, ResourceNotFound, OperationTimedOut.</exception>
    public static Task WaitAsync(ImageSession session, ImageOperationQuery query, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, TargetOf(query), operation => new OperationWaiting(operation, query).RunAsync(), cancellationToken);

    /// <summary>Removes what operations have made on their way; writes each with what is left of it. Sources and what is finished stay.</summary>
    /// <param name="session">The session.</param>
    /// <param name="operations">Those that the user agreed to.</param>
    /// <param name="run">The time limit; after it the same call goes on.</param>
    /// <param name="sink">Where they go; an error for each thing that cannot be removed, and for each operation that cannot be stopped
    /// (OperationNotAllowed).</param>
    /// <param name="cancellationToken">Ctrl-C; the same call goes on.</param>
    public static Task StopAsync(ImageSession session, IReadOnlyList<ImageOperation> operations, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, operations[0].Id, async operation =>
        {
            var stopping = new OperationStopping(operation);
            foreach (ImageOperation wanted in operations)
                await stopping.RunAsync(new ImageOperationQuery { SubscriptionId = wanted.SubscriptionId, Id = [wanted.Id], Kind = [wanted.Kind] }).ConfigureAwait(false);
        }, cancellationToken);

    private static string? TargetOf(ImageOperationQuery query) => query.Id.Count == 1 ? query.Id[0] : null;
}
