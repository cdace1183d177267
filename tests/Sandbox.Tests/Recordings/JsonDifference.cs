using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Recordings;

/// <summary>Compares documents member by member, in order, save for values that differ from run to run.</summary>
internal static class JsonDifference
{
    private static readonly HashSet<string> s_volatile = new(StringComparer.Ordinal)
    {
        "uniqueId", "sourceUniqueId", "timeCreated", "startTime", "endTime", "accessSAS", "incrementalSnapshotFamilyId",
        "etag", "resourceGuid", "ipAddress", "macAddress", "internalDomainNameSuffix", "templateHash", "timestamp", "duration",
        "correlationId", "publishedDate",
    };

    public static void Find(JsonNode? expected, JsonNode? actual, string path, List<string> differences)
    {
        switch (expected, actual)
        {
            case (JsonObject left, JsonObject right):
                string[] names = [.. left.Select(static p => p.Key)], present = [.. right.Select(static p => p.Key)];
                if (!names.SequenceEqual(present)) differences.Add($"{path}: members {string.Join(",", present)} for {string.Join(",", names)}");
                foreach (string name in names.Intersect(present).Where(name => !s_volatile.Contains(name) && !IsOperationName(left, name)))
                    Find(left[name], right[name], $"{path}.{name}", differences);
                break;
            case (JsonArray left, JsonArray right):
                if (left.Count != right.Count) differences.Add($"{path}: {right.Count} items for {left.Count}");
                for (int i = 0; i < Math.Min(left.Count, right.Count); i++) Find(left[i], right[i], $"{path}[{i}]", differences);
                break;
            default:
                string? wanted = expected?.ToJsonString(), got = actual?.ToJsonString();
                if (wanted != got) differences.Add($"{path}: {got} for {wanted}");
                break;
        }
    }

    // The name of an operation is its id.
    private static bool IsOperationName(JsonObject holder, string name) => name == "name" && holder.ContainsKey("startTime");
}
