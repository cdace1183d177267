using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary><c>ConvertTo-Json</c> and <c>ConvertFrom-Json</c>, in the form of Windows PowerShell 5.1.</summary>
internal static class PsJson
{
    private static readonly JsonSerializerOptions s_text = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a value.</summary>
    public static string Write(object? value, bool compress)
    {
        var json = new StringBuilder();
        Write(json, value, compress, 0);
        return json.ToString();
    }

    /// <summary>Reads a text.</summary>
    public static object? Read(string text)
    {
        try
        {
            return From(JsonNode.Parse(text));
        }
        catch (JsonException e)
        {
            throw new PsException($"Invalid JSON primitive: {e.Message}");
        }
    }

    private static void Write(StringBuilder json, object? value, bool compress, int depth)
    {
        switch (value)
        {
            case null:
                json.Append("null");
                break;
            case bool flag:
                json.Append(flag ? "true" : "false");
                break;
            case long or double:
                json.Append(PsConvert.ToText(value));
                break;
            case PsTable table:
                Enclose(json, '{', '}', compress, depth, [.. table.Select(p => (Action)(() =>
                {
                    json.Append(Quote(p.Key)).Append(compress ? ":" : ":  ");
                    Write(json, p.Value, compress, depth + 1);
                }))]);
                break;
            case object?[] items:
                Enclose(json, '[', ']', compress, depth,
                    [.. items.Select(i => (Action)(() => Write(json, i, compress, depth + 1)))]);
                break;
            default:
                json.Append(Quote(PsConvert.ToText(value)));
                break;
        }
    }

    private static void Enclose(StringBuilder json, char open, char close, bool compress, int depth, Action[] parts)
    {
        string line = compress ? string.Empty : "\r\n" + new string(' ', (depth + 1) * 4);
        json.Append(open);
        for (int i = 0; i < parts.Length; i++)
        {
            json.Append(i > 0 ? "," : string.Empty).Append(line);
            parts[i]();
        }

        json.Append(compress || parts.Length == 0 ? string.Empty : "\r\n" + new string(' ', depth * 4)).Append(close);
    }

    // 5.1 escapes what could end a script in a page.
    private static string Quote(string text) => JsonSerializer.Serialize(text, s_text)
        .Replace("<", "\\u003c").Replace(">", "\\u003e").Replace("&", "\\u0026").Replace("'", "\\u0027");

    private static object? From(JsonNode? node)
    {
        switch (node)
        {
            case null:
                return null;
            case JsonObject item:
                var table = new PsTable(isObject: true);
                foreach (KeyValuePair<string, JsonNode?> property in item) table[property.Key] = From(property.Value);
                return table;
            case JsonArray items:
                return items.Select(From).ToArray();
            default:
                return node.GetValueKind() switch
                {
                    JsonValueKind.True => true,
                    JsonValueKind.False => false,
                    JsonValueKind.Number when long.TryParse(node.ToJsonString(), out long number) => number,
                    JsonValueKind.Number => double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture),
                    _ => node.GetValue<string>(),
                };
        }
    }
}
