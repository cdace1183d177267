using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.Images;

/// <summary>Refusals of managed images.</summary>
internal static class ImageErrors
{
    /// <summary>Also when the machine exists in another region.</summary>
    public static ArmException VmNotFound(string name) => ComputeErrors.NotFound(
        $"Source Virtual Machine '{name}' specified in the request does not exist in this Azure location.");

    public static ArmException NotGeneralized(string vm) =>
        ComputeErrors.NotAllowed($"The operation 'Create Image' requires the Virtual Machine '{vm}' to be Generalized.");

    /// <summary>Article's text; that a merely stopped machine with managed disks is refused is an assumption.</summary>
    public static ArmException NotDeallocated(string vm) =>
        ComputeErrors.NotAllowed($"Operation 'Create Image' is not allowed on VM '{vm}' since the VM is not deallocated.");

    public static ArmException VmBusy(string vm) =>
        ComputeErrors.NotAllowed($"Operation 'Create Image' is not allowed on VM '{vm}' since another operation is in progress.");

    /// <summary>Pasted by users of Packer and of the Azure CLI.</summary>
    public static ArmException SecurityType(string securityType) => ComputeErrors.NotAllowed(
        $"Creation of managed images are not supported for virtual machine with {securityType} security type.");

    /// <summary>Pasted by users of Packer (sourceVirtualMachine) and of the Go SDK (snapshot), 409.</summary>
    public static ArmException Architecture(string source, string architecture) => ComputeErrors.NotAllowed(
        $"Creating an image with {source} source that has CPU Architecture '{architecture}' is not supported. " +
        "Please select a source resource with a supported CPU Architecture: 'x64'.");

    /// <summary>Pasted by a user of the Azure CLI, who sent V1 for a machine of generation 2.</summary>
    public static ArmException Generation(string sent, string present, string source) => ComputeErrors.InvalidParameter(
        $"The Input HyperVGeneration property: '{sent}' does not match with the HyperVGeneration property: " +
        $"'Gen{present.TrimStart('V', 'v')}' belonging to source: '{source}'.",
        "hyperVGeneration");

    /// <summary>Article's text and code; the status is an assumption.</summary>
    public static ArmException BlobNotFound(string uri, string disk) => ComputeErrors.Refuse(
        404, "ImageBlobNotFound", $"Unable to find VHD blob with URI {uri} for disk '{disk}'.", null);

    public static ArmException MarkedForDeletion(string operation, string image) => ComputeErrors.NotAllowed(
        $"Operation '{operation}' is not allowed on Image '{image}' since the Image is marked for deletion. You can only retry " +
        "the Delete operation (or wait for an ongoing one to complete).");

    public static ArmException BeingUsed(string image, IEnumerable<string> vms) => ComputeErrors.NotAllowed(
        $"Operation 'Image Delete' is not allowed since the Virtual Machines '{string.Join(",", vms)}' are being provisioned " +
        $"using the Image '{image}'.");

    public static ArmException UsedByScaleSet(string image, string scaleSet) => ComputeErrors.NotAllowed(
        $"Operation 'Image Delete' is not allowed since the Virtual Machine ScaleSet '{scaleSet}' is currently using the " +
        $"Image '{image}'.");
}
