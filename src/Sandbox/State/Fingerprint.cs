using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.State;

/// <summary>A short sign of the whole state.</summary>
internal static class Fingerprint
{
    /// <summary>SHA-256 of the state with the properties of every object in order of their names, in lower-case hex.</summary>
    public static string Of(JsonObject state)
    {
        using var sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes(JsonText.Compact(Order(state)!)));
        return string.Concat(hash.Select(static b => b.ToString("x2")));
    }

    private static JsonNode? Order(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject branch:
                var ordered = new JsonObject();
                foreach (KeyValuePair<string, JsonNode?> child in branch.OrderBy(static c => c.Key, StringComparer.Ordinal))
                    ordered[child.Key] = Order(child.Value);
                return ordered;
            case JsonArray items:
                return new JsonArray([.. items.Select(Order)]);
            default:
                return node?.DeepClone();
        }
    }
}
