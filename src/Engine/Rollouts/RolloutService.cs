using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Rollouts;

/// <summary>Brings images to scale sets, and takes bad versions back: nobody gets them any more, and what had them gets a good one.</summary>
public static class RolloutService
{
    /// <summary>Writes an <see cref="ImageRolloutResult"/> for each thing that the bad versions concern; what would be changed is <c>Planned</c>. Azure is only read.</summary>
    /// <param name="session">The session.</param>
    /// <param name="options">The bad versions.</param>
    /// <param name="run">Bounds and parallelism.</param>
    /// <param name="sink">Where the plan goes; what could not be looked at is a warning.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ImageCmdletsException">InvalidResourceId, InvalidArgument, ImageNotFound, ProvisioningFailed.</exception>
    public static Task PlanAsync(ImageSession session, UndoRolloutOptions options, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        RunAsync(session, options, run, sink, static (operation, failure) =>
        {
            operation.Warning($"Not everything that the bad version concerns could be looked at: {failure.Message}");
            return Task.CompletedTask;
        }, async (operation, rows) =>
        {
            foreach (ImageRolloutResult row in rows)
                await operation.WriteAsync(row).ConfigureAwait(false);
        }, cancellationToken);

    /// <summary>Plans anew and carries that out; writes an <see cref="ImageRolloutResult"/> for each thing as it ends, with an error for each that failed.</summary>
    /// <param name="session">The session.</param>
    /// <param name="options">The bad versions, and what may be changed.</param>
    /// <param name="run">Bounds and parallelism.</param>
    /// <param name="sink">Results, errors.</param>
    /// <param name="cancellationToken">Stops; what is left is the same command's work another time.</param>
    /// <exception cref="ImageCmdletsException">As <see cref="PlanAsync"/>; nothing was changed.</exception>
    public static Task UndoAsync(ImageSession session, UndoRolloutOptions options, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        RunAsync(session, options, run, sink, static (operation, failure) => operation.ErrorAsync(failure), (operation, rows) => new RolloutRun(operation, rows, options, session.Account).RunAsync(), cancellationToken);

    /// <summary>Writes what giving scale sets another image would do: an <see cref="ImageRolloutResult"/> for each model, and after it one for each machine, in the number of
    /// its batch. Azure is only read; what stands against it is an error for each set.</summary>
    /// <param name="session">The session.</param>
    /// <param name="requests">The sets.</param>
    /// <param name="run">Parallelism.</param>
    /// <param name="sink">Where the plan and the refusals go.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ImageCmdletsException">Those of <see cref="UpdateAsync"/> that are known beforehand.</exception>
    public static Task PlanUpdateAsync(ImageSession session, IReadOnlyList<UpdateScaleSetOptions> requests, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        EachSetAsync(session, requests, run, sink, async (plan, own) =>
        {
            foreach (ImageRolloutResult row in plan.Rows())
                await own.WriteAsync(row).ConfigureAwait(false);
        }, cancellationToken);

    /// <summary>Gives scale sets another image, side by side: each model, and then its machines, batch by batch as long as they come up well. Writes an
    /// <see cref="ImageRolloutResult"/> for each machine as its batch ends. The same command again goes on.</summary>
    /// <param name="session">The session.</param>
    /// <param name="requests">The sets.</param>
    /// <param name="run">Bounds and parallelism; without waiting only the request is made, where Azure does the rest.</param>
    /// <param name="sink">Results, errors.</param>
    /// <param name="cancellationToken">Stops; what is left is the same command's work another time.</param>
    /// <exception cref="ImageCmdletsException">ResourceNotFound, ImageNotFound and others of the image, RegionMismatch, OSTypeMismatch, OSStateMismatch, HyperVGenerationMismatch, PropertyNotChangeable,
    /// InvalidArgument, OperationNotSupported: nothing was changed. RolloutStopped: machines are not healthy.</exception>
    public static Task UpdateAsync(ImageSession session, IReadOnlyList<UpdateScaleSetOptions> requests, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        EachSetAsync(session, requests, run, sink, (plan, own) => new ScaleSetUpdate(own, plan, run).RunAsync(), cancellationToken);

    private static Task EachSetAsync(ImageSession session, IReadOnlyList<UpdateScaleSetOptions> requests, RunOptions run, IOperationSink sink, Func<UpdatePlan, Operation, Task> work, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, requests[0].Id, operation =>
            operation.ForEachItemAsync(requests, async (request, own) => await work(await UpdatePlanner.PlanAsync(own, request).ConfigureAwait(false), own).ConfigureAwait(false)), cancellationToken);

    // All definitions are looked at before anything is changed in one of them.
    private static Task RunAsync(ImageSession session, UndoRolloutOptions options, RunOptions run, IOperationSink sink,
        Func<Operation, ImageCmdletsException, Task> onFailure, Func<Operation, IReadOnlyList<ImageRolloutResult>, Task> work, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, options.Id[0], async operation =>
        {
            RolloutTags.Require(options.Reason);
            var rows = new List<ImageRolloutResult>();
            foreach (IGrouping<ResourceId, ResourceId> definition in options.Id.Select(Require).Distinct().GroupBy(GalleryIds.ParentOf))
                rows.AddRange(await new RolloutSurvey(operation, definition.Key, [.. definition], options, onFailure).RunAsync().ConfigureAwait(false));
            await work(operation, rows).ConfigureAwait(false);
        }, cancellationToken);

    private static ResourceId Require(string text) => ResourceId.TryParse(text) is { } id && id.Is(ResourceTypes.GalleryImageVersion)
        ? id
        : throw new ImageCmdletsException(ErrorIds.InvalidResourceId, $"'{text}' is not the id of an image version.", text, "Pass the id of a version in a gallery.");
}
