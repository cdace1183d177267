using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Fleets;

/// <summary>How many replicas of an image version so many machines want.</summary>
internal static class FleetReplicas
{
    /// <summary>The machines that one replica serves when they are made at once (article "Azure Compute Gallery", Scaling).</summary>
    public const int MachinesPerReplica = 20;

    /// <summary>Measures a version, region by region.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="version">The version.</param>
    /// <param name="machines">How many machines are made at once in each region, by short names.</param>
    public static async Task<IReadOnlyList<ImageReplicaMeasure>> MeasureAsync(Operation operation, ResourceId version, IReadOnlyDictionary<string, int> machines)
    {
        JsonElement body = await ReadAsync(operation, version).ConfigureAwait(false);
        return [.. machines.Select(region => Measure(body, region.Key, region.Value))];
    }

    /// <summary>Measures a version, or the latest one of a definition, for machines that are spread as a fleet's are.</summary>
    public static async Task<IReadOnlyList<ImageReplicaMeasure>> MeasureAsync(Operation operation, ResourceId id, MeasureReplicaOptions options)
    {
        var regions = new List<string>();
        foreach (string location in options.Location)
            regions.Add(await LocationCatalog.ResolveAsync(operation, id.SubscriptionId, location).ConfigureAwait(false));
        JsonElement version = id.Is(ResourceTypes.GalleryImageVersion)
            ? await ReadAsync(operation, id).ConfigureAwait(false)
            : await LatestVersion.ReadAsync(operation, id, regions.FirstOrDefault()).ConfigureAwait(false);
        if (regions.Count == 0)
            regions.AddRange(Profile(version).Items("targetRegions").Select(region => LocationCatalog.Normalize(region.Text("name")!)));
        string[] all = [.. regions.Distinct(StringComparer.Ordinal)];

        // The first ones get one more where the shares are not equal.
        return [.. all.Select((region, index) => Measure(version, region, (options.Count / all.Length) + (index < options.Count % all.Length ? 1 : 0)))];
    }

    /// <summary>The refusal of a region that has too few; null where it has enough.</summary>
    public static ImageCmdletsException? Problem(ImageReplicaMeasure measure) => measure.IsEnough ? null : new ImageCmdletsException(ErrorIds.ReplicasMissing,
        $"{measure.Location}: {measure.VMCount} machines made at once want {measure.RequiredReplicaCount} replicas of the image version '{measure.Id}', there are {measure.ReplicaCount}.",
        measure.Id, $"Pass -EnsureReplica to have them made, or -ThrottleLimit {Math.Max(1, measure.ReplicaCount) * MachinesPerReplica} to make fewer machines at once.");

    /// <summary>Gives a version the replicas that it lacks, and waits until they are there.</summary>
    public static async Task EnsureAsync(Operation operation, IReadOnlyList<ImageReplicaMeasure> missing)
    {
        if (missing.Count == 0)
            return;

        var options = new SetReplicationOptions
        {
            Id = missing[0].Id,
            AddRegion = [.. missing.Select(measure => new ImageTargetRegion { Location = measure.Location, ReplicaCount = measure.RequiredReplicaCount })],
        };
        operation.Verbose($"The image version gets more replicas: {string.Join(", ", missing)}.");
        VersionOutcome outcome = await ReplicationService.ChangeAsync(operation, options, new RunOptions()).ConfigureAwait(false);
        if (outcome.Failure.Count > 0)
            throw outcome.Failure[0];
    }

    private static ImageReplicaMeasure Measure(JsonElement version, string location, int machines) => new()
    {
        Id = version.Text("id")!,
        Location = location,
        VMCount = machines,
        ReplicaCount = ReplicasIn(Profile(version), location),
        RequiredReplicaCount = (machines + MachinesPerReplica - 1) / MachinesPerReplica,
    };

    private static async Task<JsonElement> ReadAsync(Operation operation, ResourceId version) =>
        (await operation.Arm.GetAsync(version.Text, ArmApiVersions.Galleries, operation.CancellationToken).ConfigureAwait(false)).Body;

    private static JsonElement Profile(JsonElement version) => version.Find("properties", "publishingProfile") ?? default;

    private static int ReplicasIn(JsonElement profile, string location)
    {
        JsonElement region = profile.Items("targetRegions").FirstOrDefault(region => LocationCatalog.Same(region.Text("name"), location));
        return region.ValueKind == JsonValueKind.Undefined ? 0 : region.Number("regionalReplicaCount") ?? profile.Number("replicaCount") ?? 1;
    }
}
