using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Vhds;

namespace ImageCmdlets.Engine.Tracking;

/// <summary>Removes one thing that somebody's command made on its way: after another look at it, and after all access to its bytes has ended.</summary>
internal static class TemporaryRemoval
{
    // What others hang on goes last.
    private static readonly string[] s_order =
    [
        ResourceTypes.RunCommand, ResourceTypes.VirtualMachine, ResourceTypes.ContainerGroup, ResourceTypes.GalleryImageVersion, ResourceTypes.GalleryImage,
        ResourceTypes.Gallery, ResourceTypes.NetworkInterface, ResourceTypes.PublicIPAddress, ResourceTypes.VirtualNetwork, ResourceTypes.NetworkSecurityGroup,
        ResourceTypes.Disk, ResourceTypes.Snapshot, ResourceTypes.RestorePointCollection, ResourceTypes.StorageAccount, ResourceTypes.KeyVault,
    ];

    /// <summary>Whether this module knows how to remove such a thing.</summary>
    public static bool Knows(string? type) => type is null || Array.Exists(s_order, known => Same(known, type));

    /// <summary>The place of a type in the order of removal; resource groups are last.</summary>
    public static int OrderOf(string? type) => type is not null && Array.FindIndex(s_order, known => Same(known, type)) is >= 0 and int place ? place : s_order.Length;

    /// <summary>Removes it, if it is there and nothing speaks against it.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="id">The resource.</param>
    /// <param name="check">Throws where the resource, as it is now, is not to be removed.</param>
    /// <returns>False: it was gone.</returns>
    public static async Task<bool> RemoveAsync(Operation operation, ResourceId id, Action<SeenResource> check)
    {
        ArmAnswer? answer = await operation.Arm.FindAsync(id.Text, ArmApiVersions.For(id.ResourceType ?? string.Empty), operation.CancellationToken).ConfigureAwait(false);
        if (answer is null)
            return false;

        var now = new SeenResource(id, answer.Body);
        check(now);
        if (now.IsAccessed)
            await RevokeAsync(operation, now).ConfigureAwait(false);
        try
        {
            await DeleteAsync(operation, id).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception) when (now.IsAccessed && exception.ErrorId is not (ErrorIds.ResourceLocked or ErrorIds.AuthorizationFailed))
        {
            throw new ImageCmdletsException(ErrorIds.ResourceInUse, $"'{id.Name}' is open for an upload that did not come to its end, and cannot be removed before its access ends: {exception.Message}", id.Text,
                "Run the command again in half an hour: then the access has ended by itself.", exception);
        }

        return true;
    }

    private static Task DeleteAsync(Operation operation, ResourceId id) => id.ResourceType?.StartsWith(ResourceTypes.Gallery, StringComparison.OrdinalIgnoreCase) == true
        ? GalleryDeletion.RunAsync(operation, id, static _ => true)
        : ResourceRemoval.RemoveIfThereAsync(operation, id.Text);

    // Azure takes the end of the access to a disk that is written for the end of the upload, and refuses what is no VHD yet.
    private static async Task RevokeAsync(Operation operation, SeenResource resource)
    {
        bool isUpload = resource.DiskState == "ActiveUpload";
        try
        {
            await new DiskAccess(operation, resource.Id, isUpload ? "Write" : "Read", TimeSpan.Zero).RevokeAsync().ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception) when (isUpload)
        {
            operation.Verbose($"The access to '{resource.Id.Name}' could not be revoked: {exception.Message}");
        }
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
