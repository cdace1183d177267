using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Json;

/// <summary>Puts properties into the order in which Azure writes them.</summary>
internal static class PropertyOrder
{
    /// <summary>A copy with the named properties first, in that order; the others follow as they were.</summary>
    public static JsonObject Sort(JsonObject source, IReadOnlyList<string> order)
    {
        JsonObject sorted = JsonText.NewObject();
        foreach (string name in order.Where(source.ContainsKey)) sorted[name] = source[name]?.DeepClone();
        foreach (KeyValuePair<string, JsonNode?> property in source)
        {
            if (!sorted.ContainsKey(property.Key)) sorted[property.Key] = property.Value?.DeepClone();
        }

        return sorted;
    }
}
