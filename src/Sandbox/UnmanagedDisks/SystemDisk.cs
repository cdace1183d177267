using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.UnmanagedDisks;

/// <summary>Where the system of a machine lies: with its managed disk, or with the machine itself when the disk is in a blob.</summary>
internal static class SystemDisk
{
    /// <summary>The state of the disk, to be read and written; null when the machine has no disk.</summary>
    public static JsonObject? State(SandboxWorld world, ResourceEntry vm)
    {
        if (vm.Body.Object("properties.storageProfile.osDisk") is not { } disk) return null;
        return UnmanagedDisk.IsMeant(disk) ? UnmanagedDisk.Content(vm, disk) : world.Store.Find(disk.Text("managedDisk.id"))?.State;
    }
}
