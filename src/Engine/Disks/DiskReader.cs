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

    /// <summary>The disks or snapshots of a group or subscription that are wanted by their tags.</summary>
    /// <remarks>The list of one type: that of all resources Azure brings up to date only later.</remarks>
    /// <param name="operation">The running command.</param>
    /// <param name="scope">The id of the group or subscription.</param>
    /// <param name="resourceType">Disks or snapshots.</param>
    /// <param name="isWanted">Whether one with these tags is.</param>
    public static async Task<IReadOnlyList<DiskFacts>> ListAsync(
        Operation operation, string scope, string resourceType, Func<IReadOnlyDictionary<string, string>, bool> isWanted)
    {
        var found = new List<DiskFacts>();
        await operation.Arm.ListAsync($"{scope}/providers/{resourceType}", ArmApiVersions.Disks, item =>
        {
            if (ResourceId.TryParse(item.Text("id")) is { } id && isWanted(item.Map("tags")))
                found.Add(DiskFacts.Read(id, item));
            return Task.CompletedTask;
        }, operation.CancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <summary>Null where there is no such disk or snapshot, or no such resource group.</summary>
    public static async Task<DiskFacts?> FindAsync(Operation operation, ResourceId id)
    {
        ArmAnswer? answer = await operation.Arm.FindAsync(id.Text, ArmApiVersions.Disks, operation.CancellationToken).ConfigureAwait(false);
        return answer is null ? null : DiskFacts.Read(id, answer.Body);
    }
}
