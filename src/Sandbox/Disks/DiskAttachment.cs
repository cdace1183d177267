using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.Disks;

/// <summary>The tie between a disk and its machine, as the disk shows it.</summary>
internal static class DiskAttachment
{
    /// <summary>Ties a disk to a machine that runs or will run.</summary>
    public static void Attach(ResourceEntry disk, string vmId)
    {
        disk.Body["managedBy"] = vmId;
        Show(disk, "Attached");
    }

    /// <summary>Unties a disk.</summary>
    public static void Detach(ResourceEntry disk)
    {
        disk.Body.Remove("managedBy");
        Show(disk, "Unattached");
    }

    /// <summary>Shows whether the machine of a disk holds it (running, stopped) or only keeps it (deallocated).</summary>
    public static void Show(ResourceEntry disk, bool allocated) => Show(disk, allocated ? "Attached" : "Reserved");

    /// <summary>Id of the machine that the disk is attached to; null when there is none.</summary>
    public static string? MachineId(ResourceEntry disk) => disk.Body.Text("managedBy");

    /// <summary>The machine that holds the disk and is not deallocated; null when there is none.</summary>
    public static ResourceEntry? RunningMachine(SandboxWorld world, ResourceEntry disk) =>
        world.Store.Find(MachineId(disk)) is { } vm && VmFacts.PowerState(vm) != VmFacts.Deallocated ? vm : null;

    private static void Show(ResourceEntry disk, string state) => disk.Properties["diskState"] = (JsonNode)state;
}
