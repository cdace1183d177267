using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.State;

namespace ImageCmdlets.Sandbox.Resources;

/// <summary>All resources of the sandbox, subscriptions and groups included, by id without regard to case.</summary>
/// <param name="now">The time of the sandbox.</param>
internal sealed class ResourceStore(Func<DateTimeOffset> now) : IStatePart
{
    public const string SubscriptionType = "Microsoft.Resources/subscriptions";
    public const string GroupType = "Microsoft.Resources/resourceGroups";

    private static readonly StringComparer s_ids = StringComparer.OrdinalIgnoreCase;

    private readonly Dictionary<string, ResourceEntry> _entries = new(s_ids);
    private readonly SortedSet<string> _ids = new(s_ids);
    private readonly Dictionary<string, SortedSet<string>> _byType = new(s_ids);

    /// <inheritdoc />
    public string Name => "resources";

    /// <inheritdoc />
    public bool RecordsStandAlone => true;

    /// <inheritdoc />
    public ChangedKeys Changed { get; } = new();

    /// <inheritdoc />
    public IEnumerable<string> Keys => _ids;

    /// <summary>How many there are.</summary>
    public int Count => _entries.Count;

    /// <summary>What the service knows of every entry, for who changes none.</summary>
    public IEnumerable<JsonObject> States => _entries.Values.Select(static entry => entry.State);

    /// <summary>Every entry, ordered by id.</summary>
    public IEnumerable<ResourceEntry> All => HandOut([.. _ids.Select(id => _entries[id])]);

    public ResourceEntry? Find(string? id)
    {
        if (id is null || !_entries.TryGetValue(id.TrimEnd('/'), out ResourceEntry? entry)) return null;
        Changed.Note(entry.Id);
        return entry;
    }

    /// <summary>The entry, when it is of that type.</summary>
    public ResourceEntry? Find(string? id, string type) =>
        Find(id) is { } entry && string.Equals(entry.Type, type, StringComparison.OrdinalIgnoreCase) ? entry : null;

    public ResourceEntry? FindGroup(string subscriptionId, string name) =>
        Find($"/subscriptions/{subscriptionId}/resourceGroups/{name}");

    /// <summary>Whether there is any resource of a type.</summary>
    public bool Has(string type) => _byType.TryGetValue(type, out SortedSet<string>? ids) && ids.Count > 0;

    /// <summary>Keeps an entry, in place of the one with its id; when there was none, that is when it was created.</summary>
    public void Put(ResourceEntry entry)
    {
        // Subscriptions are there from the beginning.
        if (entry.ResourceGroup is not null) entry.Created ??= _entries.TryGetValue(entry.Id, out ResourceEntry? before) ? before.Created : now();
        Keep(entry);
    }

    private void Keep(ResourceEntry entry)
    {
        Remove(entry.Id);
        _entries.Add(entry.Id, entry);
        _ids.Add(entry.Id);
        if (!_byType.TryGetValue(entry.Type, out SortedSet<string>? ids)) _byType.Add(entry.Type, ids = new SortedSet<string>(s_ids));
        ids.Add(entry.Id);
        Changed.Note(entry.Id);
    }

    public bool Remove(string id)
    {
        if (!_entries.TryGetValue(id, out ResourceEntry? entry)) return false;
        Changed.Note(entry.Id);
        _byType[entry.Type].Remove(entry.Id);
        _ids.Remove(entry.Id);
        return _entries.Remove(entry.Id);
    }

    /// <summary>Resources of a type in a subscription, optionally in one group, ordered by id.</summary>
    public IEnumerable<ResourceEntry> OfType(string type, string? subscriptionId = null, string? resourceGroup = null)
    {
        if (!_byType.TryGetValue(type, out SortedSet<string>? ids)) return [];
        return HandOut([.. InScope(ids, subscriptionId, resourceGroup, after: null)]);
    }

    /// <summary>Everything below an id, ordered by id: the resources of a group, the children of a resource.</summary>
    public IEnumerable<ResourceEntry> Below(string id) => HandOut([.. Range(_ids, id, after: null)]);

    /// <summary>
    /// What <see cref="OfType"/> has behind an id, found one by one: a page of a long list costs no more than a page. Nothing may
    /// be added or removed meanwhile.
    /// </summary>
    public IEnumerable<ResourceEntry> OfTypeAfter(string? after, string type, string? subscriptionId, string? resourceGroup) =>
        _byType.TryGetValue(type, out SortedSet<string>? ids) ? Noted(InScope(ids, subscriptionId, resourceGroup, after)) : [];

    /// <summary>What <see cref="Below"/> has behind an id, of one type or of all, found one by one as in <see cref="OfTypeAfter"/>.</summary>
    public IEnumerable<ResourceEntry> BelowAfter(string? after, string id, string? type = null)
    {
        SortedSet<string>? ids = _ids;
        return type is null || _byType.TryGetValue(type, out ids) ? Noted(Range(ids, id, after)) : [];
    }

    public void Clear()
    {
        foreach (string id in _ids) Changed.Note(id);
        _entries.Clear();
        _ids.Clear();
        _byType.Clear();
    }

    public JsonArray Save() => new([.. _ids.Select(Record)]);

    /// <inheritdoc />
    public JsonNode? Record(string key) =>
        _entries.TryGetValue(key, out ResourceEntry? entry) ? entry.Save() : null;

    /// <inheritdoc />
    public void Restore(string key, byte[]? record)
    {
        if (record is null)
            Remove(key);
        else
            Keep(ResourceEntry.Load(new ResourceRecord(record)));
    }

    private IEnumerable<ResourceEntry> InScope(SortedSet<string> ids, string? subscriptionId, string? resourceGroup, string? after)
    {
        if (subscriptionId is null) return Ordered(ids, after);
        string scope = $"/subscriptions/{subscriptionId}" + (resourceGroup is null ? string.Empty : $"/resourceGroups/{resourceGroup}");
        return Range(ids, scope, after, withSelf: true);
    }

    private IEnumerable<ResourceEntry> Range(SortedSet<string> ids, string id, string? after, bool withSelf = false)
    {
        // '0' is the character after '/'; between them may stand ids that only begin alike.
        string first = withSelf ? id : $"{id}/", last = $"{id}0";
        if (after is not null && s_ids.Compare(after, first) > 0) first = after;
        if (s_ids.Compare(first, last) > 0) return [];
        return Ordered(ids.GetViewBetween(first, last), after).Where(entry =>
            entry.Id.Length > id.Length ? entry.Id[id.Length] == '/' : withSelf && s_ids.Equals(entry.Id, id));
    }

    private IEnumerable<ResourceEntry> Ordered(SortedSet<string> ids, string? after) =>
        ids.Where(id => after is null || s_ids.Compare(id, after) > 0).Select(id => _entries[id]);

    private IEnumerable<ResourceEntry> Noted(IEnumerable<ResourceEntry> entries) => entries.Select(entry =>
    {
        Changed.Note(entry.Id);
        return entry;
    });

    // A copy of the list: callers add and remove while they go through it.
    private IEnumerable<ResourceEntry> HandOut(ResourceEntry[] entries)
    {
        foreach (ResourceEntry entry in entries)
        {
            Changed.Note(entry.Id);
            yield return entry;
        }
    }
}
