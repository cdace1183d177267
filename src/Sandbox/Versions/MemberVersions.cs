using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Versions;

/// <summary>
/// Which members of a resource an api-version shows. The world keeps resources as the newest version has them; an older one
/// leaves out what came later, and still shows what was dropped since.
/// </summary>
internal sealed class MemberVersions
{
    private const string Table = "ImageCmdlets.Sandbox.Versions.MemberVersions.json";

    private readonly Dictionary<string, IReadOnlyList<MemberVersion>> _types = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="table">Type, member's path, <c>since</c> and <c>until</c>.</param>
    public MemberVersions(JsonObject table)
    {
        foreach (KeyValuePair<string, JsonNode?> type in table)
            _types.Add(type.Key, [.. ((JsonObject)type.Value!).Select(static member => Read(member.Key, member.Value))]);
    }

    /// <summary>The table that comes with the sandbox.</summary>
    public static MemberVersions Default { get; } = Load();

    /// <summary>Whether the table knows the type.</summary>
    public bool Knows(string type) => _types.ContainsKey(type);

    /// <summary>Makes a resource look as an api-version shows it.</summary>
    /// <param name="type">Type of the resource.</param>
    /// <param name="resource">The resource; it is changed.</param>
    /// <param name="apiVersion">Version of the request.</param>
    public void Shape(string type, JsonObject resource, string apiVersion)
    {
        if (!_types.TryGetValue(type, out IReadOnlyList<MemberVersion>? members)) return;
        foreach (MemberVersion member in members) Shape(member, resource, 0, apiVersion);
    }

    private static void Shape(MemberVersion member, JsonNode? node, int depth, string apiVersion)
    {
        if (node is not JsonObject branch) return;
        string name = member.Path[depth];
        if (name.EndsWith("[]", StringComparison.Ordinal))
        {
            foreach (JsonObject item in branch.Items(name.Substring(0, name.Length - 2))) Shape(member, item, depth + 1, apiVersion);
        }
        else if (depth < member.Path.Count - 1)
        {
            Shape(member, branch[name], depth + 1, apiVersion);
        }
        else if (!member.IsShown(apiVersion))
        {
            branch.Remove(name);
        }
        else if (member.IsGiven(apiVersion) && !branch.ContainsKey(name))
        {
            branch[name] = JsonNode.Parse(member.Value);
        }
    }

    private static MemberVersion Read(string path, JsonNode? facts) =>
        new(path.Split('.'), facts.Text("since"), facts.Text("until"))
        {
            HasValue = facts is JsonObject given && given.ContainsKey("value"),
            Value = facts!["value"]?.ToJsonString() ?? "null",
            ValueUntil = facts.Text("valueUntil"),
        };

    private static MemberVersions Load()
    {
        using Stream stream = typeof(MemberVersions).Assembly.GetManifestResourceStream(Table)!;
        return new MemberVersions((JsonObject)JsonNode.Parse(stream)!);
    }
}
