using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>Refusals of a machine's PUT or PATCH. Texts that no recording has are as users quote them, and were not seen by us.</summary>
internal static class VmRequestErrors
{
    /// <summary>Recorded.</summary>
    public static ArmException NoNetworkInterface(string vm) => ComputeErrors.Refuse(
        400,
        "VirtualMachineMustHaveAtLeastOneNetworkInterface",
        $"Virtual machine {vm} must have at least one network interface.",
        null);

    public static ArmException NoPrimaryNic(string vm) => ComputeErrors.Refuse(
        400,
        "VirtualMachineMustHaveOneNetworkInterfaceAsPrimary",
        $"Virtual machine {vm} must have one network interface set as the primary.",
        null);

    public static ArmException TooManyNics(string vm, string size, int asked, int most) => ComputeErrors.Refuse(
        400,
        "NetworkInterfaceCountExceeded",
        $"The number of network interfaces for virtual machine {vm} exceeds the maximum allowed for the virtual machine size " +
        $"{size}. The number of network interfaces is {asked} and the maximum allowed is {most}.",
        null);

    public static ArmException UnknownSize(string size, IEnumerable<string> known) => ComputeErrors.InvalidParameter(
        $"The value {size} provided for the VM size is not valid. The valid sizes in the current region are: " +
        $"{string.Join(",", known)}.",
        "vmSize");

    public static ArmException SizeNotAvailable(string size, string location) => ComputeErrors.Refuse(
        409,
        "SkuNotAvailable",
        $"The requested VM size for resource 'Following SKUs have failed for Capacity Restrictions: {size}' is currently not " +
        $"available in location '{location}'. Please try another size or deploy to a different location or different zone. " +
        "See https://aka.ms/azureskunotavailable for details.",
        null);

    /// <summary>Pasted by users (Azure-Network-Security#30).</summary>
    public static ArmException SizeNotInZones(string id, string location, IEnumerable<string> zones, string subscription) =>
        ComputeErrors.Refuse(
        409,
        "SkuNotAvailable",
        $"The requested size for resource '{id}' is currently not available in location '{location}' zones " +
        $"'{string.Join(",", zones)}' for subscription '{subscription}'. Please try another size or deploy to a different " +
        "location or zones. See https://aka.ms/azureskunotavailable for details.",
        null);

    /// <summary>Recorded in 2017 for a region that had no zones yet.</summary>
    public static ArmException NoZones(string type, string location, string apiVersion) => GatewayErrors.Gateway(
        400,
        "ResourceTypeNotSupportAvailabilityZones",
        $"The resource type '{type}' does not support availability zones at location '{location}' and api-version " +
        $"'{apiVersion}'.");

    /// <summary>The code is an assumption.</summary>
    public static ArmException UnknownZones(IEnumerable<string> zones, string resource, string location) =>
        GatewayErrors.Gateway(
        400,
        "AvailabilityZoneNotSupported",
        $"The zone(s) '{string.Join(",", zones)}' for resource '{resource}' is not supported. The supported zones for " +
        $"location '{location}' are '1,2,3'");

    /// <summary>The text is an assumption; that the properties belong to spot machines is documented.</summary>
    public static ArmException OnlyForSpot(string property) => ComputeErrors.NotAllowed(
        $"{property} can only be set on Azure Spot Virtual Machines. For more information, see http://aka.ms/AzureSpot/errormessages.",
        property);

    public static ArmException Generation(string size, string generation) => ComputeErrors.Refuse(
        400,
        "BadRequest",
        $"The selected VM size '{size}' cannot boot Hypervisor Generation '{generation.TrimStart('V')}'. If this was a Create " +
        "operation please check that the Hypervisor Generation of the Image matches the Hypervisor Generation of the " +
        "selected VM Size. If this was an Update operation please select a Hypervisor Generation " +
        $"'{generation.TrimStart('V')}' VM Size. For more information, see https://aka.ms/azuregen2vm",
        null);

    public static ArmException Architecture(string size, string sizeArchitecture, string imageArchitecture) =>
        ComputeErrors.Refuse(
        400,
        "BadRequest",
        $"Cannot create a VM of size '{size}' because this VM size only supports a CPU Architecture of '{sizeArchitecture}', " +
        $"but an image or disk with CPU Architecture '{imageArchitecture}' was given. Please check that the CPU Architecture " +
        "of the image or disk is compatible with that of the VM size.",
        null);

    public static ArmException TrustedLaunchUnsupported() => ComputeErrors.Refuse(
        400,
        "BadRequest",
        "Use of TrustedLaunch setting is not supported for the provided image. Please select Trusted Launch Supported Gen2 " +
        "OS Image. For more information, see https://aka.ms/TrustedLaunch-FAQ.",
        null);

    public static ArmException UefiNeedsGeneration2() => ComputeErrors.Refuse(
        400, "BadRequest", "UEFI settings are not supported for VMs and VM Scale Sets using Generation 1 Image.", null);

    public static ArmException Premium(string size, string sku, string disk, string target) => ComputeErrors.InvalidParameter(
        $"Requested operation cannot be performed because the VM size {size} does not support the storage account type {sku} " +
        $"of disk '{disk}'. Consider updating the VM to a size that supports Premium storage.",
        target);

    public static ArmException ImageNotFound(string id, string location) =>
        ComputeErrors.NotFound($"The Image '{id}' cannot be found in '{location}' region.");

    public static ArmException ImageNotReady(string vm, string image) => ComputeErrors.NotAllowed(
        $"The resource {vm} cannot be created from Image {image} until Image has been successfully created.");

    public static ArmException BlobDisksFromImage() => ComputeErrors.NotAllowed(
        "VM created from Image cannot have blob based disks. All disks have to be managed disks.", "osDisk");

    public static ArmException DiskSmallerThanImage(long asked, long present) => ComputeErrors.NotAllowed(
        $"Disk with size {asked}GB, which is smaller than the size {present}GB of corresponding disk in Image, is not allowed.",
        "osDisk.diskSizeGB");

    public static ArmException AttachWithImage() => ComputeErrors.InvalidParameter(
        "Cannot attach an existing OS disk if the VM is created from a platform or user image.", "osDisk");

    public static ArmException ParameterNotAllowed(string parameter) =>
        ComputeErrors.InvalidParameter($"Parameter '{parameter}' is not allowed.", parameter);

    /// <summary>The status is an assumption.</summary>
    public static ArmException DiskOwned(string disk, string vmId) => ComputeErrors.Refuse(
        409, "ConflictingUserInput", $"Disk '{disk}' cannot be attached as the disk is already owned by VM '{vmId}'.", null);

    /// <summary>Pasted by users of Kubernetes with 409, in both forms: the older while it lasts, the newer also when it failed.</summary>
    public static ArmException BeingDetached(string disk, string vm, bool failed)
    {
        string text = failed
            ? $"Cannot attach data disk '{disk}' to VM '{vm}' because the disk is currently being detached or the last detach operation failed. " +
              "Please wait until the disk is completely detached and then try again or delete/detach the disk explicitly again."
            : $"Cannot attach data disk '{disk}' to VM '{vm}' because the disk is currently being detached. " +
              "Please wait until the disk is completely detached and then try again.";
        return ComputeErrors.Refuse(409, "AttachDiskWhileBeingDetached", text, null);
    }

    /// <summary>Article's text and code, seen by a user whose blob was still being copied; the status is an assumption.</summary>
    public static ArmException DiskImageNotReady(string image, string state) => ComputeErrors.Refuse(
        409, "DiskImageNotReady", $"Disk image {image} is in {state} state. Please retry when image is ready.", null);

    public static ArmException DiskOfOtherSubscription(string own, string other, string target) => ComputeErrors.InvalidParameter(
        $"Subscription {own} of the request must match the subscription {other} contained in the managed disk id.", target);

    /// <summary>Recorded with and without quotes; this is the newer form.</summary>
    public static ArmException Lun() =>
        ComputeErrors.InvalidParameter("The value of parameter 'dataDisk.lun' is invalid.", "dataDisk.lun");

    /// <summary>Recorded.</summary>
    public static ArmException TooManyDataDisks(int most) => ComputeErrors.NotAllowed(
        $"The maximum number of data disks allowed to be attached to a VM of this size is {most}.", "dataDisks");

    public static ArmException AlreadyHasImageDisk() => ComputeErrors.InvalidParameter(
        "Cannot specify user image overrides for a disk already defined in the specified image reference.", "dataDisk");

    /// <summary>Since about 2021; the text of 2018 is shorter (recorded, VMScenarioTests#15).</summary>
    public static ArmException Quota(string quota, string location, int limit, int usage, int required) =>
        ComputeErrors.NotAllowed(
        $"Operation could not be completed as it results in exceeding approved {quota} quota. Additional details - Deployment " +
        $"Model: Resource Manager, Location: {location}, Current Limit: {limit}, Current Usage: {usage}, Additional Required: " +
        $"{required}, (Minimum) New Limit Required: {usage + required}. Submit a request for Quota increase at " +
        "https://aka.ms/ProdportalCRP by specifying parameters listed in the ‘Details’ section for deployment to succeed. " +
        "Please read more about quota limits at " +
        "https://docs.microsoft.com/en-us/azure/azure-supportability/regional-quota-requests");
}
