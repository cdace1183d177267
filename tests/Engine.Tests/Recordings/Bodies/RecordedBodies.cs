using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Finds every body of a resource in recordings, wherever it stands in the answer.</summary>
internal static class RecordedBodies
{
    private static readonly string[] s_types = 
    [
        ResourceTypes.Image, ResourceTypes.Snapshot, ResourceTypes.Disk, ResourceTypes.VirtualMachine,
        ResourceTypes.Gallery, ResourceTypes.GalleryImage, ResourceTypes.GalleryImageVersion,
    ];

    /// <summary>All of one recording, each different body once.</summary>
    public static IReadOnlyList<RecordedBody> In(Recording recording)
    {
        var found = new Dictionary<string, RecordedBody>(StringComparer.Ordinal);
        foreach (RecordedExchange exchange in recording.Exchanges.Where(exchange => exchange.Status < 300))
        {
            foreach (RecordedBody body in Walk(Parse(exchange.Body), $"{recording.Name}#{exchange.Index}"))
                found.TryAdd(body.Body.ToJsonString(), body);
        }

        return [.. found.Values];
    }

    private static IEnumerable<RecordedBody> Walk(JsonNode? node, string place)
    {
        if (node is JsonObject item && TypeOf(item) is { } type)
            yield return new RecordedBody(place, type, item);

        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject parent => parent.Select(property => property.Value),
            JsonArray array => array,
            _ => [],
        };
        foreach (RecordedBody inner in children.SelectMany(child => Walk(child, place)))
            yield return inner;
    }

    // A reference to a resource has an id too, but says nothing about it.
    private static string? TypeOf(JsonObject item)
    {
        if (item["id"] is not JsonValue id || id.GetValueKind() != JsonValueKind.String || item["properties"] is not JsonObject)
            return null;

        return ResourceId.TryParse(id.GetValue<string>()) is { } parsed ? Array.Find(s_types, parsed.Is) : null;
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
