using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>What an image version says of itself that decides where it can be used.</summary>
/// <remarks>Source: <c>GalleryImageVersions_Get</c> with <c>$expand=ReplicationStatus</c>.</remarks>
internal sealed record GalleryVersionFacts(ResourceId Id)
{
    public string? ProvisioningState { get; init; }

    public IReadOnlyDictionary<string, string> Tag { get; init; } = new Dictionary<string, string>();

    /// <summary>The regions it is to be in, by their short names.</summary>
    public IReadOnlyList<string> TargetRegion { get; init; } = [];

    public IReadOnlyList<GalleryReplica> Replica { get; init; } = [];

    /// <summary>Whether nothing is going on with it.</summary>
    public bool HasEnded => ProvisioningState is null || ArmStates.IsEnd(ProvisioningState);

    /// <summary>Null where there is no such version.</summary>
    public static async Task<GalleryVersionFacts?> FindAsync(Operation operation, ResourceId id)
    {
        ArmAnswer? answer = await operation.Arm
            .FindAsync(id.Text, ArmApiVersions.Galleries, operation.CancellationToken, "$expand=ReplicationStatus").ConfigureAwait(false);
        return answer is null ? null : Read(id, answer.Body);
    }

    public static GalleryVersionFacts Read(ResourceId id, JsonElement item)
    {
        JsonElement properties = item.Find("properties") ?? default;
        return new GalleryVersionFacts(id)
        {
            ProvisioningState = properties.Text("provisioningState"),
            Tag = item.Map("tags"),
            TargetRegion = [.. RegionsOf(properties.Items("publishingProfile", "targetRegions"), "name")],
            Replica = [.. properties.Items("replicationStatus", "summary").Select(ReplicaOf).OfType<GalleryReplica>()],
        };
    }

    /// <summary>How it is in a region; null where it is not to be there.</summary>
    public GalleryReplica? In(string region) => Replica.FirstOrDefault(replica => LocationCatalog.Same(replica.Region, region));

    private static IEnumerable<string> RegionsOf(IEnumerable<JsonElement> items, string name) =>
        items.Select(item => item.Text(name)).OfType<string>().Select(LocationCatalog.Normalize);

    public static GalleryReplica? ReplicaOf(JsonElement item) => item.Text("region") is { } region
        ? new GalleryReplica(LocationCatalog.Normalize(region), item.Text("state") ?? "Unknown", item.Number("progress") ?? 0, item.Text("details"))
        : null;
}
