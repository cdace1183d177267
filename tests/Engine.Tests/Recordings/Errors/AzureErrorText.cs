using System.Text.Json.Nodes;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>The test's own reading of an error body: code and text of the innermost error.</summary>
internal static class AzureErrorText
{
    /// <summary>Both null where the body holds no error, as HTML and nothing do.</summary>
    public static (string? Code, string? Message) Innermost(string body)
    {
        JsonNode? root = Parse(body);
        JsonNode? error = root?["error"] ?? root?["properties"]?["error"] ?? root;
        return error is JsonObject ? Innermost(error) : (null, null);
    }

    private static (string? Code, string? Message) Innermost(JsonNode error)
    {
        JsonNode? inner = error["details"] is JsonArray { Count: > 0 } details ? details[0] : ErrorInside(error["message"]?.GetValue<string>());
        return inner is null ? (error["code"]?.GetValue<string>(), error["message"]?.GetValue<string>()) : Innermost(inner);
    }

    private static JsonNode? ErrorInside(string? message) => message?.StartsWith('{') == true ? Parse(message)?["error"] : null;

    private static JsonNode? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
