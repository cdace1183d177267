using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Disks;

/// <summary>Reads disks and snapshots as sources of something.</summary>
internal static class DiskReader
{
    private static readonly ResourceReader s_disks = new(ResourceTypes.Disk, ErrorIds.DiskNotFound);
    private static readonly ResourceReader s_snapshots = new(ResourceTypes.Snapshot, ErrorIds.SnapshotNotFound);

    /// <exception cref="ImageCmdletsException">DiskNotFound, SnapshotNotFound, InvalidResourceId.</exception>
    public static async Task<DiskFacts> ReadAsync(Operation operation, string id)
    {
        bool isSnapshot = ResourceId.TryParse(id)?.Is(ResourceTypes.Snapshot) == true;
        ResourceReader reader = isSnapshot ? s_snapshots : s_disks;
        JsonElement item = await reader.ReadOneAsync(operation, id).ConfigureAwait(false);
        return DiskFacts.Read(ResourceId.TryParse(id)!, item);
    }

    /// <summary>Null where there is no such disk or snapshot, or no such resource group.</summary>
    public static async Task<DiskFacts?> FindAsync(Operation operation, ResourceId id)
    {
        ArmAnswer? answer = await operation.Arm.FindAsync(id.Text, ArmApiVersions.Disks, operation.CancellationToken).ConfigureAwait(false);
        return answer is null ? null : DiskFacts.Read(id, answer.Body);
    }
}
