using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Sources;

/// <summary>Shows what images can be made of, whatever its kind, and what can become of it.</summary>
public static class ImageSourceService
{
    /// <summary>Writes one <see cref="ImageSource"/> for each item. Azure is only read.</summary>
    /// <param name="session">The session.</param>
    /// <param name="items">What is to be looked at.</param>
    /// <param name="sink">Where the sources go.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ImageCmdletsException">InvalidResourceId, InvalidImageUrn, InvalidArgument; SourceNotFound, VMNotFound, ImageNotFound, DiskNotFound,
    /// SnapshotNotFound, MarketplaceImageNotFound; FileNotFound, FileNotReadable, InvalidVhd.</exception>
    public static Task GetAsync(ImageSession session, IReadOnlyList<GetImageSourceOptions> items, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, new RunOptions(), items[0].Source, operation => operation.ForEachItemAsync(items, async (item, branch) =>
            await branch.WriteAsync(await SourceReading.ReadAsync(branch, item).ConfigureAwait(false)).ConfigureAwait(false)), cancellationToken);
}
