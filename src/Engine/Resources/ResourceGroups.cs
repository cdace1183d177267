using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Resources;

/// <summary>Reads resource groups. This module never makes or removes one.</summary>
internal static class ResourceGroups
{
    /// <summary>The region of a group that must exist.</summary>
    /// <exception cref="ImageCmdletsException">ResourceGroupNotFound.</exception>
    public static async Task<string> RequireAsync(Operation operation, string subscriptionId, string name)
    {
        string path = $"/subscriptions/{subscriptionId}/resourceGroups/{Uri.EscapeDataString(name)}";
        ArmAnswer? found = await operation.Arm.FindAsync(path, ArmApiVersions.Resources, operation.CancellationToken).ConfigureAwait(false);
        return found?.Body.Text("location") ?? throw new ImageCmdletsException(ErrorIds.ResourceGroupNotFound,
            $"The resource group '{name}' was not found in the subscription '{subscriptionId}'.", name);
    }
}
