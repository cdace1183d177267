using System.Globalization;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>The test's own reading of recorded JSON: exact names, no tolerance.</summary>
internal static class BodyReading
{
    /// <summary>The node at a path such as <c>properties.storageProfile.osDisk</c>; null when absent.</summary>
    public static JsonNode? At(this JsonNode? node, string path) =>
        path.Split('.').Aggregate(node, (current, name) => current is JsonObject item && item.TryGetPropertyValue(name, out JsonNode? child) ? child : null);

    public static string? Text(this JsonNode? node, string path) => node.At(path)?.GetValue<string>();

    public static int? Whole(this JsonNode? node, string path) => node.At(path)?.GetValue<int>();

    public static bool Flag(this JsonNode? node, string path) => node.At(path)?.GetValue<bool>() ?? false;

    public static DateTimeOffset? Date(this JsonNode? node, string path) =>
        node.Text(path) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;

    public static IEnumerable<JsonNode> All(this JsonNode? node, string path) => node.At(path) is JsonArray array ? array.OfType<JsonNode>() : [];

    /// <summary>What every resource has.</summary>
    public static Dictionary<string, object?> Common(JsonNode body)
    {
        string[] parts = body.Text("id")!.Split('/');
        return new Dictionary<string, object?>
        {
            ["Id"] = body.Text("id"),
            ["Name"] = parts[^1],
            ["ResourceGroupName"] = parts[4],
            ["SubscriptionId"] = parts[2],
            ["Location"] = body.Text("location")?.Replace(" ", string.Empty, StringComparison.Ordinal).ToLowerInvariant(),
            ["Tag"] = Tags(body),
            ["ProvisioningState"] = body.Text("properties.provisioningState"),
        };
    }

    public static Dictionary<string, string> Tags(JsonNode body) =>
        body.At("tags") is JsonObject tags ? tags.ToDictionary(tag => tag.Key, tag => tag.Value!.GetValue<string>()) : [];

    public static string? Tag(JsonNode body, string name) => Tags(body).GetValueOrDefault(name);

    /// <summary>What a disk or snapshot was made from; the signature of a blob's address is nobody's business.</summary>
    public static string? Origin(JsonNode body)
    {
        JsonNode? creation = body.At("properties.creationData");
        return creation.Text("sourceResourceId") ?? creation.Text("imageReference.id") ?? creation.Text("galleryImageReference.id")
            ?? creation.Text("sourceUri")?.Split('?')[0];
    }
}
