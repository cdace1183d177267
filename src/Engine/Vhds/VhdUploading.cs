using System.Buffers;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Vhds;

/// <summary>Makes a disk of a file: what is empty does not travel, and what an earlier run has brought does not travel again.</summary>
/// <remarks>Source: "Upload a VHD to Azure" of Microsoft's documentation: a disk with <c>createOption</c> Upload, Put Page, and the end of
/// the access as the end of the upload, at which Azure looks at the footer.</remarks>
internal sealed class VhdUploading(Operation operation, VhdUpload upload)
{
    // Only this process knows the signature; where it is killed, it lives for that long.
    private static readonly TimeSpan s_access = TimeSpan.FromMinutes(30);
    private const int MostWaits = 20;
    private readonly List<(long Begin, long End)> _arrived = [];
    private long _sent;
    private long _resumed;

    /// <summary>Sees to the disk; all its bytes are there afterwards.</summary>
    /// <exception cref="ImageCmdletsException">InvalidVhd: the file was changed meanwhile. ConnectionFailed, ServiceUnavailable: run it again.</exception>
    public async Task RunAsync()
    {
        await MakeDiskAsync().ConfigureAwait(false);

        // What an earlier run asked for last may still be going on, and may have been the end of its upload.
        for (int waits = 0; await IsMissingBytesAsync().ConfigureAwait(false); waits++)
        {
            try
            {
                await DiskBlob.UseAsync(operation, upload.DiskId, "Write", s_access, UploadAsync).ConfigureAwait(false);
                return;
            }
            catch (ImageCmdletsException exception) when (DiskAccess.IsBehindAnother(exception) && waits < MostWaits)
            {
                await operation.Clock.DelayAsync(DiskAccess.Turn, operation.CancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task MakeDiskAsync()
    {
        string id = upload.DiskId.Text;
        ArmAnswer? found = await operation.Arm.FindAsync(id, ArmApiVersions.Disks, operation.CancellationToken).ConfigureAwait(false);
        if (found?.Body.Text("properties", "provisioningState") is null or "Failed")
            found = await DiskWriter.BeginAsync(operation, upload.DiskId, upload.Content).ConfigureAwait(false);
        await operation.Poller.WaitAsync(found, id, null, operation.CancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> IsMissingBytesAsync() =>
        (await DiskReader.ReadAsync(operation, upload.DiskId.Text).ConfigureAwait(false)).DiskState is "ReadyToUpload" or "ActiveUpload";

    private async Task UploadAsync(DiskBlob target)
    {
        await LearnAsync(target).ConfigureAwait(false);
        long dataEnd = upload.File.Length - VhdFooter.Size;
        PagePiece[] pieces = [.. PagePiece.Of(0, dataEnd)];
        using var progress = new TransferProgress(operation, upload.DiskId.Text, $"Uploading {Path.GetFileName(upload.File.FilePath)}", upload.File.Length, 0);
        await operation.ForEachAsync(pieces, (piece, branch) => PutAsync(target, piece, progress, branch.CancellationToken)).ConfigureAwait(false);

        // Last of all, so that what has a footer is whole.
        upload.File.RequireUnchanged();
        await PutAsync(target, new PagePiece(dataEnd, VhdFooter.Size), progress, operation.CancellationToken).ConfigureAwait(false);
        operation.Verbose($"Of {upload.File.Length} bytes of '{upload.File.FilePath}' {_sent} travelled; {_resumed} had arrived before, and the others are empty.");
    }

    private async Task PutAsync(DiskBlob target, PagePiece piece, TransferProgress progress, CancellationToken cancellationToken)
    {
        // Of a file of many GiB nearly all is read to find that it is empty.
        byte[] bytes = ArrayPool<byte>.Shared.Rent(piece.Length);
        try
        {
            await upload.File.ReadAsync(piece, bytes, cancellationToken).ConfigureAwait(false);
            await PutRunsAsync(target, piece, bytes, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        progress.Add(piece.Length);
    }

    private async Task PutRunsAsync(DiskBlob target, PagePiece piece, byte[] bytes, CancellationToken cancellationToken)
    {
        foreach (PagePiece run in DataRuns.Of(bytes.AsSpan(0, piece.Length), piece.Offset))
        {
            if (HasArrived(run))
            {
                Interlocked.Add(ref _resumed, run.Length);
                continue;
            }

            await target.AskAsync(async blob =>
            {
                using var body = new MemoryStream(bytes, (int)(run.Offset - piece.Offset), run.Length, writable: false);
                return await blob.UploadPagesAsync(body, run.Offset, cancellationToken: cancellationToken).ConfigureAwait(false);
            }).ConfigureAwait(false);
            Interlocked.Add(ref _sent, run.Length);
        }
    }

    // A write is whole or not there at all, so a run is there when all its pages are. Where nobody may look, all is sent again.
    private async Task LearnAsync(DiskBlob target)
    {
        try
        {
            _arrived.AddRange(await target.AskAsync(RangesAsync).ConfigureAwait(false));
        }
        catch (ImageCmdletsException exception) when (exception.ErrorId == ErrorIds.AuthorizationFailed)
        {
            operation.Verbose($"Nothing tells what an earlier run has brought of '{upload.DiskId.Name}', so all of it is sent: {exception.Message}");
        }
    }

    private async Task<IReadOnlyList<(long Begin, long End)>> RangesAsync(PageBlobClient blob)
    {
        var ranges = new List<(long Begin, long End)>();
        await foreach (PageRangeItem range in blob.GetAllPageRangesAsync(cancellationToken: operation.CancellationToken).ConfigureAwait(false))
        {
            if (!range.IsClear)
                ranges.Add((range.Range.Offset, range.Range.Offset + range.Range.Length!.Value));
        }

        return ranges;
    }

    private bool HasArrived(PagePiece run) => _arrived.Exists(range => range.Begin <= run.Offset && run.Offset + run.Length <= range.End);
}
