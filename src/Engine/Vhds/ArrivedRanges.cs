using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Vhds;

/// <summary>What of a disk that is uploaded has arrived.</summary>
internal sealed class ArrivedRanges
{
    private readonly List<(long Begin, long End)> _ranges = [];

    /// <summary>False where nobody may look.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Asks the service. Where nobody may look, nothing is known to be there.</summary>
    public static async Task<ArrivedRanges> ReadAsync(Operation operation, DiskBlob disk)
    {
        var arrived = new ArrivedRanges();
        try
        {
            arrived._ranges.AddRange(await disk.AskAsync(blob => RangesAsync(operation, blob)).ConfigureAwait(false));
            arrived.IsKnown = true;
        }
        catch (ImageCmdletsException exception) when (exception.ErrorId == ErrorIds.AuthorizationFailed)
        {
            operation.Verbose($"Nothing tells what of {disk.Name} is there: {exception.Message}");
        }

        return arrived;
    }

    /// <summary>Whether a piece is there. A write is whole or not there at all, so it is when all its pages are.</summary>
    public bool Has(PagePiece piece) => _ranges.Exists(range => range.Begin <= piece.Offset && piece.Offset + piece.Length <= range.End);

    /// <summary>The ranges of a disk that hold something, in the order of the bytes.</summary>
    public static async Task<IReadOnlyList<(long Begin, long End)>> RangesAsync(Operation operation, PageBlobClient blob)
    {
        var ranges = new List<(long Begin, long End)>();
        await foreach (PageRangeItem range in blob.GetAllPageRangesAsync(cancellationToken: operation.CancellationToken).ConfigureAwait(false))
        {
            if (range.IsClear)
                continue;

            (long begin, long end) = (range.Range.Offset, range.Range.Offset + range.Range.Length!.Value);

            // The service tells ranges that touch one another apart where they were written apart.
            if (ranges.Count > 0 && ranges[ranges.Count - 1].End == begin)
                ranges[ranges.Count - 1] = (ranges[ranges.Count - 1].Begin, end);
            else
                ranges.Add((begin, end));
        }

        return ranges;
    }
}
