using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>
/// What other subjects may know about a machine. The keys are those of <see cref="ResourceEntry.State"/>; the subject of
/// machines writes them.
/// </summary>
internal static class VmFacts
{
    public const string Type = "Microsoft.Compute/virtualMachines";

    public const string ScaleSetType = "Microsoft.Compute/virtualMachineScaleSets";

    /// <summary>Type of the machines of a uniform scale set.</summary>
    public const string InstanceType = "Microsoft.Compute/virtualMachineScaleSets/virtualMachines";

    /// <summary>Key of the power state: one of the words below.</summary>
    public const string PowerStateKey = "powerState";

    /// <summary>Key of a flag: generalized by the generalize operation.</summary>
    public const string GeneralizedKey = "generalized";

    public const string Running = "running";
    public const string Stopped = "stopped";
    public const string Deallocated = "deallocated";

    /// <summary>Whether the entry is a machine of a uniform scale set.</summary>
    public static bool IsInstance(ResourceEntry entry) =>
        string.Equals(entry.Type, InstanceType, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the entry is a machine at all: one of its own, or one of a scale set.</summary>
    public static bool IsMachine(ResourceEntry entry) =>
        IsInstance(entry) || string.Equals(entry.Type, Type, StringComparison.OrdinalIgnoreCase);

    /// <summary>Power state; a machine that says none runs.</summary>
    public static string PowerState(ResourceEntry vm) => vm.State.Text(PowerStateKey) ?? Running;

    /// <summary>Whether the service takes the machine for generalized, whatever the guest has done.</summary>
    public static bool IsGeneralized(ResourceEntry vm) => vm.State.Flag(GeneralizedKey) == true;

    /// <summary>Whether the machine's disks are blobs and not resources.</summary>
    public static bool HasBlobDisks(ResourceEntry vm) => vm.Body.Object("properties.storageProfile.osDisk.vhd") is not null;

    /// <summary>Ids of the machine's network interfaces.</summary>
    public static IEnumerable<string> NetworkInterfaces(ResourceEntry vm) =>
        vm.Body.Items("properties.networkProfile.networkInterfaces").Select(static item => item.Text("id")).OfType<string>();

    /// <summary>Refuses changes of a generalized machine, those of its tags included (azure-docs#8418 and #33508).</summary>
    public static void CheckChangeable(ResourceEntry resource)
    {
        if (string.Equals(resource.Type, Type, StringComparison.OrdinalIgnoreCase) && IsGeneralized(resource))
            throw VmErrors.Generalized("Update VM", resource.Name);
    }
}
