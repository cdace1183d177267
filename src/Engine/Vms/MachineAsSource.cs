using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Vms;

/// <summary>A machine as something that images are made of: what it does not say itself, its OS disk may.</summary>
/// <param name="VM">The machine.</param>
/// <param name="OSDisk">Its OS disk; null where that is a VHD, or cannot be found.</param>
internal sealed record MachineAsSource(ImageVM VM, DiskFacts? OSDisk)
{
    public string? HyperVGeneration => VM.HyperVGeneration ?? OSDisk?.HyperVGeneration;

    public PurchasePlan? Plan => VM.Plan ?? OSDisk?.Plan;

    /// <summary>Null where nobody says it.</summary>
    public string? Architecture => OSDisk is null ? null : OSDisk.Architecture ?? "x64";

    /// <exception cref="ImageCmdletsException">VMNotFound.</exception>
    public static async Task<MachineAsSource> ReadAsync(Operation operation, ResourceId id)
    {
        ImageVM vm = VMMapper.Map((await VMReader.GetAsync(operation, id.Text).ConfigureAwait(false)).Body);
        DiskFacts? disk = ResourceId.TryParse(vm.OSDisk?.SourceId) is { } diskId ? await DiskReader.FindAsync(operation, diskId).ConfigureAwait(false) : null;
        return new MachineAsSource(vm, disk);
    }
}
