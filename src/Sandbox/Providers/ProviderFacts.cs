using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Providers;

/// <summary>What providers tell about themselves beyond their types (recorded in August 2024; of Compute in 2018).</summary>
internal static class ProviderFacts
{
    private const string File = "ImageCmdlets.Sandbox.Providers.ProviderFacts.json";

    private static readonly JsonObject s_facts = Load();

    /// <summary>Applications that may act for the provider; null when they are not known.</summary>
    public static JsonArray? Authorizations(string provider) => Of(provider)?["authorizations"]?.DeepClone() as JsonArray;

    /// <summary>Adds what a provider tells of one of its types.</summary>
    public static void Describe(ResourceType type, JsonObject shown)
    {
        if (Of(type.Namespace) is not { } facts) return;
        if (facts.Object("defaultApiVersions")?.Text(type.Name) is { } version) shown["defaultApiVersion"] = version;
        if (Names(facts, "profiled", type)) shown["apiProfiles"] = facts["apiProfiles"]!.DeepClone();
        if (Names(facts, "zonal", type)) shown["zoneMappings"] = Zones();
        if (Names(facts, "edge", type)) shown["locationMappings"] = s_facts["edgeZones"]!.DeepClone();
    }

    // Not by path: the namespace holds a dot.
    private static JsonObject? Of(string provider) => s_facts[provider] as JsonObject;

    private static bool Names(JsonObject facts, string list, ResourceType type) =>
        facts.Array(list)?.Any(name => (string?)name == type.Name) ?? false;

    private static JsonArray Zones() =>
    [
        .. Regions.All.Where(static region => region.HasZones).Select(static region => (JsonNode)new JsonObject
        {
            ["location"] = region.DisplayName,
            ["zones"] = new JsonArray("2", "3", "1"),
        }),
    ];

    private static JsonObject Load()
    {
        using Stream stream = typeof(ProviderFacts).Assembly.GetManifestResourceStream(File)!;
        return (JsonObject)JsonNode.Parse(stream)!;
    }
}
