using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>Refusals about the state of a machine.</summary>
internal static class VmErrors
{
    public static ArmException Generalized(string operation, string vm) =>
        ComputeErrors.NotAllowed($"Operation '{operation}' is not allowed on VM '{vm}' since the VM is generalized.");

    /// <summary>
    /// Also for a guest that has shut itself down: as the text says, Azure counts the machine as running until it is powered
    /// off explicitly.
    /// </summary>
    public static ArmException Running(string operation, string vm) => ComputeErrors.NotAllowed(
        $"Operation '{operation}' is not allowed on VM '{vm}' since the VM is running. Please power off explicitly in case " +
        "you shut down the VM from inside the guest operating system.");

    public static ArmException Busy(string operation, string vm) => ComputeErrors.NotAllowed(
        $"Operation '{operation}' is not allowed on VM '{vm}' since another operation is in progress.");

    /// <summary>Assumption: which of the article's two texts for a busy machine it is; this one between two changes of its power.</summary>
    public static ArmException ChangingPower(string operation, string vm, string powerState) => ComputeErrors.NotAllowed(
        $"An ongoing operation is changing power state of Virtual Machine {vm} to {powerState}. Please perform operation {operation} " +
        "after some time.");

    public static ArmException MarkedForDeletion(string operation, string vm) => ComputeErrors.NotAllowed(
        $"Operation '{operation}' is not allowed on VM '{vm}' since the VM is marked for deletion. You can only retry the " +
        "Delete operation (or wait for an ongoing one to complete).");

    public static ArmException Deallocated(string operation, string vm) => ComputeErrors.NotAllowed(
        $"Operation '{operation}' is not allowed on VM '{vm}' since the VM is either deallocated or marked to be deallocated.");

    public static ArmException NotDeallocated(string operation, string vm) => ComputeErrors.NotAllowed(
        $"Operation '{operation}' is not allowed on VM '{vm}' since the VM is not deallocated.");

    public static ArmException CaptureOfManagedDisks() => ComputeErrors.NotAllowed(
        "The Capture action is only supported on a Virtual Machine with blob based disks. Please use the 'Image' resource APIs " +
        "to create an Image from a managed Virtual Machine.");

    public static ArmException CaptureNotGeneralized() =>
        ComputeErrors.NotAllowed("Capture operation cannot be completed because the VM is not generalized.");

    /// <summary>The quotes are those of the article.</summary>
    public static ArmException CapturePrefix(string prefix, string rule) => ComputeErrors.InvalidParameter(
        $"'{prefix}' is not a valid captured VHD blob name prefix. A valid prefix matches regex '{rule}'.", "vhdPrefix");

    /// <summary>Article's text and code; the status is an assumption.</summary>
    public static ArmException CaptureTargetExists(string blob) => ComputeErrors.Refuse(
        409,
        "TargetDiskBlobAlreadyExists",
        $"Capture operation cannot continue because target image blob {blob} already exists and the flag to overwrite VHD blobs is " +
        "not set. Either delete the blob or set the flag to overwrite VHD blobs and retry.",
        null);

    public static ArmException BeingConverted(string vm) => ComputeErrors.NotAllowed(
        $"Management operations on VM '{vm}' are disallowed because VM disks are being converted to managed disks.");

    /// <summary>Article's text.</summary>
    public static ArmException AlreadyManaged(string vm) => ComputeErrors.NotAllowed($"VM '{vm}' is already using managed disks.");

    public static ArmException NotRunning() =>
        ComputeErrors.NotAllowed("The operation requires the VM to be running (or set to run).");

    public static ArmException ExtensionsNeedRunning() =>
        ComputeErrors.NotAllowed("Cannot modify extensions in the VM when the VM is not running.");

    /// <summary>Pasted by users of the Azure CLI, 409.</summary>
    public static ArmException RunCommandInProgress() => ComputeErrors.Conflict(
        "Run command extension execution is in progress. Please wait for completion before invoking a run command.");

    /// <summary>
    /// The end of a creation whose guest never reported (table rows of ansible#65870, azure-pipelines-tasks#9549).
    /// </summary>
    public static ArmError ProvisioningTimedOut(string vm) => new(
        "OSProvisioningTimedOut",
        $"OS Provisioning for VM '{vm}' did not finish in the allotted time. However, the VM guest agent was detected running. " +
        "This suggests the guest OS has not been properly prepared to be used as a VM image (with CreateOption=FromImage). To " +
        "resolve this issue, either use the VHD as is with CreateOption=Attach or prepare it properly for use as an image:\r\n" +
        "   * Instructions for Windows: " +
        "https://azure.microsoft.com/documentation/articles/virtual-machines-windows-upload-image/ \r\n" +
        "   * Instructions for Linux: https://azure.microsoft.com/documentation/articles/virtual-machines-linux-capture-image/ ");

    /// <summary>The same when the guest's agent does not answer either.</summary>
    public static ArmError ProvisioningTimedOutSilently(string vm) => new(
        "OSProvisioningTimedOut",
        $"OS Provisioning for VM '{vm}' did not finish in the allotted time. The VM may still finish provisioning " +
        "successfully. Please check provisioning state later. For details on how to check current provisioning state of " +
        "Windows VMs, refer to https://aka.ms/WindowsVMLifecycle and Linux VMs, refer to https://aka.ms/LinuxVMLifecycle.");

    /// <summary>A run command that was never reported, after 90 minutes.</summary>
    public static ArmError RunCommandTimedOut(string extension) => new(
        "VMExtensionProvisioningTimeout",
        $"Provisioning of VM extension '{extension}' has timed out. Extension installation may be taking too long, or " +
        "extension status could not be obtained.");

    /// <summary>In the operation, not in the first answer.</summary>
    public static ArmError PlanMissing(string vmId) => new(
        "VMMarketplaceInvalidInput",
        "Creating a virtual machine from Marketplace image or a custom image sourced from a Marketplace image requires Plan " +
        $"information in the request. VM: '{vmId}'.");

    /// <summary>In the operation, not in the first answer.</summary>
    public static ArmError PlanOfOtherImage(string osDisk) => new(
        "VMMarketplaceInvalidInput",
        $"The purchase information does not match. Unable to deploy from the Marketplace image. OS disk name is {osDisk}.");

    /// <summary>In the operation, not in the first answer.</summary>
    public static ArmError PlanNotNeeded(string vmId) => new(
        "VMMarketplaceInvalidInput",
        "Creating a virtual machine from a non Marketplace image does not need Plan information, please remove the Plan " +
        $"information in the request. VM: '{vmId}'.");
}
