using System.Text.Json;
using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Staging;

/// <summary>Of which machines Azure makes restore points.</summary>
/// <remarks>Documented in "Support matrix for VM restore points".</remarks>
internal static class RestorePointRules
{
    private static readonly string[] s_applicationOnly = ["UltraSSD_LRS", "PremiumV2_LRS"];

    /// <exception cref="ImageCmdletsException">OperationNotSupported.</exception>
    public static void Require(NewSnapshotOptions options, ImageVM vm, JsonElement body, IReadOnlyList<StagedPart> parts)
    {
        if (body.Find("properties", "storageProfile", "osDisk", "diffDiskSettings") is not null)
            throw Refuse(vm, "its OS disk is ephemeral", "Take snapshots of its data disks by themselves.");
        if (string.Equals(vm.SecurityType, "ConfidentialVM", StringComparison.OrdinalIgnoreCase))
            throw Refuse(vm, "it is a confidential machine", "Stop-ImageVM it, and take snapshots without -RestorePoint.");
        if (options.CrashConsistent && parts.FirstOrDefault(part => s_applicationOnly.Contains(part.Pattern?.Sku)) is { } fast)
        {
            throw Refuse(vm, $"the disk '{fast.Pattern!.Id.Name}' is {fast.Pattern.Sku}, of which Azure makes no crash-consistent ones",
                "Leave -CrashConsistent out.");
        }
    }

    private static ImageCmdletsException Refuse(ImageVM vm, string why, string advice) =>
        new(ErrorIds.OperationNotSupported, $"Azure makes no such restore point of '{vm.Name}': {why}.", vm.Id, advice);
}
