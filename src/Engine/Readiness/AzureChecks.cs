using System.Text.Json;
using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Readiness;

/// <summary>What can be said of a machine without asking its guest.</summary>
internal static class AzureChecks
{
    // 2 TiB: what an image's operating system disk can have at most.
    private const int LargestDiskGB = 2048;

    /// <summary>Makes a check.</summary>
    public static IEnumerable<ReadinessEvidence> Make(ReadinessCheckName check, AzureFacts facts) => check switch
    {
        ReadinessCheckName.State => State(facts),
        ReadinessCheckName.Extension => AzureExtensionChecks.Extensions(facts),
        ReadinessCheckName.Encryption => AzureExtensionChecks.Encryption(facts),
        ReadinessCheckName.ImageKind => ImageKind(facts),
        ReadinessCheckName.Disk => Disks(facts),
        ReadinessCheckName.Lock => Locks(facts),
        ReadinessCheckName.ScaleSet => ScaleSet(facts),
        _ => [],
    };

    /// <summary>Why a check could not be made, or not wholly; null when it could.</summary>
    public static string? ReasonToSkip(ReadinessCheckName check, AzureFacts facts) => check switch
    {
        ReadinessCheckName.Disk or ReadinessCheckName.Encryption => facts.UnreadDisk,
        ReadinessCheckName.Lock => facts.UnreadLock,
        _ => null,
    };

    private static IEnumerable<ReadinessEvidence> State(AzureFacts facts)
    {
        ImageVM vm = facts.Machine.VM;
        if (facts.Machine.IsGeneralized)
        {
            yield return Information(ReadinessCheckName.State, "Azure.VMGeneralized", "OSState/generalized");
            yield break;
        }

        if (!facts.Machine.IsRunning)
            yield return Error(ReadinessCheckName.State, "Azure.VMNotRunning", $"PowerState/{vm.PowerState?.ToLowerInvariant() ?? "unknown"}");
        if (vm.ProvisioningState is "Failed" or "Canceled")
            yield return Warning(ReadinessCheckName.State, "Azure.VMProvisioningFailed", $"provisioningState {vm.ProvisioningState}");
    }

    private static IEnumerable<ReadinessEvidence> ImageKind(AzureFacts facts)
    {
        ImageVM vm = facts.Machine.VM;
        if (vm.SecurityType is "TrustedLaunch" or "ConfidentialVM")
            yield return Warning(ReadinessCheckName.ImageKind, "Azure.GalleryOnly", $"securityType {vm.SecurityType}");
        if (facts.Disk.Select(disk => disk.Text("properties", "supportedCapabilities", "architecture")).FirstOrDefault() == "Arm64")
            yield return Warning(ReadinessCheckName.ImageKind, "Azure.GalleryOnly", "architecture Arm64");
        if (vm.HyperVGeneration is { } generation)
            yield return Information(ReadinessCheckName.ImageKind, "Azure.Generation", $"hyperVGeneration {generation}");
        if (vm.Plan is { } plan)
            yield return Information(ReadinessCheckName.ImageKind, "Azure.MarketplacePlan", $"plan {plan.Publisher}/{plan.Product}/{plan.Name}");
    }

    private static IEnumerable<ReadinessEvidence> Disks(AzureFacts facts)
    {
        JsonElement os = facts.Storage.Find("osDisk") ?? default;
        if (os.Text("diffDiskSettings", "option") is { } option)
            yield return Error(ReadinessCheckName.Disk, "Azure.EphemeralSource", $"osDisk {os.Text("name")}: diffDiskSettings {option}");
        foreach (JsonElement disk in facts.Storage.Items("dataDisks").Prepend(os))
        {
            if (disk.Find("vhd", "uri") is not null)
                yield return Warning(ReadinessCheckName.Disk, "Azure.UnmanagedDisk", $"disk {disk.Text("name")}");
        }

        foreach (JsonElement disk in facts.Disk)
        {
            if (disk.Text("sku", "name") is "UltraSSD_LRS" or "PremiumV2_LRS")
                yield return Error(ReadinessCheckName.Disk, "Azure.UnsupportedDiskType", $"disk {disk.Text("name")}: {disk.Text("sku", "name")}");
            if (disk.Text("properties", "osType") is not null && disk.Number("properties", "diskSizeGB") is > LargestDiskGB)
                yield return Error(ReadinessCheckName.Disk, "Azure.DiskTooLarge", $"disk {disk.Text("name")}: {disk.Number("properties", "diskSizeGB")} GiB");
        }
    }

    // A lock that forbids deletions keeps the run command on the machine; one that forbids changes stops everything.
    private static IEnumerable<ReadinessEvidence> Locks(AzureFacts facts)
    {
        foreach (JsonElement item in facts.Lock)
        {
            string id = item.Text("id") ?? string.Empty;
            int end = id.IndexOf("/providers/Microsoft.Authorization/locks/", StringComparison.OrdinalIgnoreCase);
            string scope = end < 0 ? id : id.Substring(0, end);
            if (!facts.TouchedId.Any(touched => $"{touched}/".StartsWith($"{scope}/", StringComparison.OrdinalIgnoreCase)))
                continue;

            bool isReadOnly = string.Equals(item.Text("properties", "level"), "ReadOnly", StringComparison.OrdinalIgnoreCase);
            yield return new ReadinessEvidence(ReadinessCheckName.Lock, "Azure.Locked", isReadOnly ? FindingSeverity.Error : FindingSeverity.Warning,
                $"{item.Text("properties", "level")} lock {item.Text("name")} of {scope}");
        }
    }

    private static IEnumerable<ReadinessEvidence> ScaleSet(AzureFacts facts)
    {
        if (facts.Properties.Text("virtualMachineScaleSet", "id") is { } id)
            yield return Warning(ReadinessCheckName.ScaleSet, "Azure.ScaleSetInstance", id);
    }

    private static ReadinessEvidence Error(ReadinessCheckName check, string ruleId, string text) => new(check, ruleId, FindingSeverity.Error, text);

    private static ReadinessEvidence Warning(ReadinessCheckName check, string ruleId, string text) => new(check, ruleId, FindingSeverity.Warning, text);

    private static ReadinessEvidence Information(ReadinessCheckName check, string ruleId, string text) =>
        new(check, ruleId, FindingSeverity.Information, text);
}
