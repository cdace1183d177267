using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Tests.Recordings;

namespace ImageCmdlets.Sandbox.Tests.Recordings.Traffic;

/// <summary>What others did around a recorded session: the frameworks of the tests, and the automation of their subscriptions.</summary>
internal sealed partial class RecordedSurroundings(SandboxClient client, Recording recording, SessionMap map)
{
    private const string Version = "2022-09-01";
    private const string VaultVersion = "2023-02-01";

    /// <summary>Makes what an exchange meets and the session itself did not make.</summary>
    public void Before(RecordedExchange exchange)
    {
        Match group = GroupName().Match(exchange.Uri.AbsolutePath);
        if (!group.Success) return;
        string path = $"{client.Subscription}/resourceGroups/{group.Groups[1].Value}";
        bool itself = exchange.Uri.AbsolutePath.EndsWith(group.Value, StringComparison.Ordinal);
        if (!itself || exchange.Method == "GET") EnsureGroup(exchange, group.Value, path);
        if (itself && exchange is { Method: "GET", Status: 200 }) EnsureTags(exchange, path);
        if (exchange is { Method: "GET", Status: 200 } && Vault().Match(exchange.Uri.AbsolutePath) is { Success: true } vault)
            EnsureVault(exchange, path + vault.Value);
    }

    // Groups are made by the frameworks of the recorded tests, often before the recorder begins.
    private void EnsureGroup(RecordedExchange exchange, string tail, string path)
    {
        if (client.Send("HEAD", $"{path}?api-version={Version}").Status != 404) return;
        RecordedExchange? seen = recording.Exchanges.FirstOrDefault(other =>
            other.Uri.AbsolutePath.EndsWith(tail, StringComparison.OrdinalIgnoreCase) && other.Body.Contains("\"location\"", StringComparison.Ordinal));
        if (seen is null && exchange.Status == 404) return;
        JsonNode? body = seen is null ? null : JsonNode.Parse(seen.Body);
        var put = new JsonObject { ["location"] = map.Here((string?)body?["location"] ?? "westus"), ["tags"] = body?["tags"]?.DeepClone() };
        client.Put(path, Version, put.ToJsonString()).ShouldBe(201);
    }

    // A policy of that subscription wrote who made a group, and when, into its tags some minutes later.
    private void EnsureTags(RecordedExchange exchange, string path)
    {
        JsonObject? tags = JsonNode.Parse(exchange.Body)?["tags"] as JsonObject;
        Answer here = client.Get(path, Version);
        if (tags is null || here.Status != 200 || tags.All(tag => here.Json["tags"] is JsonObject own && own.ContainsKey(tag.Key))) return;
        client.Patch(path, Version, new JsonObject { ["tags"] = tags.DeepClone() }.ToJsonString()).ShouldBe(200);
    }

    // Key vaults are made by the framework of the Azure CLI's tests before the recorder begins.
    private void EnsureVault(RecordedExchange exchange, string path)
    {
        JsonNode seen = JsonNode.Parse(exchange.Body)!;
        if (client.Get(path, VaultVersion).Status != 404) return;
        var put = new JsonObject
        {
            ["location"] = (string?)seen["location"], ["tags"] = seen["tags"]?.DeepClone(), ["properties"] = seen["properties"]?.DeepClone(),
        };
        client.Put(path, VaultVersion, put.ToJsonString()).ShouldBe(200);
    }

    [GeneratedRegex("/providers/Microsoft.KeyVault/vaults/[^/]+$", RegexOptions.IgnoreCase)]
    private static partial Regex Vault();

    [GeneratedRegex("/resourceGroups/([^/]+)", RegexOptions.IgnoreCase)]
    private static partial Regex GroupName();
}
