using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Json;

/// <summary>Reads values deep inside a document without a cascade of null checks.</summary>
internal static class JsonObjectExtensions
{
    /// <summary>The node at a path of property names parted by dots; null when any part is missing.</summary>
    public static JsonNode? At(this JsonNode? node, string path)
    {
        foreach (string name in path.Split('.'))
        {
            if (node is not JsonObject branch || !branch.TryGetPropertyValue(name, out node)) return null;
        }

        return node;
    }

    /// <summary>The object at a path, or null.</summary>
    public static JsonObject? Object(this JsonNode? node, string path) => node.At(path) as JsonObject;

    /// <summary>The array at a path, or null.</summary>
    public static JsonArray? Array(this JsonNode? node, string path) => node.At(path) as JsonArray;

    /// <summary>The string at a path; null when there is none or it is no string.</summary>
    public static string? Text(this JsonNode? node, string path) =>
        node.At(path) is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>The boolean at a path; null when there is none or it is no boolean.</summary>
    public static bool? Flag(this JsonNode? node, string path) => node.At(path) is JsonValue value
        ? value.GetValueKind() switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null }
        : null;

    /// <summary>The whole number at a path; null when there is none or it is no whole number.</summary>
    public static long? Number(this JsonNode? node, string path)
    {
        if (node.At(path) is not JsonValue value || value.GetValueKind() != JsonValueKind.Number) return null;
        return long.TryParse(value.ToJsonString(), out long number) ? number : null;
    }

    /// <summary>The objects of the array at a path; none when there is no array.</summary>
    public static IEnumerable<JsonObject> Items(this JsonNode? node, string path) =>
        node.Array(path)?.OfType<JsonObject>() ?? [];

    /// <summary>The child object of that name, made when it is missing.</summary>
    public static JsonObject Ensure(this JsonObject node, string name)
    {
        if (node[name] is JsonObject child) return child;
        child = JsonText.NewObject();
        node[name] = child;
        return child;
    }

    /// <summary>A copy that belongs to no document yet.</summary>
    public static JsonObject Copy(this JsonObject node) => (JsonObject)node.DeepClone();
}
