using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Json;

/// <summary>Reads and writes JSON the way ARM does.</summary>
internal static class JsonText
{
    // What comes in may be 64 deep. Answers and the state file put it into objects of their own, which must never be too deep to be
    // written or to be read again.
    private const int DeepestOwn = 1024;

    // Azure escapes neither quotes' neighbours such as ' nor letters beyond ASCII.
    private static readonly JsonSerializerOptions s_pretty = new()
    {
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\r\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = DeepestOwn,
    };

    private static readonly JsonSerializerOptions s_compact =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = DeepestOwn };

    private static readonly JsonNodeOptions s_node = new() { PropertyNameCaseInsensitive = true };

    // A comment or a trailing comma is refused by ARM; duplicate names would make the node throw later, deep in a handler.
    private static readonly JsonDocumentOptions s_document = new() { AllowDuplicateProperties = false };

    /// <summary>As resource providers write it: two spaces, CRLF.</summary>
    public static string Pretty(JsonNode node) => node.ToJsonString(s_pretty);

    /// <summary>As the front end writes it: one line.</summary>
    public static string Compact(JsonNode node) => node.ToJsonString(s_compact);

    /// <summary>Reads a document whose property names are then found without regard to case, as ARM finds them.</summary>
    /// <exception cref="JsonException">The text is not JSON, or names a property twice.</exception>
    public static JsonNode? Parse(byte[] utf8) => Whole(JsonNode.Parse(utf8, s_node, s_document));

    /// <inheritdoc cref="Parse(byte[])"/>
    public static JsonNode? Parse(string text) => Whole(JsonNode.Parse(text, s_node, s_document));

    /// <summary>Reads what <see cref="Compact"/> has written: it is right, and what nobody looks at stays the text that it is.</summary>
    public static JsonNode? ParseOwn(ReadOnlySpan<byte> utf8) => JsonNode.Parse(utf8, s_node, new JsonDocumentOptions { MaxDepth = DeepestOwn });

    /// <summary>A reader of what <see cref="Compact"/> has written.</summary>
    public static Utf8JsonReader ReadOwn(ReadOnlySpan<byte> utf8) => new(utf8, new JsonReaderOptions { MaxDepth = DeepestOwn });

    // Nodes are read when they are first looked at. What then turns out to be no text, or to name a property twice in two casings,
    // is to be refused here and not deep in a handler.
    private static JsonNode? Whole(JsonNode? node)
    {
        try
        {
            LookAt(node);
            return node;
        }
        catch (Exception cause) when (cause is ArgumentException or InvalidOperationException)
        {
            throw new JsonException(cause.Message, cause);
        }
    }

    private static void LookAt(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject branch:
                foreach (KeyValuePair<string, JsonNode?> child in branch) LookAt(child.Value);
                break;
            case JsonArray items:
                foreach (JsonNode? item in items) LookAt(item);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                value.GetValue<string>();
                break;
        }
    }

    /// <summary>An empty object that finds names without regard to case.</summary>
    public static JsonObject NewObject() => new(s_node);
}
