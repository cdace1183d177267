using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Resources;

/// <summary>All resources of the sandbox, subscriptions and groups included, by id without regard to case.</summary>
internal sealed class ResourceStore
{
    public const string SubscriptionType = "Microsoft.Resources/subscriptions";
    public const string GroupType = "Microsoft.Resources/resourceGroups";

    private readonly Dictionary<string, ResourceEntry> _entries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every entry, ordered by id.</summary>
    public IEnumerable<ResourceEntry> All =>
        _entries.OrderBy(static e => e.Key, StringComparer.OrdinalIgnoreCase).Select(static e => e.Value);

    public ResourceEntry? Find(string? id) =>
        id is not null && _entries.TryGetValue(id.TrimEnd('/'), out ResourceEntry? entry) ? entry : null;

    /// <summary>The entry, when it is of that type.</summary>
    public ResourceEntry? Find(string? id, string type) =>
        Find(id) is { } entry && string.Equals(entry.Type, type, StringComparison.OrdinalIgnoreCase) ? entry : null;

    public ResourceEntry? FindGroup(string subscriptionId, string name) =>
        Find($"/subscriptions/{subscriptionId}/resourceGroups/{name}");

    /// <summary>Whether there is any resource of a type; cheaper than a look at all of them in their order.</summary>
    public bool Has(string type) => _entries.Values.Any(entry => Same(entry.Type, type));

    public void Put(ResourceEntry entry) => _entries[entry.Id] = entry;

    public bool Remove(string id) => _entries.Remove(id);

    /// <summary>Resources of a type in a subscription, optionally in one group, ordered by id.</summary>
    public IEnumerable<ResourceEntry> OfType(string type, string? subscriptionId = null, string? resourceGroup = null) =>
        All.Where(entry => Same(entry.Type, type) &&
                           (subscriptionId is null || Same(entry.SubscriptionId, subscriptionId)) &&
                           (resourceGroup is null || Same(entry.ResourceGroup, resourceGroup)));

    /// <summary>Everything below an id, ordered by id: the resources of a group, the children of a resource.</summary>
    public IEnumerable<ResourceEntry> Below(string id) =>
        All.Where(entry => entry.Id.StartsWith($"{id}/", StringComparison.OrdinalIgnoreCase));

    public void Clear() => _entries.Clear();

    public JsonArray Save() => new([.. All.Select(static entry => (JsonNode)new JsonObject
    {
        ["id"] = entry.Id,
        ["type"] = entry.Type,
        ["body"] = entry.Body.DeepClone(),
        ["state"] = entry.State.DeepClone(),
    })]);

    public void Load(JsonArray saved)
    {
        Clear();
        foreach (JsonObject item in saved.OfType<JsonObject>())
        {
            JsonObject body = item.Object("body")!.Copy(), state = item.Object("state")!.Copy();
            Put(new ResourceEntry(item.Text("id")!, item.Text("type")!, body, state));
        }
    }

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
