using System.Globalization;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>A blob with its properties.</summary>
internal sealed class BlobItem(string type, PageContent content)
{
    private PageContent _content = content;
    private Action<long>? _changed;

    public const string PageBlob = "PageBlob";
    public const string BlockBlob = "BlockBlob";

    public string Type { get; } = type;

    /// <summary>Its bytes; those of a disk cannot be changed through it.</summary>
    public PageContent Content
    {
        get => _content;
        set
        {
            PageContent former = _content;
            _content = value;
            if (_changed is not { } changed) return;
            Watch(changed);
            foreach (long chunk in former.Chunks.Concat(value.Chunks)) changed(chunk);
        }
    }

    /// <summary>Its bytes, to be written.</summary>
    public PageMap Map => (PageMap)Content;

    /// <summary>With its quotes.</summary>
    public string ETag { get; set; } = string.Empty;

    public DateTimeOffset LastModified { get; set; }

    public DateTimeOffset Created { get; init; }

    public long SequenceNumber { get; set; }

    /// <summary>Headers such as <c>Content-Type</c> that come back as they were set.</summary>
    public SortedDictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Without the prefix <c>x-ms-meta-</c>.</summary>
    public SortedDictionary<string, string> Metadata { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Blocks that no list has taken up yet, by their ids.</summary>
    public SortedDictionary<string, byte[]> Blocks { get; } = new(StringComparer.Ordinal);

    /// <summary>The last copy into this blob; null when it was written.</summary>
    public BlobCopy? Copy { get; set; }

    public BlobLease Lease { get; set; } = new();

    /// <summary>Tells somebody the number of each chunk that changes, from here on.</summary>
    public void Watch(Action<long> changed)
    {
        _changed = changed;
        if (_content is PageMap map) map.Changed = changed;
    }

    /// <summary>The properties; the chunks are kept apart.</summary>
    public JsonObject Save() => new()
    {
        ["type"] = Type,
        ["length"] = Map.Length,
        ["etag"] = ETag,
        ["modified"] = ArmTime.Format(LastModified),
        ["created"] = ArmTime.Format(Created),
        ["sequence"] = SequenceNumber,
        ["headers"] = Save(Headers),
        ["metadata"] = Save(Metadata),
        ["blocks"] = new JsonArray([.. Blocks.Select(static b =>
            (JsonNode)new JsonObject { ["id"] = b.Key, ["data"] = Convert.ToBase64String(b.Value) })]),
        ["copy"] = Copy?.Save(),
        ["lease"] = Lease.Save(),
    };

    /// <summary>A blob of its record.</summary>
    /// <param name="saved">The record.</param>
    /// <param name="present">The chunks that are there already.</param>
    /// <param name="chunk">Reads a chunk by its hash.</param>
    public static BlobItem Load(JsonObject saved, PageMap? present, Func<string, PageChunk> chunk)
    {
        var item = new BlobItem(saved.Text("type")!, present?.Resized(saved) ?? new PageMap(saved.Number("length")!.Value))
        {
            ETag = saved.Text("etag")!,
            LastModified = Time(saved, "modified"),
            Created = Time(saved, "created"),
            SequenceNumber = saved.Number("sequence")!.Value,
            Copy = saved.Object("copy") is { } copy ? BlobCopy.Load(copy, chunk) : null,
            Lease = BlobLease.Load(saved.Object("lease")!),
        };
        Load(item.Headers, saved.Object("headers")!);
        Load(item.Metadata, saved.Object("metadata")!);
        foreach (JsonObject block in saved.Items("blocks")) item.Blocks[block.Text("id")!] = Convert.FromBase64String(block.Text("data")!);
        return item;
    }

    private static JsonObject Save(SortedDictionary<string, string> pairs) =>
        new(pairs.Select(static pair => new KeyValuePair<string, JsonNode?>(pair.Key, pair.Value)));

    private static void Load(SortedDictionary<string, string> pairs, JsonObject saved)
    {
        foreach (KeyValuePair<string, JsonNode?> pair in saved) pairs[pair.Key] = pair.Value!.GetValue<string>();
    }

    private static DateTimeOffset Time(JsonObject saved, string name) =>
        DateTimeOffset.Parse(saved.Text(name)!, CultureInfo.InvariantCulture);
}
