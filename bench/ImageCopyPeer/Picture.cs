using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Bench.ImageCopyPeer;

/// <summary>What is in a world.</summary>
/// <param name="Things">Groups and resources, shown as <c>group/type/name</c>.</param>
/// <param name="Copies">What the copies of the image carry, one line each.</param>
/// <param name="OpenAccesses">Snapshots and disks that anybody with a signature can read.</param>
internal sealed record Picture(IReadOnlySet<string> Things, IReadOnlyList<string> Copies, IReadOnlyList<string> OpenAccesses)
{
    private const string Root = "/subscriptions/" + World.Subscription;

    /// <summary>Looks at a world after all that was still to happen in it.</summary>
    public static async Task<Picture> TakeAsync(World world)
    {
        using var server = new PeerServer(world, "max");
        using HttpClient client = server.CreateClient();
        // What was begun and not waited for ends at the first of them.
        JsonArray groups = await ListAsync(client, $"{Root}/resourcegroups?api-version=2021-04-01");
        JsonArray resources = await ListAsync(client, $"{Root}/resources?api-version=2021-04-01");
        JsonArray images = await ListAsync(client, $"{Root}/providers/Microsoft.Compute/images?api-version=2022-08-01");
        JsonArray snapshots = await ListAsync(client, $"{Root}/providers/Microsoft.Compute/snapshots?api-version=2022-07-02");
        JsonArray disks = await ListAsync(client, $"{Root}/providers/Microsoft.Compute/disks?api-version=2022-07-02");
        return new Picture(
            groups.Select(static group => $"the group {group!["name"]}").Concat(resources.Concat(snapshots).Concat(disks).Select(static thing => Name(thing!))).ToHashSet(StringComparer.OrdinalIgnoreCase),
            [.. images.Where(static image => (string?)image!["name"] != "golden").Select(static image => Describe(image!)).Order(StringComparer.Ordinal)],
            [.. snapshots.Concat(disks).Where(static disk => (string?)disk!["properties"]!["diskState"] == "ActiveSAS").Select(static disk => Name(disk!))]);
    }

    /// <summary>What is here and was not there, other than images.</summary>
    public IReadOnlyList<string> Beyond(Picture earlier) =>
        [.. Things.Except(earlier.Things, StringComparer.OrdinalIgnoreCase).Where(static thing => !thing.StartsWith("images/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static string Name(JsonNode resource)
    {
        string[] segments = ((string)resource["id"]!).Split('/');
        return $"{segments[^2]}/{segments[^1]}";
    }

    private static string Describe(JsonNode image)
    {
        JsonNode properties = image["properties"]!, storage = properties["storageProfile"]!;
        int disks = 1 + (storage["dataDisks"] as JsonArray ?? []).Count;
        bool zones = (bool?)storage["zoneResilient"] ?? false;
        IEnumerable<string> tags = (image["tags"] as JsonObject ?? []).Select(static tag => $"{tag.Key}={tag.Value}");
        return $"{image["location"]}: {disks} disk{(disks == 1 ? string.Empty : "s")}, {properties["hyperVGeneration"]}, " +
               $"OS disk cached {storage["osDisk"]!["caching"]}, {(zones ? "zone resilient" : "not zone resilient")}, tags {string.Join(' ', tags)}";
    }

    private static async Task<JsonArray> ListAsync(HttpClient client, string address)
    {
        var all = new JsonArray();
        for (string? page = address; page is not null;)
        {
            JsonNode answer = (await client.GetFromJsonAsync<JsonNode>(page))!;
            foreach (JsonNode? item in (JsonArray)answer["value"]!) all.Add(item!.DeepClone());
            page = (string?)answer["nextLink"];
        }

        return all;
    }
}
