using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.State;

namespace ImageCmdlets.Sandbox.Resources;

/// <summary>All resources of the sandbox, subscriptions and groups included, by id without regard to case.</summary>
internal sealed class ResourceStore : IStatePart
{
    public const string SubscriptionType = "Microsoft.Resources/subscriptions";
    public const string GroupType = "Microsoft.Resources/resourceGroups";

    private static readonly StringComparer s_ids = StringComparer.OrdinalIgnoreCase;

    private readonly Dictionary<string, ResourceEntry> _entries = new(s_ids);
    private readonly SortedSet<string> _ids = new(s_ids);
    private readonly Dictionary<string, SortedDictionary<string, ResourceEntry>> _byType = new(s_ids);

    /// <inheritdoc />
    public string Name => "resources";

    /// <inheritdoc />
    public ChangedKeys Changed { get; } = new();

    /// <inheritdoc />
    public IEnumerable<string> Keys => _ids;

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
    public bool Has(string type) => _byType.TryGetValue(type, out SortedDictionary<string, ResourceEntry>? entries) && entries.Count > 0;

    public void Put(ResourceEntry entry)
    {
        Remove(entry.Id);
        _entries.Add(entry.Id, entry);
        _ids.Add(entry.Id);
        if (!_byType.TryGetValue(entry.Type, out SortedDictionary<string, ResourceEntry>? entries))
            _byType.Add(entry.Type, entries = new SortedDictionary<string, ResourceEntry>(s_ids));
        entries.Add(entry.Id, entry);
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
        if (!_byType.TryGetValue(type, out SortedDictionary<string, ResourceEntry>? entries)) return [];
        return HandOut([.. entries.Values.Where(entry => (subscriptionId is null || s_ids.Equals(entry.SubscriptionId, subscriptionId)) &&
                                                         (resourceGroup is null || s_ids.Equals(entry.ResourceGroup, resourceGroup)))]);
    }

    /// <summary>Everything below an id, ordered by id: the resources of a group, the children of a resource.</summary>
    public IEnumerable<ResourceEntry> Below(string id)
    {
        // '0' is the character after '/'.
        SortedSet<string> ids = _ids.GetViewBetween($"{id}/", $"{id}0");
        return HandOut([.. ids.Where(found => found.Length > id.Length && found[id.Length] == '/').Select(found => _entries[found])]);
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
    public JsonNode? Record(string key)
    {
        if (!_entries.TryGetValue(key, out ResourceEntry? entry)) return null;
        return new JsonObject
        {
            ["id"] = entry.Id,
            ["type"] = entry.Type,
            ["body"] = entry.Body.DeepClone(),
            ["state"] = entry.State.DeepClone(),
        };
    }

    /// <inheritdoc />
    public void Restore(string key, JsonNode? record)
    {
        if (record is null)
        {
            Remove(key);
            return;
        }

        JsonObject body = record.Object("body")!.Copy(), state = record.Object("state")!.Copy();
        Put(new ResourceEntry(record.Text("id")!, record.Text("type")!, body, state));
    }

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
