namespace ImageCmdlets.Engine.Arm;

/// <summary>The texts by which Azure tells apart what it gives one code for. The first that fits decides.</summary>
/// <remarks>Source: recorded errors, and Microsoft's articles "Azure Virtual Machine Error Messages" and "Troubleshoot shared
/// image galleries". Texts are kept short: Azure rewords the rest of its sentences.</remarks>
internal static class ArmErrorTexts
{
    private static readonly ArmErrorTextRule[] s_rules =
        [.. MachineStates(), .. ScaleSets(), .. Busy(), .. InUse(), .. Missing(), .. Compatibility(), .. Purchases(), .. Limits(), .. BadInput(), .. Rights()];

    /// <summary>The rule for a message; null where its text decides nothing.</summary>
    public static ArmErrorTextRule? Find(string? message) => Array.Find(s_rules, rule => rule.Fits(message));

    private static ArmErrorTextRule[] MachineStates() =>
    [
        new("since the VM is generalized", ErrorIds.VMIsGeneralized),
        new("since the VM is running", ErrorIds.VMIsRunning),
        new("to be Generalized", ErrorIds.VMNotGeneralized),
        new("the VM is not generalized", ErrorIds.VMNotGeneralized),
        new("since the VM is not deallocated", ErrorIds.VMNotDeallocated),
        new("when the VM is deallocated", ErrorIds.VMNotDeallocated),
        new("or the VM is deallocated", ErrorIds.VMNotDeallocated),
        new("since the VM is either deallocated", ErrorIds.VMNotReady),
        new("requires the VM to be running", ErrorIds.VMNotReady),
        new("when the VM is not running", ErrorIds.VMNotReady),
        new("in failed state", ErrorIds.VMExtensionFailed, AlsoContains: "extension"),
        new("background copy is at", ErrorIds.SnapshotNotComplete),
    ];

    private static ArmErrorTextRule[] ScaleSets() =>
    [
        new("a health probe was not provided", ErrorIds.InvalidRequest, RecommendedAction: "Give the scale set the application health extension or a health probe first, or choose the mode Manual."),
        new("OS Rolling Upgrade API cannot be used", ErrorIds.OperationNotAllowed, RecommendedAction: "Change the image of the scale set's model instead, and upgrade its instances."),
        new("no ongoing Rolling Upgrade", ErrorIds.OperationNotAllowed, RecommendedAction: "Nothing is to be cancelled: look with Get-ImageScaleSet -IncludeInstance which instances have the latest model."),
        new("Operation 'VirtualMachineScaleSets.", ErrorIds.OperationNotAllowed, AlsoContains: "is not allowed on Virtual Machine Scale Set",
            RecommendedAction: "Do it to each machine by itself: the scale set is flexible."),
        new("scale set does not support disk encryption", ErrorIds.OperationNotSupported, RecommendedAction: "Remove the Azure Disk Encryption extension from the scale set's model."),
    ];

    private static ArmErrorTextRule[] Busy() =>
    [
        new("another operation is in progress", ErrorIds.ResourceBusy),
        new("Run command extension execution is in progress", ErrorIds.ResourceBusy),
        new("is marked for deletion", ErrorIds.ResourceBusy),
        new("ongoing operation is changing power state", ErrorIds.ResourceBusy),
        new("are being converted to managed disks", ErrorIds.ResourceBusy),
        new("until Image has been successfully created", ErrorIds.ResourceBusy),
        new("is being copied to this region", ErrorIds.ResourceBusy),
        new("is in deprovisioning state", ErrorIds.ResourceBusy),
        new("conflict with a concurrent request", ErrorIds.ConcurrentUpdate),
        new("Too many requests on source", ErrorIds.Throttled),
    ];

    private static ArmErrorTextRule[] InUse() =>
    [
        new("being provisioned using the Image", ErrorIds.ResourceInUse),
        new("is currently using the Image", ErrorIds.ResourceInUse),
        new("is attached to VM", ErrorIds.ResourceInUse),
        new("currently attached to running VM", ErrorIds.ResourceInUse),
        new("active shared access signature", ErrorIds.ResourceInUse, RecommendedAction: "Revoke the access to the disk or snapshot first, or wait until it has expired."),
        new("nested resources", ErrorIds.ResourceInUse, AlsoContains: "delete resource", RecommendedAction: "Remove the resources inside it first."),
        new("is not unique within the subscription", ErrorIds.ResourceAlreadyExists),
        new("already exists in location", ErrorIds.ResourceAlreadyExists),
        new("Gallery image: ", ErrorIds.ResourceAlreadyExists, AlsoContains: "already exists"),
    ];

    private static ArmErrorTextRule[] Missing() =>
    [
        new("images referenced from the deployment template are not found", ErrorIds.MarketplaceImageNotFound),
        new("Offer with PublisherId", ErrorIds.MarketplaceImageNotFound, AlsoContains: "not found"),
        new("Artifact: VMImage was not found", ErrorIds.MarketplaceImageNotFound),
        new("Source Virtual Machine", ErrorIds.RegionMismatch, AlsoContains: "does not exist in this Azure location",
            RecommendedAction: "Make the image in the region of the virtual machine, then copy it with Copy-CustomImage."),
        new("The Image ", ErrorIds.RegionMismatch, AlsoContains: "cannot be found in "),
        new("The gallery image ", ErrorIds.RegionMismatch, AlsoContains: "is not available in",
            RecommendedAction: "Replicate the version to that region, or choose a region that has it."),
        new("The Image ", ErrorIds.ImageNotFound, AlsoContains: " cannot be found"),
        new("There is no latest image version", ErrorIds.ImageNotFound),
        new("Unable to find VHD blob", ErrorIds.VhdNotFound),
        new("Please check source exists", ErrorIds.SourceNotFound),
        new("Source was not found", ErrorIds.SourceNotFound),
        new("Parent resource ", ErrorIds.ParentResourceNotFound, AlsoContains: "not found"),
    ];

    private static ArmErrorTextRule[] Compatibility() =>
    [
        new("cannot boot Hypervisor Generation", ErrorIds.HyperVGenerationMismatch, RecommendedAction: "Choose a -Size that boots the generation of the image."),
        new("does not match", ErrorIds.HyperVGenerationMismatch, AlsoContains: "HyperVGeneration"),
        new("different Hypervisor generation", ErrorIds.HyperVGenerationMismatch),
        new("using Generation 1 Image", ErrorIds.HyperVGenerationMismatch, RecommendedAction: "Use a generation 2 image: generation 1 has no UEFI, Secure Boot or vTPM."),
        new("different OS state", ErrorIds.OSStateMismatch),
        new("since the OS State in the parent gallery image", ErrorIds.OSStateMismatch),
        new("current OS state of the VM Scale Set", ErrorIds.OSStateMismatch),
        new("Parameter 'osProfile' is not allowed", ErrorIds.OSStateMismatch, RecommendedAction: "Leave -Credential out: the image is specialized and keeps its own accounts."),
        new("'osProfile' is missing", ErrorIds.OSStateMismatch, RecommendedAction: "Pass -Credential: the image is generalized and has no accounts."),
        new("different OS type", ErrorIds.OSTypeMismatch),
        new("different architecture", ErrorIds.ArchitectureMismatch),
        new("that has CPU Architecture", ErrorIds.ArchitectureNotSupported),
        new("Creation of managed images are not supported", ErrorIds.SecurityTypeNotSupported),
        new("must match the subscription", ErrorIds.SubscriptionMismatch),
        new("must be in the same subscription", ErrorIds.SubscriptionMismatch),
        new("is in a different subscription", ErrorIds.SubscriptionMismatch),
        new("ZRS storage account type is not supported", ErrorIds.ZoneNotSupported),
        new("does not support availability zones", ErrorIds.ZoneNotSupported),
        new("cannot contain an ephemeral OS disk", ErrorIds.OperationNotSupported),
        new("must be created from Managed Disks", ErrorIds.OperationNotSupported),
        new("blob based disks", ErrorIds.OperationNotSupported, RecommendedAction: "Use a machine with managed disks and New-CustomImage."),
        new("is not supported on Resource", ErrorIds.OperationNotSupported),
        new("is not supported for this subscription", ErrorIds.OperationNotSupported),
        new("use feature Microsoft.", ErrorIds.FeatureNotRegistered),
        new("is not registered for feature", ErrorIds.FeatureNotRegistered),
    ];

    private static ArmErrorTextRule[] Purchases() =>
    [
        new("Legal terms have not been accepted", ErrorIds.MarketplaceTermsNotAccepted),
        new("accept the legal terms", ErrorIds.MarketplaceTermsNotAccepted),
        new("requires Plan information", ErrorIds.PurchasePlanRequired),
        new("does not need Plan information", ErrorIds.PurchasePlanMismatch),
        new("purchase information does not match", ErrorIds.PurchasePlanMismatch),
        new("has a different plan", ErrorIds.PurchasePlanMismatch),
    ];

    private static ArmErrorTextRule[] Limits() =>
    [
        // "We do not have sufficient capacity for the requested VM size in this zone": there is such a size, and no room for it.
        new("do not have sufficient capacity", ErrorIds.SkuNotAvailable),
        new("exceeding quota", ErrorIds.QuotaExceeded),
        new("exceeding approved", ErrorIds.QuotaExceeded),
        new("maximum number of data disks", ErrorIds.DataDiskLimitExceeded),
        new("Gallery replication jobs failed", ErrorIds.ReplicationFailed),
        new("Replication failed in this region", ErrorIds.ReplicationFailed),
    ];

    private static ArmErrorTextRule[] BadInput() =>
    [
        new("requested VM size", ErrorIds.InvalidVMSize),
        new("provided for the VM size is not valid", ErrorIds.InvalidVMSize),
        new("VM size ", ErrorIds.InvalidVMSize, AlsoContains: "is not supported", RecommendedAction: "Choose another -Size: this one lacks what the machine asks for."),
        new("template parameter 'location'", ErrorIds.InvalidLocation),
        new("is not available for resource type", ErrorIds.InvalidLocation),
        new("must contain the location of image version", ErrorIds.InvalidLocation, RecommendedAction: "Add the version's own region to its target regions."),
        new("is invalid according to its validation rule", ErrorIds.InvalidResourceName),
        new("invalid trailing characters", ErrorIds.InvalidResourceName),
        new("Gallery name is invalid", ErrorIds.InvalidResourceName),
        new("image version name is invalid", ErrorIds.InvalidResourceName),
        new("Asset name ", ErrorIds.InvalidResourceName, AlsoContains: "is not valid"),
        new("VHD blob name prefix", ErrorIds.InvalidResourceName),
        new("parameter imageReference is invalid", ErrorIds.InvalidImageReference),
        new("parameter 'imageReference' is invalid", ErrorIds.InvalidImageReference),
        new("Expect fully qualified resource Id", ErrorIds.InvalidResourceId),
        new("The source id: ", ErrorIds.InvalidResourceId, AlsoContains: " must "),
        new("Entity not of expected type", ErrorIds.InvalidResourceId),
        new("smaller than the size", ErrorIds.InvalidDiskSize),
        new("cannot be resized down", ErrorIds.InvalidDiskSize),
        new("can only be of type page blob", ErrorIds.InvalidVhd),
        new("Changing property ", ErrorIds.PropertyNotChangeable),
        new("changing the LUN of a Data Disk", ErrorIds.PropertyNotChangeable),
    ];

    private static ArmErrorTextRule[] Rights() =>
    [
        new("is not authorized to access linked subscription", ErrorIds.LinkedAuthorizationFailed),
        new("The subscription is not authorized", ErrorIds.AuthorizationFailed),
    ];
}
