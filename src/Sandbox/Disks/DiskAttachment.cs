using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.Disks;

/// <summary>The tie between a disk and its machine, as the disk shows it.</summary>
internal static class DiskAttachment
{
    private const string OwnershipChanged = "ownership.changed";

    // The first version whose specification has the property.
    private const string OwnershipSince = "2023-04-02";

    /// <summary>Ties a disk to a machine that runs or will run.</summary>
    public static void Attach(ResourceEntry disk, string vmId, DateTimeOffset now)
    {
        disk.Body["managedBy"] = vmId;
        Show(disk, "Attached", now);
    }

    /// <summary>Unties a disk.</summary>
    public static void Detach(ResourceEntry disk, DateTimeOffset now)
    {
        disk.Body.Remove("managedBy");
        Show(disk, "Unattached", now);
    }

    /// <summary>Shows whether the machine of a disk holds it (running, stopped) or only keeps it (deallocated).</summary>
    public static void Show(ResourceEntry disk, bool allocated, DateTimeOffset now) =>
        Show(disk, allocated ? "Attached" : "Reserved", now);

    /// <summary>Adds when the disk was last attached, detached, or its machine started or deallocated; a disk that never was
    /// attached does not say it. Source: the specification, which writes it with a capital L.</summary>
    public static void ShowOwnership(ResourceEntry disk, JsonObject body, string apiVersion)
    {
        if (disk.State.Text(OwnershipChanged) is { } time && string.CompareOrdinal(apiVersion, OwnershipSince) >= 0)
            body["properties"]!["LastOwnershipUpdateTime"] = time;
    }

    /// <summary>Id of the machine that the disk is attached to; null when there is none.</summary>
    public static string? MachineId(ResourceEntry disk) => disk.Body.Text("managedBy");

    /// <summary>The machine that holds the disk and is not deallocated; null when there is none.</summary>
    public static ResourceEntry? RunningMachine(SandboxWorld world, ResourceEntry disk) =>
        world.Store.Find(MachineId(disk)) is { } vm && VmFacts.PowerState(vm) != VmFacts.Deallocated ? vm : null;

    private static void Show(ResourceEntry disk, string state, DateTimeOffset now)
    {
        disk.Properties["diskState"] = (JsonNode)state;
        disk.State.Ensure("ownership")["changed"] = ArmTime.Format(now);
    }
}
