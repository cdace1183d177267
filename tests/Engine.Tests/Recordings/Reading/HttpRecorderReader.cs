using System.Text;
using System.Text.Json;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Reads HttpRecorder json: <c>Entries[]</c>.</summary>
/// <remarks>Its entries are grouped by request. Only inside a group is their order that of time, so they are sorted by the
/// answer's date, stably.</remarks>
internal static class HttpRecorderReader
{
    private static readonly Uri s_host = new("https://management.azure.com");

    public static IReadOnlyList<RecordedExchange> Read(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        DateTimeOffset latest = DateTimeOffset.MinValue;
        var grouped = new List<(DateTimeOffset Date, RecordedExchange Exchange)>();
        foreach (JsonElement entry in document.RootElement.GetProperty("Entries").EnumerateArray())
        {
            RecordedExchange exchange = ReadExchange(entry);
            latest = exchange.Date ?? latest;
            grouped.Add((latest, exchange));
        }

        return [.. grouped.OrderBy(item => item.Date).Select((item, index) => item.Exchange with { Index = index })];
    }

    private static RecordedExchange ReadExchange(JsonElement entry) => new(
        0,
        entry.GetProperty("RequestMethod").GetString()!.ToUpperInvariant(),
        ReadUri(entry),
        Text(entry, "RequestBody"),
        entry.GetProperty("StatusCode").GetInt32(),
        [.. ReadHeaders(entry)],
        Text(entry, "ResponseBody"));

    // The encoded form is the one that no search-and-replace has touched.
    private static Uri ReadUri(JsonElement entry)
    {
        string encoded = Text(entry, "EncodedRequestUri");
        string address = encoded.Length > 0 ? Encoding.UTF8.GetString(Convert.FromBase64String(encoded)) : Text(entry, "RequestUri");
        return new Uri(s_host, address);
    }

    private static IEnumerable<RecordedHeader> ReadHeaders(JsonElement entry)
    {
        if (!entry.TryGetProperty("ResponseHeaders", out JsonElement headers) || headers.ValueKind != JsonValueKind.Object)
            yield break;

        foreach (JsonProperty header in headers.EnumerateObject())
        {
            string value = header.Value.ValueKind == JsonValueKind.Array
                ? string.Join(", ", header.Value.EnumerateArray().Select(item => item.GetString()))
                : header.Value.ToString();
            yield return new RecordedHeader(header.Name, value);
        }
    }

    // Newer recorders of the same shape keep JSON bodies as JSON.
    private static string Text(JsonElement entry, string name) =>
        !entry.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null ? string.Empty
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : value.GetRawText();
}
