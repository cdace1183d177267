using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.RestorePoints;

/// <summary>What was on the disks of a machine when a restore point was made of it; disks are made of it with <c>Restore</c>.</summary>
internal static class DiskRestorePoints
{
    private const string Key = "disks";
    private const string Segment = "/diskRestorePoints/";

    /// <summary>Keeps what is on a disk at this moment; gives the id of its part of the point.</summary>
    public static string Keep(SandboxWorld world, ResourceEntry point, ResourceEntry disk)
    {
        string unique = world.Ids.NextGuid($"diskRestorePoint|{point.Id}");
        string name = $"{disk.Name}_{unique}";
        DiskSource source = DiskSource.Of(disk);
        point.State.Ensure(Key)[name] = new JsonObject
        {
            ["uniqueId"] = unique,
            ["sizeBytes"] = source.SizeBytes,
            ["traits"] = source.Traits.Copy(),
            ["content"] = source.Content.Copy(),
        };
        return point.Id + Segment + name;
    }

    /// <summary>What a disk is restored from.</summary>
    /// <remarks>Texts are those for other sources of disks (assumption).</remarks>
    public static DiskSource Source(RequestContext context, JsonObject creation)
    {
        string id = creation.Text("sourceResourceId") ?? throw ComputeErrors.Missing("creationData.sourceResourceId");
        int end = id.IndexOf(Segment, StringComparison.OrdinalIgnoreCase);
        if (end < 0) throw ComputeErrors.Invalid("creationData.sourceResourceId");
        string name = id.Substring(end + Segment.Length);
        ResourceEntry? point = context.World.Store.Find(id.Substring(0, end));
        if (point?.State.Object(Key)?.FirstOrDefault(pair => string.Equals(pair.Key, name, StringComparison.OrdinalIgnoreCase)).Value is not JsonObject kept)
            throw DiskErrors.SourceNotFound(name);
        if (point.ProvisioningState != "Succeeded") throw ComputeErrors.Conflict();
        string collection = point.Id.Substring(0, point.Id.IndexOf("/restorePoints/", StringComparison.OrdinalIgnoreCase));
        if (context.World.Store.Find(collection)?.Location != context.Location) throw DiskErrors.SourceNotFound(name);
        return new DiskSource(kept.Number("sizeBytes") ?? 0)
        {
            UniqueId = kept.Text("uniqueId"),
            Traits = kept.Object("traits")!.Copy(),
            Content = kept.Object("content")!.Copy(),
        };
    }
}
