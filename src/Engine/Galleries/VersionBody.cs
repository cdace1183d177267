using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Images;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>An image version as Azure is asked for it.</summary>
internal static class VersionBody
{
    public static JsonObject Of(GalleryVersionContent content)
    {
        var publishing = new JsonObject
        {
            ["targetRegions"] = new JsonArray([.. content.TargetRegion.Select(region => Region(region, content.DataDiskLun))]),
            ["excludeFromLatest"] = content.ExcludeFromLatest,
        };
        if (content.ReplicaCount is { } replicas)
            publishing["replicaCount"] = replicas;
        if (content.StorageAccountType is { } storage)
            publishing["storageAccountType"] = storage;
        if (content.IsShallow)
            publishing["replicationMode"] = "Shallow";
        if (GalleryWriter.Date(content.EndOfLifeDate) is { } end)
            publishing["endOfLifeDate"] = end;
        var safety = new JsonObject { ["allowDeletionOfReplicatedLocations"] = content.AllowsRemovalOfRegions };
        if (content.BlockDeletionBeforeEndOfLife)
            safety["blockDeletionBeforeEndOfLife"] = true;
        return ArmBody.Of(content.Location, content.Tag, new JsonObject
        {
            ["publishingProfile"] = publishing,
            ["storageProfile"] = Storage(content),
            ["safetyProfile"] = safety,
        });
    }

    /// <summary>A region as it is to be.</summary>
    /// <param name="region">What is wanted there.</param>
    /// <param name="luns">The LUNs of the data disks, for their encryption.</param>
    public static JsonObject Region(ImageTargetRegion region, IReadOnlyList<int> luns)
    {
        var body = new JsonObject { ["name"] = region.Location };
        if (region.ReplicaCount is { } replicas)
            body["regionalReplicaCount"] = replicas;
        if (region.StorageAccountType is { } storage)
            body["storageAccountType"] = storage;
        if (region.ExcludeFromLatest is { } excluded)
            body["excludeFromLatest"] = excluded;
        if (region.DiskEncryptionSetId is { } set)
            body["encryption"] = Encryption(set, region.DataDiskEncryptionSetId, luns);
        return body;
    }

    private static JsonObject Encryption(string set, IReadOnlyList<string> dataSets, IReadOnlyList<int> luns) => new()
    {
        ["osDiskImage"] = new JsonObject { ["diskEncryptionSetId"] = set },
        ["dataDiskImages"] = new JsonArray([.. luns.Select((lun, index) =>
            new JsonObject { ["lun"] = lun, ["diskEncryptionSetId"] = index < dataSets.Count ? dataSets[index] : set })]),
    };

    private static JsonObject Storage(GalleryVersionContent content)
    {
        if (content.SourceId is { } whole)
        {
            string name = ResourceId.TryParse(whole)?.Is(ResourceTypes.VirtualMachine) == true ? "virtualMachineId" : "id";
            return new JsonObject { ["source"] = new JsonObject { [name] = whole } };
        }

        var storage = new JsonObject { ["osDiskImage"] = Disk(content.OSDisk!, content.StorageAccountId) };
        if (content.DataDisk.Count > 0)
            storage["dataDiskImages"] = new JsonArray([.. content.DataDisk.Select(disk => Disk(disk, content.StorageAccountId))]);
        return storage;
    }

    private static JsonObject Disk(DiskReference disk, string? storageAccountId)
    {
        var source = new JsonObject();
        if (VhdAddress.Is(disk.SourceId!))
        {
            source["uri"] = disk.SourceId;
            source["storageAccountId"] = storageAccountId;
        }
        else
        {
            source["id"] = disk.SourceId;
        }

        var body = new JsonObject { ["source"] = source };
        if (disk.Lun is { } lun)
            body["lun"] = lun;
        if (disk.Caching is { } caching)
            body["hostCaching"] = caching;
        return body;
    }
}
