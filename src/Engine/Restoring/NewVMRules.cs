using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Restoring;

/// <summary>Of which snapshots a machine can be made, and which machine is one that was made of them.</summary>
internal static class NewVMRules
{
    private const string TrustedLaunch = "TrustedLaunch";

    /// <exception cref="ImageCmdletsException">InvalidArgument: not one whole set; RegionMismatch; OSStateMismatch: of a generalized system;
    /// OperationNotSupported: of a confidential machine.</exception>
    public static void Require(RestorePlan plan)
    {
        DiskFacts system = plan.Members[0].Snapshot;
        if (plan.Members[0].Lun is not null)
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"'{plan.VMId.Name}' can only be made of a snapshot of an OS disk, and none was given.", plan.VMId.Name,
                "Pass all snapshots of the set: those with the same SetId.");
        }

        RequireOneSet(plan, system);
        if (plan.Members.FirstOrDefault(member => !LocationCatalog.Same(member.Snapshot.Location, system.Location)) is { } elsewhere)
        {
            throw new ImageCmdletsException(ErrorIds.RegionMismatch, $"The snapshot '{elsewhere.Snapshot.Id.Name}' is in {elsewhere.Snapshot.Location}, that of the OS disk in {system.Location}.",
                elsewhere.Snapshot.Id.Text, "Copy-ImageSnapshot brings them into one region.");
        }

        RequireStartable(system);
    }

    /// <summary>Whether a machine can be started from a disk of the snapshot.</summary>
    /// <exception cref="ImageCmdletsException">OSStateMismatch: of a generalized system; OperationNotSupported: of a confidential machine.</exception>
    public static void RequireStartable(DiskFacts system)
    {
        if (MachineTags.OSState(system.Tag) == "Generalized")
        {
            throw new ImageCmdletsException(ErrorIds.OSStateMismatch, $"The snapshot '{system.Id.Name}' is of a generalized system: a machine that is started from its disk waits for what only an image brings.", system.Id.Text,
                "Make an image of it with New-CustomImage, and machines of that with New-ImageVM.");
        }

        if (system.SecurityType is not (null or "Standard" or TrustedLaunch))
        {
            throw new ImageCmdletsException(ErrorIds.OperationNotSupported, $"The snapshot '{system.Id.Name}' is of a confidential machine ({system.SecurityType}), which this module does not make.", system.Id.Text,
                "Make disks of the snapshots, without -NewVMName, and the machine by Azure's own means.");
        }
    }

    /// <summary>The disks as New-ImageVM knows a source: a specialized image.</summary>
    public static MachineSource SourceOf(RestorePlan plan)
    {
        DiskFacts system = plan.Members[0].Snapshot;
        return new MachineSource
        {
            Reference = system.Id.Text,
            OSType = system.OSType!,
            IsSpecialized = true,
            HyperVGeneration = system.HyperVGeneration,
            Architecture = system.Architecture ?? "x64",
            SecurityType = system.SecurityType,
            Plan = system.Plan,
            DataDiskLun = [.. plan.Members.Select(member => member.Lun).OfType<int>()],
        };
    }

    /// <summary>Whether a machine that is there was made, or is being made, of these very snapshots by this command.</summary>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists.</exception>
    public static async Task RequireSameAsync(Operation operation, NewVMPlan plan, JsonElement vm)
    {
        bool isSame = OperationTags.IsMadeFor(vm.Map("tags"), VMCreation.OperationName, plan.System.Id.Text);
        foreach (RestoreMember member in isSame ? plan.Restore.Members : [])
        {
            DiskFacts? disk = ResourceId.TryParse(VMMapper.DiskAt(vm, member.Lun)) is { } id ? await DiskReader.FindAsync(operation, id).ConfigureAwait(false) : null;
            isSame &= disk?.SourceUniqueId is { } source && source == member.Snapshot.UniqueId;
        }

        if (!isSame)
        {
            throw new ImageCmdletsException(ErrorIds.ResourceAlreadyExists, $"The resource group '{plan.Machine.Id.ResourceGroupName}' has a virtual machine '{plan.Machine.Id.Name}' already, and it was not made of these snapshots.",
                plan.Machine.Id.Text, "Choose another -NewVMName. To put the disks into the machine that is there, use -ToVM.");
        }
    }

    private static void RequireOneSet(RestorePlan plan, DiskFacts system)
    {
        if (plan.Members.Select(member => SnapshotTags.SetId(member.Snapshot.Tag)).Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1)
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"The snapshots for '{plan.VMId.Name}' are of more than one set: their disks are of different times.", plan.VMId.Name,
                "Pass the snapshots of one set only: those with the same SetId.");
        }

        int[] missing = [.. (MachineTags.Luns(system.Tag) ?? []).Where(lun => plan.Members.All(member => member.Lun != lun))];
        if (missing.Length > 0)
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"The set of '{system.Id.Name}' has data disks too, and no snapshot of those at LUN {string.Join(", ", missing)} was given.", system.Id.Text,
                "Pass all snapshots of the set: those with the same SetId. For the OS disk alone, make a disk of it, without -NewVMName.");
        }
    }
}
