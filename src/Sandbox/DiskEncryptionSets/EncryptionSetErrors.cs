using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.DiskEncryptionSets;

/// <summary>Refusals of disk encryption sets.</summary>
internal static class EncryptionSetErrors
{
    /// <summary>Recorded in 2020 (azure-cli test_disk_encryption_set_update).</summary>
    public static ArmException NoRotation(JsonObject? before, JsonObject? after) => ComputeErrors.NotAllowed(
        "Key rotation in disk encryption set is not supported in this version. Cannot change active key with key " +
        $"'{before.Text("keyUrl")}' and vault id '{before.Text("sourceVault.id")}' to a new key with key " +
        $"'{after.Text("keyUrl")}' and vault id '{after.Text("sourceVault.id")}'");

    /// <summary>That it is refused is documented; code and text are assumptions.</summary>
    public static ArmException InUse(string set, string user) =>
        ComputeErrors.NotAllowed($"Disk encryption set {set} cannot be deleted because it is used by resource {user}.");
}
