using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Recordings.Traffic;

/// <summary>Compares the shape of two bodies: members, kinds of values, and the values that say a state or an error.</summary>
internal static class AnswerShape
{
    private static readonly HashSet<string> s_exact = new(StringComparer.Ordinal)
    {
        "provisioningState", "status", "code", "displayStatus", "level", "diskState", "osState", "osType", "hyperVGeneration", "createOption",
        "type", "state", "aggregatedState", "replicationMode", "storageAccountType", "caching", "lun", "completionPercent",
    };

    // Lists of everything that there is, and what names an item of them.
    private static readonly Dictionary<string, string> s_lists = new(StringComparer.Ordinal)
    {
        [string.Empty] = "name", ["value"] = "name", ["resourceTypes"] = "resourceType", ["authorizations"] = "applicationId",
    };

    // Regions, zones and versions that Azure had on the day of the recording.
    private static readonly string[] s_ofTheDay = ["locations", "apiVersions", "zoneMappings", "locationMappings"];

    /// <summary>Points in which the sandbox's body is of another shape than Azure's.</summary>
    public static IEnumerable<string> Differences(JsonNode? azure, JsonNode? here) => Compare(azure, here, string.Empty, string.Empty);

    private static IEnumerable<string> Compare(JsonNode? azure, JsonNode? here, string name, string path) => (azure, here) switch
    {
        (JsonObject left, JsonObject right) => Members(left, right, path),
        (JsonArray left, JsonArray right) => Items(left, right, path),
        _ => Values(azure, here, name, path),
    };

    private static IEnumerable<string> Members(JsonObject azure, JsonObject here, string path)
    {
        foreach ((string name, JsonNode? value) in azure)
        {
            string at = path.Length == 0 ? name : $"{path}.{name}";
            if (!here.TryGetPropertyValue(name, out JsonNode? other))
            {
                yield return $"{at} is missing";
                continue;
            }

            foreach (string difference in Compare(value, other, name, at)) yield return difference;
        }

        foreach ((string name, JsonNode? value) in here)
        {
            if (!azure.ContainsKey(name)) yield return $"{(path.Length == 0 ? name : $"{path}.{name}")} is too much{(name == "error" ? $": {value?.ToJsonString()}" : null)}";
        }
    }

    private static IEnumerable<string> Items(JsonArray azure, JsonArray here, string path)
    {
        // Lists hold what others had made in the subscription: only what both have is compared.
        if (s_lists.GetValueOrDefault(path) is { } key && azure.All(item => item is JsonObject named && named.ContainsKey(key)))
        {
            return azure.OfType<JsonObject>()
                .Select(item => (Azure: item, Here: here.OfType<JsonObject>().FirstOrDefault(other => SameText(item, other, key))))
                .Where(static pair => pair.Here is not null)
                .SelectMany(pair => Compare(pair.Azure, pair.Here, string.Empty, $"{path}[{pair.Azure[key]}]"));
        }

        if (s_ofTheDay.Any(name => path.EndsWith($".{name}", StringComparison.Ordinal))) return [];

        return azure.Count != here.Count
            ? [$"{path} has {here.Count} items for {azure.Count}"]
            : azure.Zip(here).SelectMany((pair, index) => Compare(pair.First, pair.Second, string.Empty, $"{path}[{index}]"));
    }

    private static IEnumerable<string> Values(JsonNode? azure, JsonNode? here, string name, string path)
    {
        JsonValueKind wanted = azure?.GetValueKind() ?? JsonValueKind.Null, got = here?.GetValueKind() ?? JsonValueKind.Null;
        if (Kind(wanted) != Kind(got)) yield return $"{path} is {got} for {wanted}";
        else if (s_exact.Contains(name) && azure?.ToJsonString() != here?.ToJsonString()) yield return $"{path} is {here?.ToJsonString()} for {azure?.ToJsonString()}";
    }

    private static JsonValueKind Kind(JsonValueKind kind) => kind == JsonValueKind.False ? JsonValueKind.True : kind;

    private static bool SameText(JsonObject left, JsonObject right, string name) =>
        string.Equals((string?)left[name], (string?)right[name], StringComparison.OrdinalIgnoreCase);
}
