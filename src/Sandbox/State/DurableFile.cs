using System.Text;

namespace ImageCmdlets.Sandbox.State;

/// <summary>A file of lines that only grows, or is replaced as a whole. It is locked against other processes.</summary>
internal sealed class DurableFile : IDisposable
{
    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: false);

    private readonly string _path;
    private readonly object _gate = new();
    private readonly object _flushing = new();
    private FileStream _stream;
    private long _written;
    private long _durable;
    private bool _disposed;

    /// <summary>Opens the file, made when there is none.</summary>
    public DurableFile(string path)
    {
        _path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _stream = OpenStream(path, FileMode.OpenOrCreate);
    }

    /// <summary>Bytes in the file.</summary>
    public long Length => _stream.Length;

    /// <summary>The lines that end in a line feed, each with the position after it.</summary>
    public IEnumerable<(string Text, long After)> ReadLines()
    {
        _stream.Position = 0;
        using var line = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        long position = 0;
        int count;
        while ((count = _stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            int start = 0;
            for (int i = Array.IndexOf(buffer, (byte)'\n', 0, count); i >= 0; i = Array.IndexOf(buffer, (byte)'\n', start, count - start))
            {
                line.Write(buffer, start, i - start);
                yield return (s_encoding.GetString(line.ToArray()), position + i + 1);
                line.SetLength(0);
                start = i + 1;
            }

            line.Write(buffer, start, count - start);
            position += count;
        }
    }

    /// <summary>Cuts off what comes after a position; lines are appended from there.</summary>
    public void Truncate(long length)
    {
        _stream.SetLength(length);
        _stream.Position = length;
    }

    /// <summary>Hands a line to the operating system, where it outlives this process.</summary>
    public void Append(string line)
    {
        byte[] bytes = s_encoding.GetBytes(line);
        lock (_gate)
        {
            _stream.Write(bytes, 0, bytes.Length);
            _written++;
        }
    }

    /// <summary>Waits until the disk has every line that was appended before the call; one wait serves all who came meanwhile.</summary>
    public void Commit()
    {
        if (IsDurable(out _)) return;
        lock (_flushing)
        {
            if (IsDurable(out long written)) return;
            _stream.Flush(flushToDisk: true);
            lock (_gate) _durable = Math.Max(_durable, written);
        }
    }

    /// <summary>Puts other lines in the place of all, so that a crash leaves the old or the new ones.</summary>
    public void Replace(IEnumerable<string> lines)
    {
        string fresh = _path + ".new";
        using (FileStream stream = OpenStream(fresh, FileMode.Create))
        {
            foreach (string line in lines)
            {
                byte[] bytes = s_encoding.GetBytes(line);
                stream.Write(bytes, 0, bytes.Length);
            }

            stream.Flush(flushToDisk: true);
        }

        lock (_flushing)
        lock (_gate)
        {
            _stream.Dispose();
            File.Replace(fresh, _path, null);
            _stream = OpenStream(_path, FileMode.Open);
            _stream.Position = _stream.Length;
            _durable = _written;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_flushing)
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            _stream.Flush(flushToDisk: true);
            _stream.Dispose();
        }
    }

    private bool IsDurable(out long written)
    {
        lock (_gate)
        {
            written = _written;
            return _disposed || _durable == _written;
        }
    }

    // Without a buffer a write goes to the operating system at once, and a flush may run beside it.
    private static FileStream OpenStream(string path, FileMode mode) =>
        new(path, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
}
