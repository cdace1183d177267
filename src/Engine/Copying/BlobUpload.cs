using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Vhds;

namespace ImageCmdlets.Engine.Copying;

/// <summary>Makes one disk in a target region and has the pages of a source brought to it. What an earlier run has brought does not travel again.</summary>
/// <param name="operation">A branch with the target's session.</param>
/// <param name="source">What is copied.</param>
/// <param name="region">The copy.</param>
/// <param name="disk">Which disk of the image.</param>
/// <param name="id">The disk to make.</param>
internal sealed class BlobUpload(Operation operation, CopySource source, CopyRegion region, CopyDisk disk, ResourceId id)
{
    // Of one disk; disks and regions are side by side too.
    private const int MostAtOnce = 16;
    private readonly CopyTemporaries _temporaries = new(operation, source.Image, begun: region.Begun);

    /// <exception cref="ImageCmdletsException">What keeps the disk from being made.</exception>
    public async Task RunAsync(BlobPages pages, BlobTransferSum sum)
    {
        if (await DiskReader.FindAsync(operation, id).ConfigureAwait(false) is { IsUsable: false } left && DiskUpload.IsOpen(left))
            await CloseAsync(pages).ConfigureAwait(false);
        await _temporaries.WaitAsync(await _temporaries.BeginUploadAsync(id, disk, source.Route.StepOf(disk.Step), pages.Length, region).ConfigureAwait(false), id).ConfigureAwait(false);
        ImageCmdletsException? failure = null;
        await DiskUpload.RunAsync(operation, id, async target =>
        {
            try
            {
                await BringAsync(pages, target, sum).ConfigureAwait(false);
            }
            catch (ImageCmdletsException exception) when (region.Begun.ContainsKey(id) && !DiskAccess.IsBehindAnother(exception) && !operation.CancellationToken.IsCancellationRequested)
            {
                // Another run has ended it: then all of it is there.
                if (!await DiskUpload.IsOpenAsync(operation, id).ConfigureAwait(false))
                    return;

                failure = exception;
                await AbandonAsync(pages, target, exception).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        if (failure is not null)
            throw failure;

        sum.Add(operation, disk, 1, 0);
    }

    private async Task BringAsync(BlobPages pages, DiskBlob target, BlobTransferSum sum)
    {
        ArrivedRanges arrived = await ArrivedRanges.ReadAsync(operation, target).ConfigureAwait(false);
        PagePiece[] missing = [.. pages.Piece.Where(piece => !arrived.Has(piece))];
        long there = pages.DataLength - missing.Sum(static piece => (long)piece.Length), resumed = there;
        await operation.ForEachAsync(missing, async (piece, branch) =>
        {
            await target.CopyFromAsync(pages.Blob, piece, hash: null, branch.CancellationToken).ConfigureAwait(false);
            sum.Add(branch, disk, (double)Interlocked.Add(ref there, piece.Length) / pages.Length, piece.Length);
        }, MostAtOnce).ConfigureAwait(false);
        await RequireAllAsync(pages, target).ConfigureAwait(false);

        // Last of all, so that what has a footer is whole.
        await target.CopyFromAsync(pages.Blob, pages.FooterPiece, pages.FooterHash, operation.CancellationToken).ConfigureAwait(false);
        sum.Add(operation, disk, 1, VhdFooter.Size);
        operation.Verbose($"Of {pages.Length} bytes of {pages.Blob.Name} {there - resumed + VhdFooter.Size} travelled to '{id.Name}'; {resumed} had arrived before, and the others are empty.");
    }

    private async Task RequireAllAsync(BlobPages pages, DiskBlob target)
    {
        ArrivedRanges arrived = await ArrivedRanges.ReadAsync(operation, target).ConfigureAwait(false);
        if (arrived.IsKnown && pages.Piece.FirstOrDefault(piece => !arrived.Has(piece)) is { Length: > 0 } lacking)
            throw new ImageCmdletsException(ErrorIds.InvalidResponse, $"The storage service said that all pages of '{id.Name}' are there, and those at {lacking.Offset} are not.", id.Text);
    }

    // Azure removes no disk that somebody may write to, and ends an upload only where a footer is. So it gets one; before that, it is marked as
    // what it is, because nothing else tells it from a whole one.
    private async Task AbandonAsync(BlobPages pages, DiskBlob target, ImageCmdletsException failure)
    {
        try
        {
            await ResourceTags.MergeAsync(operation, id.Text, [new(OperationTags.AbandonedTag, "true")]).ConfigureAwait(false);
            await WriteFooterAsync(pages, target).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception)
        {
            operation.Verbose($"The upload of '{id.Name}' could not be given up: {exception.Message}");
            throw failure;
        }
    }

    // Killed while it gave the upload up.
    private async Task CloseAsync(BlobPages pages)
    {
        DiskFacts? left = await DiskReader.FindAsync(operation, id).ConfigureAwait(false);
        if (left is not null && CopyTemporaries.AreMadeFor(left.Tag, source.Image))
            await DiskUpload.RunAsync(operation, id, target => WriteFooterAsync(pages, target)).ConfigureAwait(false);
    }

    private async Task WriteFooterAsync(BlobPages pages, DiskBlob target) => await target.AskAsync(async blob =>
    {
        using var body = new MemoryStream(pages.Footer, writable: false);
        return await blob.UploadPagesAsync(body, pages.FooterPiece.Offset, cancellationToken: operation.CancellationToken).ConfigureAwait(false);
    }).ConfigureAwait(false);
}
