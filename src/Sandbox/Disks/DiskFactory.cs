using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Disks;

/// <summary>Makes disks at once, for operations that make them by the way: a machine's OS and data disks.</summary>
internal static class DiskFactory
{
    /// <summary>Puts a finished disk into the store.</summary>
    public static ResourceEntry Create(SandboxWorld world, DiskSpecification disk, DateTimeOffset now)
    {
        string id = disk.Id.ToString();
        JsonObject body = DiskBodies.Finished(disk, world.Ids.NextGuid($"disk|{id}"), now);
        var entry = new ResourceEntry(id, disk.Kind.Type, body, disk.Source.Content.Copy());
        world.Store.Put(entry);
        return entry;
    }
}
