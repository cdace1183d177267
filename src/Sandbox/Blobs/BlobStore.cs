using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.State;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>All blobs, and the written pages of disks. Equal chunks are kept once as far as they are copies.</summary>
/// <remarks>
/// In the state file a blob's properties are one record and each of its chunks is another, that names its bytes by their hash; the
/// bytes are in files beside it. So a write of pages costs as much as the pages, however long the blob is.
/// </remarks>
internal sealed class BlobStore(SandboxWorld world) : IStatePart
{
    private const int TidyAfter = 64;

    private readonly SortedDictionary<string, BlobItem> _blobs = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, PageMap> _disks = new(StringComparer.Ordinal);
    private readonly PageFiles? _files = world.Options.StatePath is { } path ? new PageFiles(path) : null;
    private int _requests;

    /// <inheritdoc />
    public string Name => "blobs";

    /// <inheritdoc />
    /// <remarks>A chunk belongs to the blob or disk of another record.</remarks>
    public bool RecordsStandAlone => false;

    /// <inheritdoc />
    public ChangedKeys Changed { get; } = new();

    /// <inheritdoc />
    public IEnumerable<string> Keys =>
    [
        .. _blobs.SelectMany(static pair => BlobKeys.All(BlobKeys.Blob, pair.Key, pair.Value.Map)),
        .. _disks.SelectMany(static pair => BlobKeys.All(BlobKeys.Disk, pair.Key, pair.Value)),
    ];

    /// <summary>Every blob.</summary>
    public IEnumerable<BlobItem> All => HandOut(string.Empty).Select(static pair => pair.Value);

    public BlobItem? Find(string account, string container, string blob)
    {
        string name = Join(account, container, blob);
        if (!_blobs.TryGetValue(name, out BlobItem? item)) return null;
        Note(BlobKeys.Blob, name, (long?)null);
        return item;
    }

    public void Put(string account, string container, string blob, BlobItem item)
    {
        string name = Join(account, container, blob);
        Remove(name);
        Add(name, item);
    }

    public bool Remove(string account, string container, string blob) => Remove(Join(account, container, blob));

    /// <summary>Names and blobs of a container, in the order of their names.</summary>
    public IEnumerable<KeyValuePair<string, BlobItem>> In(string account, string container)
    {
        string prefix = Join(account, container, string.Empty);
        return HandOut(prefix).Select(pair => new KeyValuePair<string, BlobItem>(pair.Key.Substring(prefix.Length), pair.Value));
    }

    public void RemoveContainer(string account, string container) => RemoveBelow(Join(account, container, string.Empty));

    public void RemoveAccount(string account) => RemoveBelow($"{account}/");

    /// <summary>Written pages of a disk; null when there are none.</summary>
    public PageMap? Disk(string key) => _disks.TryGetValue(key, out PageMap? map) ? map : null;

    /// <summary>Keeps written pages under a new key.</summary>
    public string KeepDisk(PageMap map, string purpose)
    {
        string key = world.Ids.NextGuid($"pages|{purpose}");
        Keep(key, map);
        return key;
    }

    /// <summary>
    /// Now and then drops the pages of disks that are gone; the more resources there are to look through, the rarer. Between
    /// requests only: a request names its pages at its end.
    /// </summary>
    public void Tidy()
    {
        if (++_requests < Math.Max(TidyAfter, world.Store.Count)) return;
        _requests = 0;
        Collect();
    }

    public void Clear()
    {
        foreach (KeyValuePair<string, BlobItem> blob in _blobs) Note(BlobKeys.Blob, blob.Key, blob.Value.Map);
        foreach (KeyValuePair<string, PageMap> disk in _disks) Note(BlobKeys.Disk, disk.Key, disk.Value);
        _blobs.Clear();
        _disks.Clear();
    }

    /// <summary>Everything, the bytes by their hashes; null when there is nothing.</summary>
    public JsonArray? Save()
    {
        Collect();
        if (_blobs.Count + _disks.Count == 0) return null;
        return new JsonArray([.. Keys.Select(key => (JsonNode)new JsonObject { ["key"] = key, ["record"] = Show(key) })]);
    }

    /// <inheritdoc />
    public JsonNode? Record(string key)
    {
        if (_files is not null) Write(_files, key);
        return Show(key);
    }

    /// <inheritdoc />
    public void Restore(string key, byte[]? text)
    {
        JsonNode? record = text is null ? null : JsonText.ParseOwn(text);
        (char kind, string name, long? chunk) = BlobKeys.Parse(key);
        if (chunk is { } number)
            Map(kind, name)?.Restore(number, record is null ? PageChunk.Empty : _files!.Load(record.GetValue<string>()));
        else if (record is not JsonObject saved)
            _ = kind == BlobKeys.Blob ? _blobs.Remove(name) : _disks.Remove(name);
        else if (kind == BlobKeys.Disk)
            Keep(name, Map(kind, name)?.Resized(saved) ?? new PageMap(saved.Number("length")!.Value));
        else
            Add(name, BlobItem.Load(saved, Map(kind, name), hash => _files!.Load(hash)));
    }

    private static string Join(string account, string container, string blob) => $"{account}/{container}/{blob}";

    private JsonNode? Show(string key)
    {
        (char kind, string name, long? chunk) = BlobKeys.Parse(key);
        if (chunk is { } number) return Map(kind, name)?.Chunk(number) is { IsEmpty: false } found ? found.Hash : null;
        if (kind == BlobKeys.Blob) return _blobs.TryGetValue(name, out BlobItem? item) ? item.Save() : null;
        return _disks.TryGetValue(name, out PageMap? map) ? new JsonObject { ["length"] = map.Length } : null;
    }

    // The bytes are in their files before the journal names them.
    private void Write(PageFiles files, string key)
    {
        (char kind, string name, long? chunk) = BlobKeys.Parse(key);
        if (chunk is { } number)
        {
            if (Map(kind, name)?.Chunk(number) is { IsEmpty: false } found) files.Save(found);
        }
        else if (kind == BlobKeys.Blob && _blobs.TryGetValue(name, out BlobItem? item) && item.Copy is { } copy)
        {
            foreach (long part in copy.Content.Chunks) files.Save(copy.Content.Chunk(part));
        }
    }

    private PageMap? Map(char kind, string name)
    {
        if (kind == BlobKeys.Disk) return Disk(name);
        return _blobs.TryGetValue(name, out BlobItem? item) ? item.Map : null;
    }

    private void Add(string name, BlobItem item)
    {
        _blobs[name] = item;
        item.Watch(chunk => Note(BlobKeys.Blob, name, chunk));
        Note(BlobKeys.Blob, name, item.Map);
    }

    private bool Remove(string name)
    {
        if (!_blobs.TryGetValue(name, out BlobItem? item)) return false;
        Note(BlobKeys.Blob, name, item.Map);
        return _blobs.Remove(name);
    }

    private void Keep(string key, PageMap map)
    {
        _disks[key] = map;
        map.Changed = chunk => Note(BlobKeys.Disk, key, chunk);
        Note(BlobKeys.Disk, key, map);
    }

    private void Note(char kind, string name, long? chunk)
    {
        if (Changed.Watched) Changed.Note(BlobKeys.Of(kind, name, chunk));
    }

    private void Note(char kind, string name, PageMap map)
    {
        Note(kind, name, (long?)null);
        if (!Changed.Watched) return;
        foreach (long chunk in map.Chunks) Note(kind, name, chunk);
    }

    private KeyValuePair<string, BlobItem>[] HandOut(string prefix)
    {
        KeyValuePair<string, BlobItem>[] found = [.. _blobs.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))];
        foreach (KeyValuePair<string, BlobItem> pair in found) Note(BlobKeys.Blob, pair.Key, (long?)null);
        return found;
    }

    private void RemoveBelow(string prefix)
    {
        foreach (string name in _blobs.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToArray()) Remove(name);
    }

    // Disks, snapshots, images and versions name their pages deep in their states; what none names any longer is dropped.
    private void Collect()
    {
        if (_disks.Count == 0) return;
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonObject state in world.Store.States) Names(state, named);
        foreach (string key in _disks.Keys.Where(key => !named.Contains(key)).ToArray())
        {
            Note(BlobKeys.Disk, key, _disks[key]);
            _disks.Remove(key);
        }
    }

    private static void Names(JsonNode? node, HashSet<string> named)
    {
        if (node is not JsonObject branch) return;
        if (branch.Text(DiskBytes.Pages) is { } key) named.Add(key);
        foreach (KeyValuePair<string, JsonNode?> child in branch)
        {
            // A guest is large and holds no disks.
            if (child.Key != DiskSource.Guest && child.Value is JsonObject) Names(child.Value, named);
        }
    }
}
