using Azure.Storage.Blobs.Models;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Engine.Vhds;

/// <summary>Makes a VHD of one snapshot: only what is not empty travels, and what an earlier run has brought does not travel again.</summary>
/// <param name="operation">The running command.</param>
/// <param name="options">What is to be made of what.</param>
internal sealed class SnapshotExport(Operation operation, ExportVhdOptions options)
{
    private readonly DateTimeOffset _begin = operation.Clock.UtcNow;
    private long _dataLength;

    public async Task RunAsync()
    {
        DiskFacts snapshot = await DiskReader.ReadAsync(operation, options.SourceId).ConfigureAwait(false);
        SnapshotRestoring.RequireComplete(snapshot);
        IVhdTarget target = options.FilePath is { } path ? new FileTarget(path) : new BlobTarget(operation, options.DestinationUri!);
        using (target)
        {
            await target.RequireFreeAsync(options.Force).ConfigureAwait(false);
            ImageVhd? made = null;
            await DiskBlob.UseAsync(operation, snapshot.Id, "Read", options.AccessDuration, async source =>
                made = await CopyAsync(source, snapshot, target).ConfigureAwait(false)).ConfigureAwait(false);
            await operation.WriteAsync(made!).ConfigureAwait(false);
        }
    }

    private async Task<ImageVhd> CopyAsync(DiskBlob source, DiskFacts snapshot, IVhdTarget target)
    {
        BlobProperties properties = await source.AskAsync(async blob =>
            (await blob.GetPropertiesAsync(cancellationToken: operation.CancellationToken).ConfigureAwait(false)).Value).ConfigureAwait(false);
        IReadOnlyList<PagePiece> pieces = await PiecesAsync(source).ConfigureAwait(false);
        _dataLength = pieces.Sum(static piece => (long)piece.Length);
        await target.OpenAsync(snapshot.UniqueId ?? snapshot.Id.Text, properties.ContentLength, _dataLength).ConfigureAwait(false);
        PagePiece[] missing = [.. pieces.Where(piece => !target.Has(piece))];
        long resumed = _dataLength - missing.Sum(static piece => (long)piece.Length);
        using var progress = new TransferProgress(operation, snapshot.Id.Text, $"Exporting snapshot {snapshot.Id.Name}", _dataLength, resumed);
        await operation.ForEachAsync(missing, async (piece, branch) =>
        {
            await target.CopyAsync(source, piece, branch.CancellationToken).ConfigureAwait(false);
            progress.Add(piece.Length);
        }).ConfigureAwait(false);
        RequireVhd(await target.FinishAsync().ConfigureAwait(false), properties.ContentLength, snapshot);
        return Result(target, properties.ContentLength, progress);
    }

    // In the order of the bytes: what a disk or a service reads ahead is what comes next.
    private async Task<IReadOnlyList<PagePiece>> PiecesAsync(DiskBlob source) => await source.AskAsync(async blob =>
    {
        var pieces = new List<PagePiece>();
        await foreach (PageRangeItem range in blob.GetAllPageRangesAsync(cancellationToken: operation.CancellationToken).ConfigureAwait(false))
        {
            if (!range.IsClear)
                pieces.AddRange(PagePiece.Of(range.Range.Offset, range.Range.Length!.Value));
        }

        return pieces;
    }).ConfigureAwait(false);

    private static void RequireVhd(byte[] footer, long length, DiskFacts snapshot)
    {
        if (VhdFooter.Read(footer) is not { IsIntact: true, Type: VhdType.Fixed } read || read.DiskLength != length - VhdFooter.Size)
        {
            throw new ImageCmdletsException(ErrorIds.InvalidResponse,
                $"What Azure gave for the snapshot '{snapshot.Id.Name}' does not end as a VHD of {length} bytes does.", snapshot.Id.Text);
        }
    }

    private ImageVhd Result(IVhdTarget target, long length, TransferProgress progress) => new()
    {
        SourceId = options.SourceId,
        FilePath = target.FilePath,
        Uri = target.Address,
        Length = length,
        DataLength = _dataLength,
        BytesTransferred = progress.Transferred,
        BytesResumed = progress.Resumed,
        Elapsed = operation.Clock.UtcNow - _begin,
    };
}
