using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.Disks;

/// <summary>Refusals of the disk service.</summary>
internal static class DiskErrors
{
    /// <summary>Also the answer to a full snapshot of a disk in another region (recorded 2024).</summary>
    public static ArmException SourceNotFound(string name) => ComputeErrors.NotFound($"Resource {name} is not found.");

    /// <summary>Pasted by a user of Ansible; 409 is the usual status of the code.</summary>
    public static ArmException Attached(string disk, string vmId) =>
        ComputeErrors.NotAllowed($"Disk {disk} is attached to VM {vmId}.");

    /// <summary>Pasted by users of Storage Explorer.</summary>
    public static ArmException AccessWhileRunning(string disk, string vmId) => ComputeErrors.Conflict(
        $"Access not permitted because disk {disk} is currently attached to running VM {vmId}.");

    public static ArmException ActiveAccess(string disk) => ComputeErrors.NotAllowed(
        $"There is an active shared access signature outstanding for disk {disk}. Call EndGetAccess before attaching or " +
        "deleting the disk. Learn more here: aka.ms/revokeaccessapi.");

    /// <summary>Text from an article's change request; status and code are assumptions.</summary>
    public static ArmException CannotShrink(string id) => ComputeErrors.NotAllowed(
        $"The disk/snapshot resource with id {id} cannot be resized down. Reducing disk/snapshot size is not supported in " +
        "Azure to prevent data loss. If you do need to reduce the size of the disk, please create new snapshot/disks with " +
        "the appropriate size. More information is available at https://aka.ms/AzureDisksFAQ");

    public static ArmException SmallerThanImage(long sizeGB, long imageGB) => ComputeErrors.NotAllowed(
        $"Disk with size {sizeGB}GB, which is smaller than the size {imageGB}GB of corresponding disk in Image, is not allowed.");

    /// <summary>Article's text and code; for an OS disk whose machine is not deallocated.</summary>
    public static ArmException ResizeWhileRunning() => ComputeErrors.Conflict(
        "Disk resizing is allowed only when creating a VM or when the VM is deallocated.");

    /// <summary>Article's text and code; the status is an assumption.</summary>
    public static ArmException BlobNotFound(string uri, string disk) => ComputeErrors.Refuse(
        404, "DiskBlobNotFound", $"Unable to find VHD blob with URI {uri} for disk '{disk}'.", null);

    /// <summary>Recorded 2021 for CopyStart without <c>incremental</c>.</summary>
    public static ArmException CopyStartUnsupported() =>
        ComputeErrors.NotAllowed("CopyStart creation is not supported for this subscription.");

    /// <summary>Pasted by a user of the Azure CLI: CopyStart with a disk as its source.</summary>
    public static ArmException NotExpectedType() =>
        ComputeErrors.InvalidParameter("Entity not of expected type", "creationData.sourceResourceId");

    /// <summary>Assumption: no answer of Azure to the use of an unfinished copy is known.</summary>
    public static ArmException CopyNotFinished(string id, decimal percent) => ComputeErrors.NotAllowed(
        $"The snapshot '{id}' cannot be used as a source because its background copy is at {percent} percent. " +
        "Please retry when completionPercent is 100.");

    /// <summary>Assumption: the restriction is documented, its answer is not.</summary>
    public static ArmException CopyInProgress(string snapshot) => ComputeErrors.NotAllowed(
        $"Another snapshot of the same disk is being copied to this region by '{snapshot}'. Only one incremental snapshot of " +
        "a particular disk can be copied at a time.");
}
