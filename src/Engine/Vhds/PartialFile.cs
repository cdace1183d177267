using System.Globalization;

namespace ImageCmdlets.Engine.Vhds;

/// <summary>A file that is on its way, beside its final name, with a list of the pieces that have arrived: any later run goes on with it.</summary>
/// <remarks>A piece is listed after it was written, so a process may end at any moment.</remarks>
internal sealed class PartialFile : IDisposable
{
    private const string Header = "imagecmdlets-vhd 1 ";
    private readonly string _path;
    private readonly FileStream _data;
    private readonly StreamWriter _list;
    private readonly HashSet<PagePiece> _arrived;
    private readonly SemaphoreSlim _writing = new(1, 1);

    private PartialFile(string path, FileStream data, StreamWriter list, HashSet<PagePiece> arrived)
    {
        _path = path;
        _data = data;
        _list = list;
        _arrived = arrived;
    }

    /// <summary>Opens what an earlier run left, or begins anew where there is nothing, or something of another source.</summary>
    /// <param name="path">The final name.</param>
    /// <param name="source">What tells the source's bytes from any others.</param>
    /// <param name="length">Of the whole file.</param>
    /// <exception cref="ImageCmdletsException">FileNotWritable.</exception>
    public static PartialFile Open(string path, string source, long length)
    {
        string title = Header + source + " " + length.ToString(CultureInfo.InvariantCulture);
        FileStream? data = null;
        try
        {
            data = new FileStream(DataPath(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.Asynchronous);
            HashSet<PagePiece> arrived = ReadList(ListPath(path), title);
            if (arrived.Count == 0)
                data.SetLength(0);
            data.SetLength(length);
            var list = new StreamWriter(new FileStream(ListPath(path), arrived.Count == 0 ? FileMode.Create : FileMode.Append, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
            if (arrived.Count == 0)
                list.WriteLine(title);
            return new PartialFile(path, data, list, arrived);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            data?.Dispose();
            throw NotWritable(path, exception);
        }
    }

    /// <summary>Whether an earlier run has brought these bytes.</summary>
    public bool Has(PagePiece piece) => _arrived.Contains(piece);

    /// <summary>Keeps bytes that have arrived.</summary>
    /// <exception cref="ImageCmdletsException">FileNotWritable: the disk is full, for one.</exception>
    public async Task WriteAsync(PagePiece piece, byte[] bytes, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _data.Seek(piece.Offset, SeekOrigin.Begin);
            using (var stream = new MemoryStream(bytes))
                await stream.CopyToAsync(_data, bytes.Length, cancellationToken).ConfigureAwait(false);
            await _data.FlushAsync(cancellationToken).ConfigureAwait(false);
            await _list.WriteLineAsync($"{piece.Offset} {piece.Length}").ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(_path, exception);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The last bytes of the file: its footer.</summary>
    public byte[] ReadEnd(int count)
    {
        var bytes = new byte[count];
        _data.Seek(-count, SeekOrigin.End);
        for (int read = 0; read < count;)
        {
            int more = _data.Read(bytes, read, count - read);
            read += more > 0 ? more : throw new EndOfStreamException();
        }

        return bytes;
    }

    /// <summary>Gives the file its name, once all of it is there and on the disk.</summary>
    /// <exception cref="ImageCmdletsException">FileNotWritable.</exception>
    public void Finish()
    {
        try
        {
            _data.Flush(flushToDisk: true);
            Dispose();
            File.Delete(_path);
            File.Move(DataPath(_path), _path);
            File.Delete(ListPath(_path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(_path, exception);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _data.Dispose();
        _list.Dispose();
        _writing.Dispose();
    }

    private static string DataPath(string path) => path + ".partial";

    private static string ListPath(string path) => path + ".partial.list";

    // A line that was cut off by a crash is no piece.
    private static HashSet<PagePiece> ReadList(string path, string title)
    {
        if (!File.Exists(path))
            return [];

        string text = File.ReadAllText(path);
        string[] lines = text.Split('\n');
        if (lines[0].TrimEnd('\r') != title)
            return [];

        return [.. lines.Skip(1).Take(lines.Length - 2).Select(Piece).OfType<PagePiece>()];
    }

    private static PagePiece? Piece(string line)
    {
        string[] parts = line.TrimEnd('\r').Split(' ');
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long offset)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            ? new PagePiece(offset, length)
            : null;
    }

    private static ImageCmdletsException NotWritable(string path, Exception exception) =>
        new(ErrorIds.FileNotWritable, $"'{path}' cannot be written: {exception.Message}", path, innerException: exception);
}
