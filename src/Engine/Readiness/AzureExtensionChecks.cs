using System.Text.Json;
using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Readiness;

/// <summary>What the extensions of a machine mean for an image of it.</summary>
internal static class AzureExtensionChecks
{
    private const string DiskEncryption = "AzureDiskEncryption";

    // Types whose work in the guest stops sysprep: Defender for Endpoint protects its own identity.
    private static readonly HashSet<string> s_breaking = new(StringComparer.OrdinalIgnoreCase) { "MDE.Windows" };

    public static IEnumerable<ReadinessEvidence> Extensions(AzureFacts facts) => facts.Machine.Item.Items("resources")
        .Where(extension => !IsDiskEncryption(extension))
        .Select(extension =>
        {
            bool isBreaking = s_breaking.Contains(extension.Text("properties", "type") ?? string.Empty);
            return new ReadinessEvidence(ReadinessCheckName.Extension, isBreaking ? "Azure.ExtensionBreaksSysprep" : "Azure.ExtensionRemains",
                isBreaking ? FindingSeverity.Error : FindingSeverity.Warning, Describe(extension));
        });

    /// <summary>Azure Disk Encryption encrypts in the guest; encryption of the platform, also with the customer's keys, does no harm.</summary>
    public static IEnumerable<ReadinessEvidence> Encryption(AzureFacts facts)
    {
        foreach (JsonElement extension in facts.Machine.Item.Items("resources").Where(IsDiskEncryption))
            yield return Found(Describe(extension));
        if (facts.Storage.Truth("osDisk", "encryptionSettings", "enabled") == true)
            yield return Found("osDisk: encryptionSettings.enabled");
        foreach (JsonElement disk in facts.Disk)
        {
            if (disk.Truth("properties", "encryptionSettingsCollection", "enabled") == true)
                yield return Found($"disk {disk.Text("name")}: encryptionSettingsCollection.enabled");
        }
    }

    private static bool IsDiskEncryption(JsonElement extension) =>
        extension.Text("properties", "type")?.StartsWith(DiskEncryption, StringComparison.OrdinalIgnoreCase) == true;

    private static string Describe(JsonElement extension) =>
        $"extension {extension.Text("name")}: {extension.Text("properties", "publisher")}/{extension.Text("properties", "type")}";

    private static ReadinessEvidence Found(string text) => new(ReadinessCheckName.Encryption, "Azure.DiskEncryption", FindingSeverity.Error, text);
}
