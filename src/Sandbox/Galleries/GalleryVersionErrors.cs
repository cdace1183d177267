using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>
/// Refusals of image versions. Texts without another source are those of the article "Troubleshoot shared image galleries".
/// </summary>
internal static class GalleryVersionErrors
{
    public const string Root = "galleryImageVersion.properties";

    public static ArmException NameInvalid() => ComputeErrors.InvalidParameter(
        "The image version name is invalid. The image version name should follow Major(int).Minor(int).Patch(int) format, for " +
        "e.g: 1.0.0, 2018.12.1 etc.",
        "galleryImageVersionName");

    /// <summary>Assumption: worded like that of images; no answer of Azure is known.</summary>
    public static ArmException ApplicationNameInvalid() => ComputeErrors.InvalidParameter(
        "The application version name is invalid. The application version name should follow Major(int).Minor(int).Patch(int) " +
        "format, for e.g: 1.0.0, 2018.12.1 etc.",
        "galleryApplicationVersionName");

    /// <summary>Recorded, target included.</summary>
    public static ArmException OneSource() => ComputeErrors.InvalidParameter(
        "The gallery artifact version source can only be specified either directly under storageProfile or within individual " +
        "OS or data disks. One and only one source type (user image, snapshot, disk, virtual machine) can be provided.",
        $"{Root}.storageProfile.source.id");

    /// <summary>Pasted by a user of Ansible in 2019, when versions named their source elsewhere.</summary>
    public static ArmException NotAllowed(string parameter) =>
        ComputeErrors.InvalidParameter($"Parameter '{parameter}' is not allowed.", parameter);

    public static ArmException SourceKind(string id) => ComputeErrors.InvalidParameter(
        $"The source id: {id} must either be a managed image, virtual machine or another gallery image version",
        $"{Root}.storageProfile.source.id");

    public static ArmException DiskKind(string id, string target) =>
        ComputeErrors.InvalidParameter($"The source id: {id} must be a managed disk or snapshot.", target);

    /// <summary>Also for one that exists in another region.</summary>
    public static ArmException SourceNotFound(string id) => ComputeErrors.NotFound(
        $"Source {id} is not found. Please check source exists, and is in the same region as gallery image version being " +
        "created.");

    /// <summary>For another version, which may be anywhere.</summary>
    public static ArmException VersionNotFound(string id) =>
        ComputeErrors.NotFound($"Source was not found: {id}. Please make sure the source exists.");

    /// <summary>Pasted by a user of the Azure CLI; the status is an assumption.</summary>
    public static ArmException OSState(string id, string present, string wanted) => ComputeErrors.Refuse(
        400,
        "BadRequest",
        $"The resource with id '{id}' has a different OS state ['{present}'] than the parent gallery image OS state " +
        $"['{wanted}'].",
        null);

    /// <summary>Article's text, for managed images and versions; that machines get the other text is pasted (Azure/azure-cli#24972).</summary>
    public static ArmException ParentOSState(string id, string present, string wanted) => ComputeErrors.Refuse(
        400,
        "BadRequest",
        $"Cannot create Gallery Image Version from: {id} since the OS State in the parent gallery image ({wanted}) is not {present}.",
        null);

    /// <summary>The code is an assumption.</summary>
    public static ArmError TooLarge(long sizeGB, long mostGB) => new(
        "ReplicationFailed",
        $"Replication failed in this region due to 'The GalleryImageVersion source resource size {sizeGB} exceeds the max size {mostGB} supported.'");

    public static ArmException EncryptedElsewhere(string id, string own, string other) => ComputeErrors.InvalidParameter(
        $"Encrypted source: '{id}' is in a different subscription ID than the current gallery image version subscription '{own}'. " +
        $"Please retry with an unencrypted source(s) or use the source's subscription '{other}' to create the gallery image version.",
        $"{Root}.storageProfile.source.id");

    /// <summary>Found out while the version is made (pasted by users of the .NET SDK: Conflict).</summary>
    public static ArmError Generation(string id, string present, string wanted) => Different(
        id, "Hypervisor generation", present, "Hypervisor generation", wanted);

    public static ArmError OSType(string id, string present, string wanted) =>
        Different(id, "OS type", present, "OS type generation", wanted);

    /// <summary>Assumption: worded like the others; no answer of Azure is known.</summary>
    public static ArmError Architecture(string id, string present, string wanted) =>
        Different(id, "architecture", present, "architecture", wanted);

    /// <summary>Assumption: worded like the others; no answer of Azure is known.</summary>
    public static ArmError SecurityType(string id, string present, string wanted) =>
        Different(id, "security type", present, "security type", wanted);

    public static ArmError Plan(string id, string present, string wanted) => Different(id, "plan", present, "plan", wanted);

    /// <summary>Pasted by users of Packer and of PowerShell, code and target included.</summary>
    public static ArmException SecuritySource(string securityType, string id) => ComputeErrors.InvalidParameter(
        $"The security type '{securityType}' is not supported for the source id '{id}'. Currently only Vhd Blob, User Image " +
        $"and Gallery Image Version sources are supported for '{securityType}' images.",
        $"{Root}.storageProfile.source.id");

    public static ArmException EphemeralDisk(string id) => ComputeErrors.InvalidParameter(
        $"Source virtual machine {id} cannot contain an ephemeral OS disk.", $"{Root}.storageProfile.source.id");

    public static ArmException UnmanagedDisks(string id) => ComputeErrors.InvalidParameter(
        $"Source virtual machine {id} must be created from Managed Disks.", $"{Root}.storageProfile.source.id");

    public static ArmException DuplicateLuns() => ComputeErrors.InvalidParameter(
        "Duplicated lun numbers have been detected in the input data disks. Lun number must be unique for each data disk.",
        $"{Root}.storageProfile.dataDiskImages.lun");

    public static ArmException DuplicateSources() => ComputeErrors.InvalidParameter(
        "Duplicated source ids are found in the input disks. Source id should be unique for each disk.",
        $"{Root}.storageProfile.dataDiskImages.source.id");

    public static ArmException SameBlob(string uri) => ComputeErrors.InvalidParameter(
        $"OSDiskImage and DataDiskImage cannot point to same blob {uri}", $"{Root}.storageProfile.dataDiskImages.source.uri");

    public static ArmException DisksChanged() => ComputeErrors.NotAllowed(
        "Adding new Data Disks or changing the LUN of a Data Disk in an existing Image is not allowed.",
        $"{Root}.storageProfile.dataDiskImages");

    /// <summary>Pasted by users of Packer.</summary>
    public static ArmException HomeRegionMissing(IEnumerable<string> regions, string home) => ComputeErrors.InvalidParameter(
        $"Gallery image version publishing profile regions '{string.Join(", ", regions)}' must contain the location of image " +
        $"version '{home}'.",
        $"{Root}.publishingProfile.targetRegions");

    /// <summary>Pasted by users of Terraform.</summary>
    public static ArmException DuplicateRegions() => ComputeErrors.InvalidParameter(
        "Duplicate regions are not allowed in target publishing regions.", $"{Root}.publishingProfile.targetRegions");

    public static ArmException ZoneRedundantUnsupported() => ComputeErrors.InvalidParameter(
        "ZRS storage account type is not supported in this region.",
        $"{Root}.publishingProfile.targetRegions.storageAccountType");

    /// <summary>
    /// Pasted by a developer of Terraform for an application's version, code included; the status is the code's.
    /// </summary>
    public static ArmException RegionsRemoved(string version, string type) => ComputeErrors.Refuse(
        400,
        "BadRequest",
        $"Complete set of target locations not specified while updating gallery artifact '{version}' and type " +
        $"'{type}'. Deletion of previously replicated locations is not allowed, and you need to specify a " +
        "complete set of target locations in the update request or specify null or empty set for target regions in the update " +
        "request or set allow deletion of replicated locations under safety profile property. To figure out complete set of " +
        "target locations, you can perform a get first on gallery artifact",
        null);

    public static ArmException EncryptionSetNotFound(string id) =>
        ComputeErrors.NotFound($"The disk encryption set {id} was not found.");

    public static ArmException EncryptionSetElsewhere(string id, string subscription) => ComputeErrors.InvalidParameter(
        $"The disk encryption set '{id}' must be in the same subscription '{subscription}' as the gallery resource.",
        $"{Root}.publishingProfile.targetRegions.encryption");

    /// <summary>Assumption: the block is documented, its answer is not.</summary>
    public static ArmException BeforeEndOfLife(string version, string endOfLife) => ComputeErrors.NotAllowed(
        $"Gallery image version '{version}' cannot be deleted before its end of life date '{endOfLife}' because " +
        "blockDeletionBeforeEndOfLife is set in its safety profile.");

    /// <summary>Assumption: what Azure says to a new source for a version that can still be restored is not known.</summary>
    public static ArmException SoftDeleted(string version) => ComputeErrors.Conflict(
        $"Gallery image version '{version}' is soft-deleted. Restore it, or wait until it is permanently deleted.");

    private static ArmError Different(string id, string what, string present, string parents, string wanted) => new(
        "Conflict",
        $"The resource with id '{id}' has a different {what} ['{present}'] than the parent gallery image {parents} " +
        $"['{wanted}'].");
}
