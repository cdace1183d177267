using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Json;

/// <summary>Members that were sent as null. For a provider they were not sent; templates write such members for parameters that nobody set.</summary>
internal static class JsonNulls
{
    /// <summary>A copy without members that are null, and without the objects that had nothing else.</summary>
    public static JsonObject Drop(JsonObject source)
    {
        JsonObject kept = JsonText.NewObject();
        foreach (KeyValuePair<string, JsonNode?> member in source)
        {
            if (Drop(member.Value) is { } value) kept[member.Key] = value;
        }

        return kept;
    }

    private static JsonNode? Drop(JsonNode? node) => node switch
    {
        JsonObject { Count: > 0 } branch => Drop(branch) is { Count: > 0 } kept ? kept : null,
        JsonArray list => new JsonArray([.. list.Select(Drop)]),
        _ => node?.DeepClone(),
    };
}
