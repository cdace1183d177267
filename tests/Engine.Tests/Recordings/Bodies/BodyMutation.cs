using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Changes to a body that must change nothing for a user: what other versions of Azure's services might send.</summary>
internal static class BodyMutation
{
    /// <summary>By name, for the test's list.</summary>
    public static readonly IReadOnlyDictionary<string, Func<JsonObject, JsonObject>> All = new Dictionary<string, Func<JsonObject, JsonObject>>
    {
        ["properties in capitals"] = body => Rename(body, name => name.ToUpperInvariant()),
        ["properties in small letters"] = body => Rename(body, name => name.ToLowerInvariant()),
        ["properties in PascalCase"] = body => Rename(body, name => char.ToUpperInvariant(name[0]) + name[1..]),
        ["properties in reverse order"] = body => Rebuild(body, properties => properties.Reverse()),
        ["unknown properties"] = body => Rebuild(body, properties => [.. Unknown(), .. properties, .. Unknown().Select(p => KeyValuePair.Create(p.Key + "2", p.Value))]),
        ["numbers and truths as text"] = body => Leaves(body, AsText),
        ["whole numbers with a fraction"] = body => Leaves(body, WithFraction),
    };

    /// <summary>Adds an explicit null wherever some other body of the type has a property.</summary>
    public static JsonObject AddNulls(JsonObject body, ISet<string> knownPaths) => AddNulls(body, knownPaths, string.Empty).AsObject();

    /// <summary>The paths of all properties of a body, such as <c>/properties/storageProfile/dataDisks/lun</c>.</summary>
    public static IEnumerable<string> Paths(JsonNode? node, string path = "") => node switch
    {
        JsonObject item => item.Where(_ => !IsData(path)).SelectMany(p => Paths(p.Value, $"{path}/{p.Key}").Prepend($"{path}/{p.Key}")),
        JsonArray array => array.SelectMany(child => Paths(child, path)),
        _ => [],
    };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Unknown() =>
    [
        new("someNewText", "text"),
        new("someNewNumber", 12345678901234567890m),
        new("someNewObject", new JsonObject { ["id"] = "/not/an/id", ["name"] = null }),
        new("someNewList", new JsonArray(1, "two", null, new JsonObject())),
        new("someNewNull", null),
    ];

    private static JsonObject Rename(JsonObject body, Func<string, string> rename) =>
        Rebuild(body, properties => properties.Select(p => KeyValuePair.Create(rename(p.Key), p.Value)));

    // The names of tags are the user's, not Azure's.
    private static JsonObject Rebuild(JsonObject body, Func<IEnumerable<KeyValuePair<string, JsonNode?>>, IEnumerable<KeyValuePair<string, JsonNode?>>> change)
    {
        return Visit(body).AsObject();

        JsonNode Visit(JsonNode node) => node switch
        {
            JsonObject item => new JsonObject(change(item.Select(p => KeyValuePair.Create(p.Key, IsData(p.Key) ? p.Value?.DeepClone() : p.Value is null ? null : Visit(p.Value))))),
            JsonArray array => new JsonArray([.. array.Select(child => child is null ? null : Visit(child))]),
            _ => node.DeepClone(),
        };
    }

    private static JsonObject Leaves(JsonObject body, Func<JsonValue, JsonNode> change)
    {
        return Visit(body).AsObject();

        JsonNode Visit(JsonNode node) => node switch
        {
            JsonObject item => new JsonObject(item.Select(p => KeyValuePair.Create(p.Key, p.Value is null ? null : Visit(p.Value)))),
            JsonArray array => new JsonArray([.. array.Select(child => child is null ? null : Visit(child))]),
            _ => change(node.AsValue()),
        };
    }

    private static JsonNode AsText(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.Number => JsonValue.Create(value.ToJsonString()),
        JsonValueKind.True => JsonValue.Create("True"),
        JsonValueKind.False => JsonValue.Create("False"),
        _ => value.DeepClone(),
    };

    private static JsonNode WithFraction(JsonValue value) =>
        value.GetValueKind() == JsonValueKind.Number && !value.ToJsonString().Contains('.', StringComparison.Ordinal)
            ? JsonNode.Parse(value.ToJsonString() + ".0", null, default)!
            : value.DeepClone();

    private static JsonNode AddNulls(JsonNode node, ISet<string> knownPaths, string path)
    {
        if (node is JsonArray array)
            return new JsonArray([.. array.Select(child => child is null ? null : AddNulls(child, knownPaths, path))]);
        if (node is not JsonObject item || IsData(path))
            return node.DeepClone();

        var copy = new JsonObject(item.Select(p => KeyValuePair.Create(p.Key, p.Value is null ? null : AddNulls(p.Value, knownPaths, $"{path}/{p.Key}"))));
        foreach (string known in knownPaths.Where(known => known.LastIndexOf('/') == path.Length && known.StartsWith(path, StringComparison.Ordinal)))
            copy.TryAdd(known[(path.Length + 1)..], null);
        return copy;
    }

    private static bool IsData(string path) => path.EndsWith("tags", StringComparison.Ordinal);
}
