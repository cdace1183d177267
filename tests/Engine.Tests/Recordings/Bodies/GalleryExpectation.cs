using System.Globalization;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>What a user should see of a recorded gallery, image definition or image version: every property of the output type, by name.</summary>
internal static class GalleryExpectation
{
    public static Dictionary<string, object?> Gallery(JsonNode body) => new(BodyReading.Common(body))
    {
        ["Description"] = body.Text("properties.description"),
        ["UniqueName"] = body.Text("properties.identifier.uniqueName"),
        ["Permission"] = body.Text("properties.sharingProfile.permissions") ?? "Private",
        ["SoftDelete"] = body.Flag("properties.softDeletePolicy.isSoftDeleteEnabled"),
    };

    public static Dictionary<string, object?> Definition(JsonNode body)
    {
        JsonNode properties = body.At("properties")!;
        Dictionary<string, string> features = properties.All("features").ToDictionary(feature => feature.Text("name")!, feature => feature.Text("value")!);
        features.Remove("SecurityType", out string? security);
        JsonNode? plan = properties.At("purchasePlan");
        return new Dictionary<string, object?>(BodyReading.Common(body))
        {
            ["GalleryName"] = Part(body, 8),
            ["OSType"] = properties.Text("osType"),
            ["OSState"] = properties.Text("osState"),
            ["HyperVGeneration"] = properties.Text("hyperVGeneration") ?? "V1",
            ["Architecture"] = properties.Text("architecture") ?? "x64",
            ["SecurityType"] = security ?? "Standard",
            ["Publisher"] = properties.Text("identifier.publisher"),
            ["Offer"] = properties.Text("identifier.offer"),
            ["Sku"] = properties.Text("identifier.sku"),
            ["Plan"] = plan is null ? null : new PurchasePlan(plan.Text("publisher")!, plan.Text("product")!, plan.Text("name")!),
            ["Description"] = properties.Text("description"),
            ["EndOfLifeDate"] = properties.Date("endOfLifeDate"),
            ["Feature"] = features,
        };
    }

    public static Dictionary<string, object?> Version(JsonNode body)
    {
        JsonNode? storage = body.At("properties.storageProfile"), publishing = body.At("properties.publishingProfile");
        DiskReference? osDisk = storage.At("osDiskImage") is { } os ? Disk(os, null) : null;
        DiskReference[] dataDisks = [.. storage.All("dataDiskImages").Select(disk => Disk(disk, disk.Whole("lun") ?? 0))];
        DiskReference?[] disks = [osDisk, .. dataDisks];
        JsonNode[] replicas = [.. body.All("properties.replicationStatus.summary")];
        return new Dictionary<string, object?>(BodyReading.Common(body))
        {
            ["GalleryName"] = Part(body, 8),
            ["DefinitionName"] = Part(body, 10),
            ["Kind"] = ImageSourceKind.ImageVersion,
            ["Version"] = new Version(Part(body, 12)),
            ["SourceId"] = storage.Text("source.id") ?? storage.Text("source.virtualMachineId") ?? osDisk?.SourceId,
            ["OSDisk"] = osDisk,
            ["DataDisk"] = dataDisks,
            ["SizeGB"] = disks.All(disk => disk?.DiskSizeGB is not null) ? disks.Sum(disk => disk!.DiskSizeGB) : null,
            ["TargetRegion"] = publishing.All("targetRegions").Select(region => Region(region, replicas)).ToArray(),
            ["ReplicationState"] = StateOf(replicas),
            ["ReplicationMode"] = publishing.Text("replicationMode") ?? "Full",
            ["ExcludeFromLatest"] = publishing.Flag("excludeFromLatest"),
            ["IsStaged"] = BodyReading.Tag(body, "imagecmdlets-staged") is not null,
            ["PublishedDate"] = publishing.Date("publishedDate"),
            ["EndOfLifeDate"] = publishing.Date("endOfLifeDate"),
            ["BlockDeletionBeforeEndOfLife"] = body.Flag("properties.safetyProfile.blockDeletionBeforeEndOfLife"),
            ["IsSoftDeleted"] = false,
            ["SoftDeletedDate"] = null,
        };
    }

    /// <summary>A region as a user sees it.</summary>
    public static string Show(ImageTargetRegion region) => string.Create(CultureInfo.InvariantCulture,
        $"({region.Location}, {region.ReplicaCount}, {region.StorageAccountType}, excluded {region.ExcludeFromLatest}, keys {region.DiskEncryptionSetId} [{string.Join(' ', region.DataDiskEncryptionSetId)}], {region.State} {region.Progress} {region.Detail})");

    private static ImageTargetRegion Region(JsonNode region, JsonNode[] replicas)
    {
        string name = Short(region.Text("name")!);
        JsonNode? replica = Array.Find(replicas, other => Short(other.Text("region")!) == name);
        return new ImageTargetRegion
        {
            Location = name,
            ReplicaCount = region.Whole("regionalReplicaCount") ?? 1,
            StorageAccountType = region.Text("storageAccountType"),
            ExcludeFromLatest = region.At("excludeFromLatest")?.GetValue<bool>(),
            DiskEncryptionSetId = region.Text("encryption.osDiskImage.diskEncryptionSetId"),
            DataDiskEncryptionSetId = [.. region.All("encryption.dataDiskImages").OrderBy(disk => disk.Whole("lun")).Select(disk => disk.Text("diskEncryptionSetId")).OfType<string>()],
            State = replica.Text("state"),
            Progress = replica.Whole("progress"),
            Detail = replica.Text("details"),
        };
    }

    private static DiskReference Disk(JsonNode disk, int? lun) => new()
    {
        Lun = lun,
        SourceId = disk.Text("source.uri") ?? disk.Text("source.id"),
        DiskSizeGB = disk.Whole("sizeInGB"),
        Caching = disk.Text("hostCaching"),
    };

    // Azure's own aggregatedState is that of the moment; it is compared where it is recorded.
    private static string? StateOf(JsonNode[] replicas)
    {
        string[] states = [.. replicas.Select(replica => replica.Text("state")!)];
        return states.Length == 0 ? null
            : Array.TrueForAll(states, state => state == "Completed") ? "Completed"
            : Array.TrueForAll(states, state => state == "Failed") ? "Failed"
            : states.Contains("Replicating") ? "InProgress"
            : states.Contains("Failed") ? "PartiallyFailed" : "Unknown";
    }

    private static string Short(string name) => name.Replace(" ", string.Empty, StringComparison.Ordinal).ToLowerInvariant();

    private static string Part(JsonNode body, int index) => body.Text("id")!.Split('/')[index];
}
