using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.ScaleSets;

/// <summary>Reads scale sets.</summary>
public static class ScaleSetService
{
    /// <summary>Writes each scale set that fits as an <see cref="ImageScaleSet"/>, as soon as Azure sends it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="query">Which are meant.</param>
    /// <param name="withInstances">Read the instances of each too: one more question for a uniform set, one for each machine of a flexible one.</param>
    /// <param name="sink">Where the sets go.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ImageCmdletsException">ResourceNotFound where the one set meant does not exist; InvalidResourceId.</exception>
    public static Task GetAsync(ImageSession session, ResourceQuery query, bool withInstances, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, new RunOptions(), query.Id ?? query.Name, operation =>
            ScaleSetReader.ReadAsync(operation, query, withInstances), cancellationToken);
}
