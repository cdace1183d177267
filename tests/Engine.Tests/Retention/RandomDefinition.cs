using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Engine.Tests.Retention;

/// <summary>An image definition with versions in all states, and machines that use some of them, as a seed has it.</summary>
internal sealed class RandomDefinition
{
    public const string Id = "/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/images/providers/Microsoft.Compute/galleries/gal/images/web";
    private static readonly string[] s_regions = ["westeurope", "northeurope", "eastus", "japaneast"];
    private static readonly string[] s_states = ["Succeeded", "Succeeded", "Succeeded", "Succeeded", "Failed", "Updating", "Creating", "Deleting"];

    public RandomDefinition(int seed)
    {
        var random = new Random(seed);
        Now = new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int count = random.Next(0, 25); count > 0; count--)
            names.Add(string.Create(CultureInfo.InvariantCulture, $"{random.Next(0, 3)}.{random.Next(0, 12)}.{random.Next(0, 12)}"));
        JsonObject[] bodies = [.. names.Select(name => Version(random, name))];
        Versions = [.. bodies.Select(static body => JsonDocument.Parse(body.ToJsonString()).RootElement)];
        foreach (string name in names.Where(_ => random.Next(5) == 0))
            Users[$"{Id}/versions/{name}"] = [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => User(name, i))];
        Rule = new GetImageRetentionOptions
        {
            KeepLast = random.Next(1, 6),
            KeepDays = random.Next(2) == 0 ? null : random.Next(1, 200),
            KeepTag = random.Next(3) == 0 ? new Dictionary<string, string> { ["keep"] = random.Next(2) == 0 ? string.Empty : "yes" } : new Dictionary<string, string>(),
            KeepUntilEndOfLife = random.Next(2) == 0,
            IgnoreUsage = random.Next(4) == 0,
        };
    }

    public DateTimeOffset Now { get; }

    public GetImageRetentionOptions Rule { get; }

    public IReadOnlyList<JsonElement> Versions { get; }

    public Dictionary<string, IReadOnlyList<ImageUsage>> Users { get; } = new(StringComparer.OrdinalIgnoreCase);

    private JsonObject Version(Random random, string name) => new()
    {
        ["id"] = $"{Id}/versions/{name}",
        ["name"] = name,
        ["location"] = "westeurope",
        ["tags"] = random.Next(4) == 0 ? new JsonObject { ["keep"] = random.Next(2) == 0 ? "yes" : "no" } : null,
        ["properties"] = new JsonObject
        {
            ["provisioningState"] = s_states[random.Next(s_states.Length)],
            ["publishingProfile"] = new JsonObject
            {
                ["excludeFromLatest"] = random.Next(4) == 0,
                ["publishedDate"] = Now.AddDays(-random.Next(0, 400)).ToString("O", CultureInfo.InvariantCulture),
                ["endOfLifeDate"] = random.Next(2) == 0 ? null : Now.AddDays(random.Next(-100, 100)).ToString("O", CultureInfo.InvariantCulture),
                ["targetRegions"] = new JsonArray([.. s_regions.Where(_ => random.Next(2) == 0).Select(region => Region(random, region))]),
            },
            ["storageProfile"] = new JsonObject(),
            ["safetyProfile"] = new JsonObject { ["blockDeletionBeforeEndOfLife"] = random.Next(6) == 0 },
        },
    };

    private static JsonObject Region(Random random, string name) => new() { ["name"] = name, ["regionalReplicaCount"] = random.Next(1, 4), ["excludeFromLatest"] = random.Next(5) == 0 };

    private static ImageUsage User(string version, int number) => new()
    {
        Id = $"/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/apps/providers/Microsoft.Compute/virtualMachines/web{number}",
        Kind = ImageUserKind.VM,
        ImageId = $"{Id}/versions/{version}",
    };
}
