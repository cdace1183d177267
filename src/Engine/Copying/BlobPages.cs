using Azure;
using Azure.Storage.Blobs.Models;
using ImageCmdlets.Engine.Vhds;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Copying;

/// <summary>What there is to bring of a disk that is open for reading.</summary>
/// <param name="Blob">The disk.</param>
/// <param name="Length">Bytes with the footer.</param>
/// <param name="Piece">What holds something, but for the footer.</param>
/// <param name="Footer">The last 512 bytes, the only ones that this machine sees.</param>
internal sealed record BlobPages(DiskBlob Blob, long Length, IReadOnlyList<PagePiece> Piece, byte[] Footer)
{
    public PagePiece FooterPiece { get; } = new(Length - VhdFooter.Size, VhdFooter.Size);

    /// <summary>The MD5 that the storage service told of the footer; null: it told none.</summary>
    public byte[]? FooterHash { get; init; }

    /// <summary>Bytes that hold something.</summary>
    public long DataLength => Piece.Sum(static piece => (long)piece.Length);

    /// <exception cref="ImageCmdletsException">InvalidResponse: it does not end as a fixed VHD does.</exception>
    public static async Task<BlobPages> ReadAsync(Operation operation, DiskBlob blob)
    {
        long length = (await blob.AskAsync(async client => (await client.GetPropertiesAsync(cancellationToken: operation.CancellationToken).ConfigureAwait(false)).Value).ConfigureAwait(false)).ContentLength;
        var end = new BlobDownloadOptions { Range = new HttpRange(length - VhdFooter.Size, VhdFooter.Size) };
        BlobDownloadResult downloaded = await blob.AskAsync(async client => (await client.DownloadContentAsync(end, operation.CancellationToken).ConfigureAwait(false)).Value).ConfigureAwait(false);
        byte[] footer = downloaded.Content.ToArray();
        if (VhdFooter.Read(footer) is not { IsIntact: true, Type: VhdType.Fixed } read || read.DiskLength != length - VhdFooter.Size)
            throw new ImageCmdletsException(ErrorIds.InvalidResponse, $"What Azure gives of {blob.Name} does not end as a VHD of {length} bytes does.", blob.Name);

        IReadOnlyList<(long Begin, long End)> ranges = await blob.AskAsync(client => ArrivedRanges.RangesAsync(operation, client)).ConfigureAwait(false);
        return new BlobPages(blob, length, [.. ranges.SelectMany(range => PagePiece.Of(range.Begin, Math.Min(range.End, length - VhdFooter.Size) - range.Begin))], footer) { FooterHash = downloaded.Details.ContentHash };
    }
}
