using System.Buffers;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Vhds;

/// <summary>Makes a disk of a file: what is empty does not travel, and what an earlier run has brought does not travel again.</summary>
internal sealed class VhdUploading(Operation operation, VhdUpload upload)
{
    private ArrivedRanges _arrived = new();
    private long _sent;
    private long _resumed;

    /// <summary>Sees to the disk; all its bytes are there afterwards.</summary>
    /// <exception cref="ImageCmdletsException">InvalidVhd: the file was changed meanwhile. ConnectionFailed, ServiceUnavailable: run it again.</exception>
    public async Task RunAsync()
    {
        await MakeDiskAsync().ConfigureAwait(false);
        await DiskUpload.RunAsync(operation, upload.DiskId, UploadAsync).ConfigureAwait(false);
    }

    private async Task MakeDiskAsync()
    {
        string id = upload.DiskId.Text;
        ArmAnswer? found = await operation.Arm.FindAsync(id, ArmApiVersions.Disks, operation.CancellationToken).ConfigureAwait(false);
        if (found?.Body.Text("properties", "provisioningState") is null or "Failed")
            found = await DiskWriter.BeginAsync(operation, upload.DiskId, upload.Content).ConfigureAwait(false);
        await operation.Poller.WaitAsync(found, id, null, operation.CancellationToken).ConfigureAwait(false);
    }

    private async Task UploadAsync(DiskBlob target)
    {
        _arrived = await ArrivedRanges.ReadAsync(operation, target).ConfigureAwait(false);
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
            if (_arrived.Has(run))
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
}
