using System.Text;

namespace ImageCmdlets.Sandbox.State;

/// <summary>
/// A file of lines that only grows, or is replaced as a whole while it grows. It is locked against other processes.
/// </summary>
internal sealed class DurableFile : IDisposable
{
    // Little enough that whoever waits for the disk meanwhile does not notice.
    private const long MostUnflushed = 4 * 1024 * 1024;

    // A line that is longer has more for itself.
    private const int MostRead = 1024 * 1024;

    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: false);

    private readonly string _path;
    private readonly object _gate = new();
    private readonly object _flushing = new();
    private FileStream _stream;
    private readonly Queue<byte[]> _unwritten = new();
    private FileStream? _successor;
    private bool _successorIsWhole;
    private long _successorFlushed;
    private long _written;
    private long _durable;
    private bool _disposed;

    /// <summary>Opens the file, made when there is none.</summary>
    public DurableFile(string path)
    {
        _path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _stream = OpenStream(path, FileMode.OpenOrCreate);

        // A process that was killed never came to the end of it.
        File.Delete(SuccessorPath);
    }

    /// <summary>Bytes in the file.</summary>
    public long Length => _stream.Length;

    /// <summary>Whether another file is about to take the place of this one.</summary>
    public bool HasSuccessor => _successor is not null;

    private string SuccessorPath => _path + ".new";

    /// <summary>
    /// The lines that end in a line feed, without it, each with the position after it. A line is there until the next one is asked
    /// for.
    /// </summary>
    public IEnumerable<(ArraySegment<byte> Line, long After)> ReadLines()
    {
        _stream.Position = 0;
        byte[] buffer = new byte[MostRead];
        int kept = 0, count;
        long position = 0;
        // No further than its length, for a device has no end.
        for (long left = _stream.Length; left > 0 && (count = _stream.Read(buffer, kept, Most(left, buffer.Length - kept))) > 0; left -= count)
        {
            int start = 0, end = kept + count;
            for (int i = Array.IndexOf(buffer, (byte)'\n', kept, count); i >= 0; i = Array.IndexOf(buffer, (byte)'\n', start, end - start))
            {
                yield return (new ArraySegment<byte>(buffer, start, i - start), position + i + 1);
                start = i + 1;
            }

            position += start;
            kept = end - start;
            Buffer.BlockCopy(buffer, start, buffer, 0, kept);
            if (kept == buffer.Length) Array.Resize(ref buffer, kept * 2);
        }
    }

    /// <summary>Cuts off what comes after a position; lines are appended from there.</summary>
    public void Truncate(long length)
    {
        _stream.SetLength(length);
        _stream.Position = length;
    }

    /// <summary>
    /// Hands a line to the operating system, where it outlives this process. A successor gets it too. A line that could not be
    /// written is kept, and written before the next.
    /// </summary>
    /// <exception cref="IOException">There is no room, or the disk does not work.</exception>
    public void Append(string line)
    {
        lock (_gate)
        {
            _unwritten.Enqueue(s_encoding.GetBytes(line));
            CatchUp();
        }
    }

    /// <summary>Writes what could not be written before.</summary>
    /// <exception cref="IOException">It still cannot.</exception>
    public void CatchUp()
    {
        lock (_gate)
        {
            while (_unwritten.Count > 0)
            {
                byte[] bytes = _unwritten.Peek();
                Write(bytes);
                _unwritten.Dequeue();
                _written++;
                Continue(bytes);
            }
        }
    }

    /// <summary>
    /// Begins a file that will take the place of this one: <see cref="AppendToSuccessor"/> and <see cref="Append"/> fill it until
    /// <see cref="CompleteSuccessor"/>. Until then, and when it cannot be written, this one stays.
    /// </summary>
    public void BeginSuccessor()
    {
        lock (_gate)
        {
            _successorIsWhole = false;
            _successorFlushed = 0;
            TrySuccessor(() => _successor = OpenStream(SuccessorPath, FileMode.Create));
        }
    }

    /// <summary>Adds a line to the successor alone.</summary>
    public void AppendToSuccessor(string line)
    {
        lock (_gate) Continue(s_encoding.GetBytes(line));
    }

    /// <summary>The successor says all that this file says: the next <see cref="Commit"/> puts it in this file's place.</summary>
    /// <returns>Bytes in the successor; null when it was given up.</returns>
    public long? CompleteSuccessor()
    {
        lock (_gate)
        {
            _successorIsWhole = true;
            return _successor?.Length;
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
            if (_successor is { } successor) Advance(successor);
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
            Abandon();
            try
            {
                CatchUp();
                _stream.Flush(flushToDisk: true);
            }
            finally
            {
                _stream.Dispose();
            }
        }
    }

    // Flushed bit by bit, for at its end a flush of all would keep everybody waiting.
    private void Advance(FileStream successor)
    {
        long length = successor.Length;
        bool whole = _successorIsWhole;
        if (!whole && length - _successorFlushed < MostUnflushed) return;
        TrySuccessor(() =>
        {
            successor.Flush(flushToDisk: true);
            _successorFlushed = length;
            if (whole) Succeed(successor);
        });
    }

    private void Succeed(FileStream successor)
    {
        lock (_gate)
        {
            if (_successor != successor) return;

            // What came since the flush above is little.
            successor.Flush(flushToDisk: true);
            successor.Dispose();
            _successor = null;
            _stream.Dispose();
            try
            {
                File.Replace(SuccessorPath, _path, null);
                _durable = _written;
            }
            finally
            {
                _stream = OpenStream(_path, FileMode.Open);
                _stream.Position = _stream.Length;
            }
        }
    }

    // All of a line or nothing: what is left of one in the middle of the file would make it unreadable.
    private void Write(byte[] bytes)
    {
        long length = _stream.Position;
        try
        {
            _stream.Write(bytes, 0, bytes.Length);
        }
        catch (IOException)
        {
            Truncate(length);
            throw;
        }
        catch (ArgumentOutOfRangeException failure)
        {
            // So .NET calls a file that would be larger than the file system or a limit of the process allows (EFBIG).
            Truncate(length);
            throw new IOException($"The file may not be any larger : '{_path}'", failure);
        }
    }

    private void Continue(byte[] bytes) => TrySuccessor(() => _successor?.Write(bytes, 0, bytes.Length));

    // No room for a second file, or no right to make one: the first goes on.
    private void TrySuccessor(Action step)
    {
        try
        {
            step();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            lock (_gate) Abandon();
        }
    }

    private void Abandon()
    {
        if (_successor is null) return;
        _successor.Dispose();
        _successor = null;
        File.Delete(SuccessorPath);
    }

    private static int Most(long left, int room) => (int)Math.Min(left, room);

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
        PrivateFile.Open(path, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
}
