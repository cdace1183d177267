using System.Text.Json.Nodes;

namespace ImageCmdlets.Bench.ImageCopyPeer;

/// <summary>What was asked of Azure during a command, out of the server's log.</summary>
/// <param name="Arm">Requests to Resource Manager.</param>
/// <param name="Reads">Those of them that only looked.</param>
/// <param name="Blobs">Requests to the blob service.</param>
/// <param name="SignIns">Requests to the sign-in service.</param>
/// <param name="Made">Types of what was made, with how many of each.</param>
internal sealed record Exchanges(int Arm, int Reads, int Blobs, int SignIns, IReadOnlyDictionary<string, int> Made)
{
    /// <summary>How many lines the log has by now.</summary>
    public static int Count(World world) => File.Exists(world.Log) ? Lines(world).Count : 0;

    /// <summary>Whether a line since then holds a text.</summary>
    public static bool Has(World world, int since, string text) => File.Exists(world.Log) && Lines(world).Skip(since).Any(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>Counts what came since then.</summary>
    public static Exchanges Since(World world, int since)
    {
        int arm = 0, reads = 0, blobs = 0, signIns = 0;
        var made = new Dictionary<string, HashSet<string>>();
        foreach (JsonNode exchange in Lines(world).Skip(since).Select(static line => JsonNode.Parse(line)!))
        {
            var address = new Uri((string)exchange["url"]!);
            if (address.Host.Contains(".blob.", StringComparison.Ordinal))
            {
                blobs++;
            }
            else if (address.Host.StartsWith("login.", StringComparison.Ordinal) || address.AbsolutePath.Contains("/oauth2/", StringComparison.Ordinal))
            {
                signIns++;
            }
            else
            {
                arm++;
                if ((string?)exchange["method"] is "GET" or "HEAD") reads++;
                if ((string?)exchange["method"] == "PUT" && (int?)exchange["status"] is < 300) Note(made, address.AbsolutePath);
            }
        }

        return new Exchanges(arm, reads, blobs, signIns, made.ToDictionary(static type => type.Key, static type => type.Value.Count));
    }

    private static void Note(Dictionary<string, HashSet<string>> made, string path)
    {
        string[] segments = path.Trim('/').Split('/');
        string type = segments.Length == 4 ? "resourceGroups" : segments.Contains("galleries") ? $"gallery {segments[^2]}" : segments[^2];
        if (!made.TryGetValue(type, out HashSet<string>? names)) made[type] = names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        names.Add(path);
    }

    // The server is writing it.
    private static List<string> Lines(World world)
    {
        using var reader = new StreamReader(new FileStream(world.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.EndsWith('}')) lines.Add(line);
        }

        return lines;
    }
}
