using System.Text.Json;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Reads a collection of errors: one JSON object a line, with request, status, responseHeaders and responseBody.</summary>
internal static class ErrorLineReader
{
    private static readonly Uri s_host = new("https://management.azure.com");

    public static IEnumerable<RecordedError> Read(string name, string path)
    {
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;

            using JsonDocument document = JsonDocument.Parse(line);
            yield return new RecordedError($"{name}:{number}", ReadExchange(document.RootElement, number));
        }
    }

    private static RecordedExchange ReadExchange(JsonElement line, int number)
    {
        string[] request = line.GetProperty("request").GetString()!.Split(' ', 2);
        return new RecordedExchange(
            number,
            request[0].ToUpperInvariant(),
            new Uri(s_host, request[1]),
            Text(line, "requestBody"),
            line.GetProperty("status").GetInt32(),
            [.. ReadHeaders(line)],
            Text(line, "responseBody"));
    }

    private static IEnumerable<RecordedHeader> ReadHeaders(JsonElement line) =>
        line.TryGetProperty("responseHeaders", out JsonElement headers) && headers.ValueKind == JsonValueKind.Object
            ? headers.EnumerateObject().Select(header => new RecordedHeader(header.Name, header.Value.ToString()))
            : [];

    private static string Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;
}
