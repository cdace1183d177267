using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>Bytes that were written, chunk by chunk.</summary>
internal sealed class PageMap : PageContent
{
    private readonly SortedDictionary<long, PageChunk> _chunks;
    private long _length;

    public PageMap(long length)
        : this(length, [])
    {
    }

    private PageMap(long length, SortedDictionary<long, PageChunk> chunks)
    {
        _length = length;
        _chunks = chunks;
    }

    /// <summary>Told the number of each chunk that changes.</summary>
    public Action<long>? Changed { get; set; }

    /// <inheritdoc />
    public override long Length => _length;

    /// <inheritdoc />
    public override IEnumerable<long> Chunks => _chunks.Keys;

    /// <summary>Bytes that the written chunks take up.</summary>
    public long StoredBytes => (long)_chunks.Count * PageChunk.Size;

    /// <summary>The same content in a map of its own; the chunks are shared.</summary>
    public static PageMap Copy(PageContent source)
    {
        var copy = new PageMap(source.Length);
        foreach (long number in source.Chunks) copy.Set(number, source.Chunk(number));
        return copy;
    }

    /// <inheritdoc />
    public override PageChunk Chunk(long number) => _chunks.TryGetValue(number, out PageChunk? chunk) ? chunk : PageChunk.Empty;

    /// <summary>Writes bytes.</summary>
    public void Write(long start, byte[] bytes)
    {
        for (int done = 0; done < bytes.Length;)
        {
            int within = (int)((start + done) % PageChunk.Size);
            int length = Math.Min(PageChunk.Size - within, bytes.Length - done);
            long number = (start + done) / PageChunk.Size;
            Set(number, Chunk(number).Write(within, bytes, done, length));
            done += length;
        }
    }

    /// <summary>Clears pages.</summary>
    public void Clear(long start, long count)
    {
        foreach (long number in Chunks.Where(n => (n + 1) * PageChunk.Size > start && n * PageChunk.Size < start + count).ToArray())
        {
            long first = number * PageChunk.Size;
            int from = (int)Math.Max(0, start - first), to = (int)Math.Min(PageChunk.Size, start + count - first);
            Set(number, Chunk(number).Clear(from, to - from));
        }
    }

    /// <summary>Makes the content longer or shorter; what is cut off is gone.</summary>
    public void Resize(long length)
    {
        if (length < _length) Clear(length, _length - length);
        _length = length;
    }

    /// <summary>Length and the hashes of the chunks; the chunks themselves are kept apart.</summary>
    public JsonObject Save() => new()
    {
        ["length"] = _length,
        ["chunks"] = new JsonObject(_chunks.Select(static pair =>
            new KeyValuePair<string, JsonNode?>(pair.Key.ToString(System.Globalization.CultureInfo.InvariantCulture), pair.Value.Hash))),
    };

    /// <summary>What <see cref="Save"/> wrote.</summary>
    public static PageMap Load(JsonObject saved, Func<string, PageChunk> chunk)
    {
        var map = new PageMap(saved["length"]!.GetValue<long>());
        foreach (KeyValuePair<string, JsonNode?> pair in saved["chunks"]!.AsObject())
            map.Set(long.Parse(pair.Key, System.Globalization.CultureInfo.InvariantCulture), chunk(pair.Value!.GetValue<string>()));
        return map;
    }

    /// <summary>Puts a chunk of a file into its place.</summary>
    public void Restore(long number, PageChunk chunk) => Set(number, chunk);

    /// <summary>The same chunks with the length of a file's record.</summary>
    public PageMap Resized(JsonObject saved) => new(saved["length"]!.GetValue<long>(), _chunks);

    private void Set(long number, PageChunk chunk)
    {
        Changed?.Invoke(number);
        if (chunk.IsEmpty)
            _chunks.Remove(number);
        else
            _chunks[number] = chunk;
    }
}
