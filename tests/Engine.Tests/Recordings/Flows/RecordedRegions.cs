using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>The regions that a recording speaks of: no recorded client asked for the list of them.</summary>
internal static partial class RecordedRegions
{
    /// <summary>As <c>Subscriptions_ListLocations</c> would answer.</summary>
    public static string ListOf(Recording recording)
    {
        IEnumerable<string> names = recording.Exchanges
            .SelectMany(exchange => Location().Matches(exchange.Body))
            .Select(match => match.Groups["name"].Value.Replace(" ", string.Empty, StringComparison.Ordinal).ToLowerInvariant())
            .Distinct();
        return new JsonObject { ["value"] = new JsonArray([.. names.Select(name => new JsonObject { ["name"] = name })]) }.ToJsonString();
    }

    [GeneratedRegex("\"location\"\\s*:\\s*\"(?<name>[^\"]+)\"|\"name\"\\s*:\\s*\"(?<name>[^\"]+)\",\\s*\"regionalReplicaCount\"")]
    private static partial Regex Location();
}
