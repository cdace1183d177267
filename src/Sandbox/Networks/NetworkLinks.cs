using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>
/// Who uses a resource. The users' bodies say whom they use; these lists in the state of the used resource say it the other
/// way round, so that neither a GET nor a refusal has to search the world.
/// </summary>
internal static class NetworkLinks
{
    /// <summary>Interfaces that a security group guards.</summary>
    public const string Interfaces = "networkInterfaces";

    /// <summary>Subnets that a security group guards.</summary>
    public const string Subnets = "subnets";

    public static IReadOnlyList<string> Of(ResourceEntry entry, string list) =>
        [.. entry.State.Array(list)?.Select(static id => id!.GetValue<string>()) ?? []];

    public static void Add(ResourceEntry entry, string list, string id)
    {
        if (Of(entry, list).Contains(id, StringComparer.OrdinalIgnoreCase)) return;
        if (entry.State.Array(list) is not { } users) entry.State[list] = users = [];
        users.Add((JsonNode)id);
    }

    public static void Remove(ResourceEntry? entry, string list, string id)
    {
        if (entry is null) return;
        IEnumerable<string> others =
            Of(entry, list).Where(other => !string.Equals(other, id, StringComparison.OrdinalIgnoreCase));
        entry.State[list] = new JsonArray([.. others.Select(static other => (JsonNode)other)]);
        if (entry.State.Array(list)!.Count == 0) entry.State.Remove(list);
    }

    /// <summary>Ids as Network shows references: <c>[{"id":"…"}]</c>; null when there are none.</summary>
    public static JsonArray? Show(IReadOnlyList<string> ids) =>
        ids.Count == 0 ? null : new JsonArray([.. ids.Select(static id => (JsonNode)new JsonObject { ["id"] = id })]);
}
