using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Vhds;

/// <summary>A page blob of a storage account. The bytes go from Azure to Azure; none comes to this machine.</summary>
/// <remarks>Source: <c>Put Page From URL</c>. The blob says in its metadata of which snapshot it is being made, so that another run
/// goes on with it; once it is whole it says so no longer.</remarks>
/// <param name="operation">The running command.</param>
/// <param name="address">Its address with a signature.</param>
internal sealed class BlobTarget(Operation operation, Uri address) : IVhdTarget
{
    private const string SourceKey = "imagecmdletssource";
    private readonly PageBlobClient _blob = BlobClientFactory.Create(operation.Session, address);
    private readonly HashSet<PagePiece> _arrived = [];
    private BlobProperties? _existing;
    private long _length;

    public string? FilePath => null;

    public Uri? Address { get; } = new(address.GetLeftPart(UriPartial.Path));

    private string Name => $"'{Address}'";

    public async Task RequireFreeAsync(bool force)
    {
        _existing = await AskAsync(FindAsync).ConfigureAwait(false);
        if (_existing is null || force || _existing.Metadata.ContainsKey(SourceKey))
            return;

        throw new ImageCmdletsException(ErrorIds.ResourceAlreadyExists, $"There is a blob {Name} already.", Address!.AbsoluteUri, "Pass another address, or -Force to replace what is there.");
    }

    public async Task OpenAsync(string source, long length, long dataLength)
    {
        _length = length;
        if (_existing is { BlobType: BlobType.Page } && _existing.ContentLength == length
            && _existing.Metadata.TryGetValue(SourceKey, out string? begun) && begun == source)
        {
            await AskAsync(LearnAsync).ConfigureAwait(false);
            return;
        }

        var options = new PageBlobCreateOptions { Metadata = new Dictionary<string, string> { [SourceKey] = source } };
        await AskAsync(() => _blob.CreateAsync(length, options, operation.CancellationToken)).ConfigureAwait(false);
    }

    public bool Has(PagePiece piece) => _arrived.Contains(piece);

    public async Task CopyAsync(DiskBlob source, PagePiece piece, CancellationToken cancellationToken)
    {
        var range = new HttpRange(piece.Offset, piece.Length);
        await source.AskAsync(async from =>
        {
            try
            {
                return await _blob.UploadPagesFromUriAsync(from.Uri, range, range, cancellationToken: cancellationToken).ConfigureAwait(false);
            }
            catch (RequestFailedException exception) when (exception.ErrorCode != "CannotVerifyCopySource")
            {
                throw BlobFailure.Of(exception, Name, Address!.AbsoluteUri);
            }
        }).ConfigureAwait(false);
    }

    public async Task<byte[]> FinishAsync()
    {
        var end = new BlobDownloadOptions { Range = new HttpRange(_length - VhdFooter.Size, VhdFooter.Size) };
        byte[] footer = await AskAsync(async () =>
            (await _blob.DownloadContentAsync(end, operation.CancellationToken).ConfigureAwait(false)).Value.Content.ToArray()).ConfigureAwait(false);
        await AskAsync(() => _blob.SetMetadataAsync(new Dictionary<string, string>(), cancellationToken: operation.CancellationToken)).ConfigureAwait(false);
        return footer;
    }

    public void Dispose()
    {
    }

    private async Task<BlobProperties?> FindAsync()
    {
        try
        {
            return (await _blob.GetPropertiesAsync(cancellationToken: operation.CancellationToken).ConfigureAwait(false)).Value;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    // A write is whole or not there at all, so a piece is there when all its pages are.
    private async Task<bool> LearnAsync()
    {
        await foreach (PageRangeItem range in _blob.GetAllPageRangesAsync(cancellationToken: operation.CancellationToken).ConfigureAwait(false))
            _arrived.UnionWith(range.IsClear ? [] : PagePiece.Of(range.Range.Offset, range.Range.Length!.Value));
        return true;
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await BlobCall.RunAsync(operation, call).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw BlobFailure.Of(exception, Name, Address!.AbsoluteUri);
        }
    }
}
