using System.Security.Cryptography;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>
/// 64 KiB of a page blob or disk: 128 pages, each written or not. A chunk never changes, so that copies share it and hold no
/// bytes of their own.
/// </summary>
internal sealed class PageChunk
{
    public const int PageSize = 512;
    public const int Size = 64 * 1024;
    public const int Pages = Size / PageSize;

    private static readonly byte[] s_nothing = new byte[Size];

    private readonly byte[] _data;
    private readonly bool[] _written;
    private string? _hash;

    private PageChunk(byte[] data, bool[] written)
    {
        _data = data;
        _written = written;
    }

    /// <summary>Nothing written.</summary>
    public static PageChunk Empty { get; } = new(s_nothing, new bool[Pages]);

    /// <summary>Whether no page is written.</summary>
    public bool IsEmpty => !_written.Contains(true);

    /// <summary>SHA-256 of the bytes and of what is written, in lower-case hex.</summary>
    public string Hash => _hash ??= MakeHash();

    /// <summary>Whether the chunk is in a file already.</summary>
    public bool IsSaved { get; set; }

    /// <summary>Whether a page is written.</summary>
    public bool IsWritten(int page) => _written[page];

    /// <summary>A chunk of bytes of which every page that is not all zero counts as written.</summary>
    public static PageChunk Of(byte[] data)
    {
        var written = new bool[Pages];
        for (int page = 0; page < Pages; page++) written[page] = !IsZero(data, page * PageSize, PageSize);
        return new PageChunk(data, written);
    }

    /// <summary>The chunk with bytes written over it; they may begin and end within a page.</summary>
    /// <param name="start">Place in the chunk.</param>
    /// <param name="source">Bytes.</param>
    /// <param name="offset">Where in them to begin.</param>
    /// <param name="count">How many.</param>
    public PageChunk Write(int start, byte[] source, int offset, int count)
    {
        byte[] data = (byte[])_data.Clone();
        bool[] written = (bool[])_written.Clone();
        Buffer.BlockCopy(source, offset, data, start, count);
        for (int page = start / PageSize; page * PageSize < start + count; page++) written[page] = true;
        return new PageChunk(data, written);
    }

    /// <summary>The chunk without some of its pages.</summary>
    public PageChunk Clear(int start, int count)
    {
        byte[] data = (byte[])_data.Clone();
        bool[] written = (bool[])_written.Clone();
        Array.Clear(data, start, count);
        for (int page = start / PageSize; page * PageSize < start + count; page++) written[page] = false;
        return new PageChunk(data, written);
    }

    /// <summary>The chunk with the written pages of another one over it.</summary>
    public PageChunk Under(PageChunk upper)
    {
        byte[] data = (byte[])_data.Clone();
        bool[] written = (bool[])_written.Clone();
        for (int page = 0; page < Pages; page++)
        {
            if (!upper._written[page]) continue;
            Buffer.BlockCopy(upper._data, page * PageSize, data, page * PageSize, PageSize);
            written[page] = true;
        }

        return new PageChunk(data, written);
    }

    /// <summary>Copies bytes out.</summary>
    public void Read(int start, byte[] target, int offset, int count) => Buffer.BlockCopy(_data, start, target, offset, count);

    /// <summary>Whether a page reads the same in another chunk.</summary>
    public bool SamePage(PageChunk other, int page)
    {
        int start = page * PageSize;
        for (int i = start; i < start + PageSize; i++)
        {
            if (_data[i] != other._data[i]) return false;
        }

        return true;
    }

    /// <summary>Bytes for a file: the pages' marks and then the bytes.</summary>
    public byte[] Save() => [.. _written.Select(static w => w ? (byte)1 : (byte)0), .. _data];

    /// <summary>What <see cref="Save"/> wrote.</summary>
    public static PageChunk Load(byte[] saved) =>
        new([.. saved.Skip(Pages)], [.. saved.Take(Pages).Select(static mark => mark != 0)]);

    private string MakeHash()
    {
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(Save()).Select(static b => b.ToString("x2")));
    }

    private static bool IsZero(byte[] data, int start, int count)
    {
        for (int i = start; i < start + count; i++)
        {
            if (data[i] != 0) return false;
        }

        return true;
    }
}
