using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Restoring;

/// <summary>What has to be so before anything is changed: a machine that has lost its disks for a refusal that could be foreseen is
/// worse than one that failed.</summary>
internal static class RestoreRules
{
    /// <exception cref="ImageCmdletsException">RegionMismatch, OSTypeMismatch, HyperVGenerationMismatch, OperationNotSupported,
    /// InvalidArgument.</exception>
    public static void Require(RestorePlan plan, JsonElement vm)
    {
        ImageVM machine = VMMapper.Map(vm);
        foreach (RestoreMember member in plan.Members)
        {
            DiskFacts snapshot = member.Snapshot;
            if (!LocationCatalog.Same(snapshot.Location, machine.Location ?? string.Empty))
                throw Refuse(ErrorIds.RegionMismatch, machine, $"the snapshot '{snapshot.Id.Name}' is in {snapshot.Location}, the machine in {machine.Location}");
        }

        if (machine.OSDisk?.SourceId is not { } disk || ResourceId.TryParse(disk) is null)
            throw Refuse(ErrorIds.OperationNotSupported, machine, "its OS disk is a VHD blob, or it has none");
        if (vm.Find("properties", "storageProfile", "osDisk", "diffDiskSettings") is not null)
            throw Refuse(ErrorIds.OperationNotSupported, machine, "its OS disk is ephemeral");
        if (plan.Members[0] is { Lun: null, Snapshot: { } os })
            RequireSystem(os, machine);
        if (machine.OSState == "Generalized")
            RequireRebuildable(plan, machine, vm);
    }

    private static void RequireSystem(DiskFacts os, ImageVM machine)
    {
        if (os.OSType is { } system && !Same(system, machine.OSType))
            throw Refuse(ErrorIds.OSTypeMismatch, machine, $"the snapshot '{os.Id.Name}' is of {system}, the machine runs {machine.OSType}");
        if (os.HyperVGeneration is { } generation && machine.HyperVGeneration is { } own && !Same(generation, own))
            throw Refuse(ErrorIds.HyperVGenerationMismatch, machine, $"the snapshot '{os.Id.Name}' is of generation {generation}, the machine of {own}");
    }

    // Azure changes nothing of a generalized machine any more: it is removed and made again, and what goes with it must come back.
    private static void RequireRebuildable(RestorePlan plan, ImageVM machine, JsonElement vm)
    {
        if (plan.Members[0].Lun is not null)
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"'{machine.Name}' is generalized and can only be made again of a snapshot of its OS disk, and none was given.", machine.Id,
                "Pass all snapshots of the set.");
        }

        if (vm.Text("properties", "virtualMachineScaleSet", "id") is not null)
            throw Refuse(ErrorIds.OperationNotSupported, machine, "it is generalized and belongs to a scale set, out of which it cannot be made again");
        int[] lost = [.. vm.Items("properties", "storageProfile", "dataDisks")
            .Where(disk => Same(disk.Text("deleteOption"), "Delete")).Select(disk => disk.Number("lun") ?? 0)
            .Where(lun => plan.Members.All(member => member.Lun != lun))];
        if (lost.Length > 0)
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument,
                $"'{machine.Name}' is generalized and must be made again; its data disks at LUN {string.Join(", ", lost)} are set to go with it, and no snapshot of them was given.", machine.Id,
                "Pass the snapshots of these disks too, of now or of then: New-ImageSnapshot takes them.");
        }
    }

    private static ImageCmdletsException Refuse(string errorId, ImageVM machine, string why) =>
        new(errorId, $"'{machine.Name}' cannot be restored: {why}.", machine.Id);

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
