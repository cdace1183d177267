using Azure;
using Azure.Storage.Blobs.Models;

namespace ImageCmdlets.Engine.Vhds;

/// <summary>A VHD file on this machine.</summary>
/// <param name="path">The file's full path.</param>
internal sealed class FileTarget(string path) : IVhdTarget
{
    private PartialFile? _file;

    public string? FilePath => path;

    public Uri? Address => null;

    private PartialFile Opened => _file ?? throw new InvalidOperationException("The file was not opened.");

    public Task RequireFreeAsync(bool force)
    {
        if (!force && File.Exists(path))
            throw new ImageCmdletsException(ErrorIds.FileAlreadyExists, $"There is a file '{path}' already.", path);
        if (Directory.Exists(path))
            throw new ImageCmdletsException(ErrorIds.FileNotWritable, $"'{path}' is a folder.", path, "Pass the path of a file.");
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
            throw new ImageCmdletsException(ErrorIds.FileNotWritable, $"There is no folder '{folder}'.", path);
        return Task.CompletedTask;
    }

    public Task OpenAsync(string source, long length, long dataLength)
    {
        _file = PartialFile.Open(path, source, length);
        return Task.CompletedTask;
    }

    public bool Has(PagePiece piece) => Opened.Has(piece);

    // A piece is in memory whole before any of it is written, so the checksum that came with it is known to be right.
    public async Task CopyAsync(DiskBlob source, PagePiece piece, CancellationToken cancellationToken)
    {
        var range = new BlobDownloadOptions { Range = new HttpRange(piece.Offset, piece.Length) };
        byte[] bytes = await source.AskAsync(async blob =>
            (await blob.DownloadContentAsync(range, cancellationToken).ConfigureAwait(false)).Value.Content.ToArray()).ConfigureAwait(false);
        if (bytes.Length != piece.Length)
            throw new ImageCmdletsException(ErrorIds.InvalidResponse, $"Of {piece.Length} bytes of {source.Name} {bytes.Length} came.", path);
        await Opened.WriteAsync(piece, bytes, cancellationToken).ConfigureAwait(false);
    }

    public Task<byte[]> FinishAsync()
    {
        byte[] footer = Opened.ReadEnd(VhdFooter.Size);
        Opened.Finish();
        return Task.FromResult(footer);
    }

    public void Dispose() => _file?.Dispose();
}
