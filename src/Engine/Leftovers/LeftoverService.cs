using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Leftovers;

/// <summary>Finds and removes what this module, az image copy, Packer and Image Builder have left behind.</summary>
/// <remarks>Each by its maker's own marks; the age of a thing is never a reason.</remarks>
public static class LeftoverService
{
    /// <summary>Writes each <see cref="ImageLeftover"/>, in the order in which they can be removed.</summary>
    /// <exception cref="ImageCmdletsException">AuthorizationFailed.</exception>
    public static Task GetAsync(ImageSession session, ImageLeftoverQuery query, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, new RunOptions(), null, async operation =>
        {
            foreach (Leftover leftover in await LeftoverFinder.FindAsync(operation, query).ConfigureAwait(false))
                await operation.WriteAsync(leftover.ToContract()).ConfigureAwait(false);
        }, cancellationToken);

    /// <summary>Says of each why it would not be removed, and changes nothing.</summary>
    /// <param name="session">The session.</param>
    /// <param name="ids">What is asked about.</param>
    /// <param name="query">Where they were found, and which switches were given.</param>
    /// <param name="sink">An error for each that stays.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    public static Task ExplainAsync(ImageSession session, IReadOnlyList<string> ids, ImageLeftoverQuery query, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, new RunOptions(), ids[0], operation => new LeftoverRemoval(operation, query).ExplainAsync(ids), cancellationToken);

    /// <summary>Removes leftovers one by one, in the order given. Each is looked at again before, and what is in use by then stays.</summary>
    /// <param name="session">The session.</param>
    /// <param name="ids">Those that the user agreed to.</param>
    /// <param name="query">Where they were found, and which switches were given.</param>
    /// <param name="run">The time limit; after it the same call goes on.</param>
    /// <param name="sink">An error for each that stays: NotALeftover, ResourceInUse, ResourceLocked, or what Azure said.</param>
    /// <param name="cancellationToken">Ctrl-C; the same call goes on.</param>
    public static Task RemoveAsync(ImageSession session, IReadOnlyList<string> ids, ImageLeftoverQuery query, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, ids[0], operation => new LeftoverRemoval(operation, query).RunAsync(ids), cancellationToken);
}
