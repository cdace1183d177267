using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Vhds;

/// <summary>The page blob that a disk or snapshot is while access is granted. Renews a signature that ended, and revokes it at the end.</summary>
internal sealed class DiskBlob : IDisposable
{
    // Somebody else who exports the same snapshot revokes our access with his. What is refused again and again has another reason.
    private const int MostFruitlessRenewals = 5;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(0.5);

    private readonly Operation _operation;
    private readonly DiskAccess _access;
    private readonly SemaphoreSlim _renewing = new(1, 1);
    private readonly string _target;
    private readonly bool _isRead;
    private int _fruitless;

    private DiskBlob(Operation operation, ResourceId id, DiskAccess access, bool isRead)
    {
        _operation = operation;
        _access = access;
        _isRead = isRead;
        _target = id.Text;
        Name = $"the {(id.Is(ResourceTypes.Snapshot) ? "snapshot" : "disk")} '{id.Name}'";
    }

    /// <summary>For messages.</summary>
    public string Name { get; }

    /// <summary>The client of the address that holds now.</summary>
    public PageBlobClient Client { get; private set; } = null!;

    /// <summary>Grants access and does something with it. Access for reading is revoked in any case; Azure takes the end of access for
    /// writing for the end of the upload, so that of one that did not end is left to end by itself.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="id">A disk or snapshot.</param>
    /// <param name="mode"><c>Read</c> or <c>Write</c>.</param>
    /// <param name="duration">How long one signature lives at most.</param>
    /// <param name="work">What is done.</param>
    public static async Task UseAsync(Operation operation, ResourceId id, string mode, TimeSpan duration, Func<DiskBlob, Task> work)
    {
        var access = new DiskAccess(operation, id, mode, duration);
        using var blob = new DiskBlob(operation, id, access, mode == "Read");
        bool isDone = false;
        try
        {
            blob.Client = BlobClientFactory.Create(operation.Session, await access.GrantAsync().ConfigureAwait(false));
            await work(blob).ConfigureAwait(false);
            isDone = true;
        }
        finally
        {
            if (isDone || blob._isRead)
                await blob.RevokeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Asks the storage service, once more with a new signature where the old one had ended.</summary>
    /// <exception cref="ImageCmdletsException">What <see cref="BlobFailure"/> makes of a failure.</exception>
    public async Task<T> AskAsync<T>(Func<PageBlobClient, Task<T>> call)
    {
        while (true)
        {
            PageBlobClient client = Client;
            try
            {
                T answer = await BlobCall.RunAsync(_operation, () => call(client)).ConfigureAwait(false);
                _fruitless = 0;
                return answer;
            }
            catch (RequestFailedException exception) when (BlobFailure.IsOfSignature(exception) && _fruitless < MostFruitlessRenewals)
            {
                await RenewAsync(client).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                throw BlobFailure.Of(exception, Name, _target);
            }
        }
    }

    /// <summary>Has the storage service bring bytes of another disk here, at the same place. None comes to this machine.</summary>
    /// <remarks>Source: <c>Put Page From URL</c>.</remarks>
    /// <param name="source">Where they are.</param>
    /// <param name="piece">Which.</param>
    /// <param name="hash">The MD5 that the service holds what it reads against; null: nobody knows it.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <exception cref="ImageCmdletsException">What <see cref="BlobFailure"/> makes of a failure.</exception>
    public async Task CopyFromAsync(DiskBlob source, PagePiece piece, byte[]? hash, CancellationToken cancellationToken)
    {
        var range = new HttpRange(piece.Offset, piece.Length);
        var options = new PageBlobUploadPagesFromUriOptions { SourceContentHash = hash };
        while (true)
        {
            PageBlobClient to = Client, from = source.Client;
            try
            {
                await BlobCall.RunAsync(_operation, () => to.UploadPagesFromUriAsync(from.Uri, range, range, options, cancellationToken)).ConfigureAwait(false);
                _fruitless = source._fruitless = 0;
                return;
            }
            catch (RequestFailedException exception) when (BlobFailure.IsOfSignature(exception) && (BlobFailure.IsOfSource(exception) ? source : this) is { _fruitless: < MostFruitlessRenewals } refused)
            {
                await refused.RenewAsync(refused == this ? to : from).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                DiskBlob failed = exception is RequestFailedException refusal && BlobFailure.IsOfSource(refusal) ? source : this;
                throw BlobFailure.Of(exception, failed.Name, failed._target);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => _renewing.Dispose();

    private async Task RenewAsync(PageBlobClient ended)
    {
        // Whoever waits for another branch must let virtual time pass, for which that one may be waiting.
        while (!await _renewing.WaitAsync(0, _operation.CancellationToken).ConfigureAwait(false))
            await _operation.Clock.DelayAsync(s_pause, _operation.CancellationToken).ConfigureAwait(false);
        try
        {
            if (Client != ended)
                return;

            // Whoever takes it away again and again is to come to its end first.
            if (_fruitless > 0)
                await _operation.Clock.DelayAsync(TimeSpan.FromSeconds(2 * _fruitless), _operation.CancellationToken).ConfigureAwait(false);
            _fruitless++;
            _operation.Verbose($"Access to {Name} has ended, and is asked for again.");
            Client = BlobClientFactory.Create(_operation.Session, await _access.GrantAsync().ConfigureAwait(false));
        }
        finally
        {
            _renewing.Release();
        }
    }

    // What was read is read, and what went wrong before is what the user must read; an access that stays open ends by itself.
    private async Task RevokeAsync()
    {
        try
        {
            await _access.RevokeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (_isRead && exception is ImageCmdletsException or OperationCanceledException)
        {
            _operation.Warning($"Access to {Name} could not be revoked, and ends by itself: {exception.Message} To end it now: az snapshot revoke-access, or Revoke-AzSnapshotAccess.");
        }
    }
}
