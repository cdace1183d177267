using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Locations;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Makes an <see cref="ImageVersion"/> of Azure's answer.</summary>
internal static class VersionMapper
{
    public static ImageVersion Map(JsonElement item)
    {
        JsonElement properties = item.Find("properties") ?? default;
        JsonElement publishing = properties.Find("publishingProfile") ?? default;
        JsonElement storage = properties.Find("storageProfile") ?? default;
        DiskReference? osDisk = storage.Find("osDiskImage") is { } os ? Disk(os, null) : null;
        DiskReference[] dataDisks = [.. storage.Items("dataDiskImages").Select(disk => Disk(disk, disk.Number("lun") ?? 0))];
        var replicas = properties.Items("replicationStatus", "summary").Select(GalleryVersionFacts.ReplicaOf).OfType<GalleryReplica>().ToList();
        IReadOnlyDictionary<string, string> tags = item.Map("tags");
        return new ImageVersion(item.Text("id")!)
        {
            Location = LocationCatalog.Of(item),
            Tag = tags,
            ProvisioningState = properties.Text("provisioningState"),
            SourceId = SourceOf(storage) ?? osDisk?.SourceId,
            OSDisk = osDisk,
            DataDisk = dataDisks,
            SizeGB = TotalSize(osDisk, dataDisks),
            TargetRegion = [.. publishing.Items("targetRegions").Select(region => Region(region, replicas))],
            ReplicationState = StateOf(replicas),
            ReplicationMode = publishing.Text("replicationMode") ?? "Full",
            ExcludeFromLatest = publishing.Truth("excludeFromLatest") ?? false,
            IsStaged = VersionTags.IsStaged(tags),
            PublishedDate = publishing.Time("publishedDate"),
            EndOfLifeDate = publishing.Time("endOfLifeDate"),
            BlockDeletionBeforeEndOfLife = properties.Truth("safetyProfile", "blockDeletionBeforeEndOfLife") ?? false,
        };
    }

    /// <summary>A version that was deleted and is kept: little is told of it.</summary>
    public static ImageVersion SoftDeleted(JsonElement item, ResourceId definition) =>
        new(item.Text("properties", "resourceArmId") ?? GalleryIds.Version(definition, item.Text("name")!).Text)
        {
            Location = LocationCatalog.Of(item),
            ProvisioningState = "Deleted",
            IsSoftDeleted = true,
            SoftDeletedDate = item.Time("properties", "softDeletedTime"),
        };

    private static string? SourceOf(JsonElement storage) =>
        storage.Text("source", "id") ?? storage.Text("source", "virtualMachineId") ?? storage.Text("source", "communityGalleryImageId");

    private static DiskReference Disk(JsonElement disk, int? lun) => new()
    {
        Lun = lun,
        SourceId = disk.Text("source", "uri") ?? disk.Text("source", "id"),
        DiskSizeGB = disk.Number("sizeInGB"),
        Caching = disk.Text("hostCaching"),
    };

    private static ImageTargetRegion Region(JsonElement region, List<GalleryReplica> replicas)
    {
        string location = LocationCatalog.Normalize(region.Text("name") ?? string.Empty);
        GalleryReplica? replica = replicas.Find(other => other.Region == location);
        return new ImageTargetRegion
        {
            Location = location,
            ReplicaCount = region.Number("regionalReplicaCount") ?? 1,
            StorageAccountType = region.Text("storageAccountType"),
            ExcludeFromLatest = region.Truth("excludeFromLatest"),
            DiskEncryptionSetId = region.Text("encryption", "osDiskImage", "diskEncryptionSetId"),
            DataDiskEncryptionSetId = [.. region.Items("encryption", "dataDiskImages").OrderBy(disk => disk.Number("lun")).Select(disk => disk.Text("diskEncryptionSetId")).OfType<string>()],
            State = replica?.State,
            Progress = replica?.Progress,
            Detail = replica?.Details,
        };
    }

    private static string? StateOf(List<GalleryReplica> replicas) => replicas.Count == 0 ? null
        : replicas.TrueForAll(replica => replica.HasFailed) ? "Failed"
        : replicas.Exists(replica => replica.State == "Replicating") ? "InProgress"
        : replicas.Exists(replica => replica.HasFailed) ? "PartiallyFailed"
        : replicas.TrueForAll(replica => replica.IsThere) ? "Completed" : "Unknown";

    private static int? TotalSize(DiskReference? osDisk, DiskReference[] dataDisks)
    {
        int?[] sizes = [osDisk?.DiskSizeGB, .. dataDisks.Select(disk => disk.DiskSizeGB)];
        return Array.Exists(sizes, size => size is null) ? null : sizes.Sum();
    }
}
