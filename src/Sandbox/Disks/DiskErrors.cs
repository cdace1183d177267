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

    /// <summary>Pasted by users of Packer and Terraform; status and code are the usual ones.</summary>
    public static ArmException NoVhd() =>
        ComputeErrors.Refuse(400, "BadRequest", "Only blobs formatted as VHDs can be imported.", null);

    /// <summary>Article's text and code; the status is an assumption.</summary>
    public static ArmException NoPageBlob(string disk, string blob) => ComputeErrors.Refuse(
        400,
        "IncorrectImageBlobType",
        $"Disk blobs can only be of type page blob. Blob {blob} for disk '{disk}' is of type block blob.",
        null);

    /// <summary>Pasted by users of Storage Explorer (400) and of Terraform.</summary>
    public static ArmException NoCookie(string disk, string blob) => ComputeErrors.Refuse(
        400,
        "InvalidVhd",
        $"The specified cookie value in VHD footer indicates that disk '{disk}' with blob {blob} is not a supported VHD. " +
        "Disk is expected to have cookie value 'conectix'.",
        null);

    /// <summary>Assumption: that dynamic VHDs are refused is documented, the text is not.</summary>
    public static ArmException NotFixed(string disk, string blob) => ComputeErrors.Refuse(
        400,
        "InvalidVhd",
        $"The specified disk type in VHD footer indicates that disk '{disk}' with blob {blob} is not a supported VHD. " +
        "Disk is expected to be a fixed disk.",
        null);

    /// <summary>Text of "Prepare a Windows VHD to upload to Azure"; status and code are assumptions.</summary>
    public static ArmException VirtualSize(string blob, long size) => ComputeErrors.Refuse(
        400,
        "InvalidVhd",
        $"The VHD {blob} has an unsupported virtual size of {size} bytes. The size must be a whole number (in MBs).",
        null);

    /// <summary>Pasted by users of Storage Explorer, with status and code.</summary>
    public static ArmException UploadSize(long size, long footer) => ComputeErrors.Refuse(
        400,
        "BadRequest",
        $"The upload size in bytes {size} - {footer} bytes for the VHD footer ({size - footer} in this case) must be a multiple of MiB.",
        null);

    /// <summary>Pasted by users of az image copy; status and code are assumptions.</summary>
    public static ArmException BlobNotCopied(string blob, string status) => ComputeErrors.Conflict(
        $"Cannot import source blob {blob} since it has not been completely copied yet. Copy status of the blob is " +
        $"Copy{char.ToUpperInvariant(status[0])}{status.Substring(1)}.");

    /// <summary>Assumption: that account and disk must be in one region is documented, the text is not.</summary>
    public static ArmException AccountElsewhere(string account, string present, string wanted) => ComputeErrors.Refuse(
        400,
        "StorageAccountLocationMismatch",
        $"Could not create disk. Storage account with name {account} is in location {present}, and the disk in {wanted}.",
        null);

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
