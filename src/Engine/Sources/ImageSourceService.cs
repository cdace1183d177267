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

    /// <summary>Writes an <see cref="ImageDifference"/> for each property in which two sources differ. Azure is only read.</summary>
    /// <param name="session">The session.</param>
    /// <param name="options">The two.</param>
    /// <param name="sink">Where the differences go.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ImageCmdletsException">As with <see cref="GetAsync"/>.</exception>
    public static Task CompareAsync(ImageSession session, CompareImageOptions options, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, new RunOptions(), options.Difference.Source, async operation =>
        {
            var read = new ImageSource[2];
            GetImageSourceOptions[] asked = [options.Reference, options.Difference];
            await operation.ForEachAsync([0, 1], async (index, branch) => read[index] = await SourceReading.ReadAsync(branch, asked[index]).ConfigureAwait(false)).ConfigureAwait(false);
            foreach (ImageDifference row in SourceComparison.Of(read[0], read[1]).Where(row => options.IncludeEqual ? row.Reference is not null || row.Difference is not null : !row.IsEqual))
                await operation.WriteAsync(row).ConfigureAwait(false);
        }, cancellationToken);
}
