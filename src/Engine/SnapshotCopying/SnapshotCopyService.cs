using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.SnapshotCopying;

/// <summary>Copies snapshots to other regions, resource groups and subscriptions.</summary>
/// <remarks>A copy has its name from the first request on, and the tag of what is unfinished until it has arrived: whoever runs the same
/// command again goes on with it, and only that is ever removed.</remarks>
public static class SnapshotCopyService
{
    /// <summary>The cmdlet, as the tag of an unfinished copy says.</summary>
    internal const string OperationName = "Copy-ImageSnapshot";

    // Terabytes take hours; a copy that has not ended after a day has met something that waiting does not mend.
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(24);

    /// <summary>What a request means, region by region, without asking Azure: for -WhatIf and -Confirm.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId.</exception>
    public static IReadOnlyList<SnapshotCopyTarget> Targets(CopySnapshotOptions options) => SnapshotCopyTargets.Of(options);

    /// <summary>Copies; writes one <see cref="SnapshotCopyResult"/> for each target as it ends, its error also to the error stream.</summary>
    /// <param name="session">The session.</param>
    /// <param name="targets">The copies to make.</param>
    /// <param name="run">Bounds; without a time limit, 24 hours. A stop or the limit leaves what the same call picks up.</param>
    /// <param name="sink">Results, errors, progress.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="ImageCmdletsException">ResourceGroupNotFound, InvalidResourceName, InvalidArgument, SnapshotNotFound: nothing was
    /// changed.</exception>
    public static Task CopyAsync(ImageSession session, IReadOnlyList<SnapshotCopyTarget> targets, RunOptions run, IOperationSink sink, CancellationToken cancellationToken)
    {
        RunOptions bounded = run with { Timeout = run.Timeout ?? s_longest };
        return Operation.RunAsync(session, sink, bounded, targets[0].SourceId, async operation =>
        {
            IReadOnlyList<SnapshotCopy> copies = await SnapshotCopyPlanner.PlanAsync(operation, targets).ConfigureAwait(false);
            if (copies.Count == 0)
                return;

            var queue = new SnapshotCopyQueue(operation, copies);
            await (run.NoWait ? queue.StartAsync() : queue.RunAsync()).ConfigureAwait(false);
        }, cancellationToken);
    }
}
