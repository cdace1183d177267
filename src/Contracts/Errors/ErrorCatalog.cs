using static ImageCmdlets.ErrorIds;
using static ImageCmdlets.ImageErrorCategory;

namespace ImageCmdlets;

/// <summary>The closed list of errors: category and advice of every <see cref="ErrorIds"/> entry.</summary>
public static class ErrorCatalog
{
    private static readonly Dictionary<string, ErrorDescriptor> s_descriptors = Build().ToDictionary(d => d.ErrorId, StringComparer.Ordinal);

    /// <summary>Every error, in the order of the documentation.</summary>
    public static IReadOnlyCollection<ErrorDescriptor> All => s_descriptors.Values;

    /// <summary>The row of an id; an id outside the list is <see cref="UnexpectedFailure"/>.</summary>
    public static ErrorDescriptor Find(string errorId) =>
        s_descriptors.TryGetValue(errorId, out ErrorDescriptor? found) ? found : s_descriptors[UnexpectedFailure];

    private static IEnumerable<ErrorDescriptor> Build() => SessionErrors().Concat(ArgumentErrors()).Concat(MissingThings())
        .Concat(StateErrors()).Concat(CompatibilityErrors()).Concat(ConflictErrors()).Concat(ServiceErrors());

    private static ErrorDescriptor[] SessionErrors() =>
    [
        new(NotConnected, AuthenticationError, "Run Connect-ImageSession first, or pass -Session."),
        new(AuthenticationFailed, AuthenticationError, "Run Connect-ImageSession again, with -Tenant if the account has several tenants."),
        new(AuthorizationFailed, PermissionDenied, "Ask an owner of the scope for a role that allows the action named in the message."),
        new(LinkedAuthorizationFailed, PermissionDenied, "Ask for the named right on the linked resource, and pass -AuxiliaryTenantId to Connect-ImageSession when it is in another tenant."),
        new(SubscriptionNotFound, ObjectNotFound, "Pass a subscription of this account with -SubscriptionId."),
        new(SubscriptionDisabled, PermissionDenied, "Ask the owner of the subscription to enable it again, or pass another with -SubscriptionId."),
        new(SandboxRequired, InvalidOperation, "Run Connect-ImageSession -Sandbox; this command works on a sandbox session only."),
        new(InvalidEndpoint, ImageErrorCategory.InvalidArgument, "Pass an https address on loopback, such as https://127.0.0.1:8443."),
        new(SandboxStateInUse, ImageErrorCategory.ResourceBusy, "Disconnect the other session first, in whichever process it is, or pass another file with -StatePath."),
        new(InvalidSandboxState, InvalidData, "Pass a file that Connect-ImageSession -Sandbox -StatePath made, or the path of a new one."),
    ];

    private static ErrorDescriptor[] ArgumentErrors() =>
    [
        new(ErrorIds.InvalidArgument, ImageErrorCategory.InvalidArgument, "Correct the argument named in the message."),
        new(InvalidResourceId, ImageErrorCategory.InvalidArgument, "Pass a full id: /subscriptions/{id}/resourceGroups/{group}/providers/{type}/{name}."),
        new(InvalidResourceName, ImageErrorCategory.InvalidArgument, "Choose a name that follows the rule in the message."),
        new(InvalidImageUrn, ImageErrorCategory.InvalidArgument, "Write the URN as Publisher:Offer:Sku:Version; Find-MarketplaceImage lists them."),
        new(InvalidImageReference, ImageErrorCategory.InvalidArgument, "Pass a URN, the id of an image or version, or the name of an image in the resource group."),
        new(InvalidLocation, ImageErrorCategory.InvalidArgument, "Pass a region of the subscription, such as westeurope."),
        new(InvalidVMSize, ImageErrorCategory.InvalidArgument, "Pass a size that the region offers."),
        new(InvalidPassword, ImageErrorCategory.InvalidArgument, "Pass a -Credential whose user name and password follow Azure's rules in the message."),
        new(InvalidDiskSize, ImageErrorCategory.InvalidArgument, "Pass a size at least as large as the source disk's."),
        new(InvalidVhd, ImageErrorCategory.InvalidArgument, "Pass a fixed-size .vhd; one in a storage account must be a page blob."),
        new(InvalidRequest, ImageErrorCategory.InvalidArgument, "Correct what Azure names in the message."),
        new(ErrorIds.FileNotFound, ObjectNotFound, "Check the path; -LiteralPath takes one with brackets in it."),
        new(FileNotReadable, ResourceUnavailable, "Check that you may read the file and that nobody holds it alone."),
        new(FileNotWritable, ResourceUnavailable, "Check that the folder exists, that you may write there, that its disk has room and that nobody else writes the same file."),
        new(FileAlreadyExists, ResourceExists, "Pass another path, or -Force to replace what is there."),
    ];

    private static ErrorDescriptor[] MissingThings() =>
    [
        new(ErrorIds.ResourceNotFound, ObjectNotFound, "Check the name, the resource group and the subscription."),
        new(ResourceGroupNotFound, ObjectNotFound, "Check -ResourceGroupName and -SubscriptionId."),
        new(ImageNotFound, ObjectNotFound, "List what is there: managed images with Get-CustomImage, what is in a gallery with Get-ImageDefinition and Get-ImageVersion."),
        new(MarketplaceImageNotFound, ObjectNotFound, "List what is offered with Find-MarketplaceImage."),
        new(MarketplaceTermsNotFound, ObjectNotFound, "Check publisher, product and plan: Find-MarketplaceImage shows them as Plan. An image without a plan has no terms to accept."),
        new(VMNotFound, ObjectNotFound, "List what is there with Get-ImageVM."),
        new(SnapshotNotFound, ObjectNotFound, "List what is there with Get-ImageSnapshot."),
        new(DiskNotFound, ObjectNotFound, "Check the id of the disk; it may have been deleted with its virtual machine."),
        new(VhdNotFound, ObjectNotFound, "Check the address of the blob and that its storage account is in the same region."),
        new(SourceNotFound, ObjectNotFound, "Check that the source exists and is in the same region."),
        new(ParentResourceNotFound, ObjectNotFound, "Make the resource around it first, or check its name."),
        new(PrincipalNotFound, ObjectNotFound, "Check the id of the principal; if it was just made, run the command again in some minutes."),
    ];

    private static ErrorDescriptor[] StateErrors() =>
    [
        new(VMIsRunning, InvalidOperation, "Run Stop-ImageVM, or Invoke-Generalize which stops the machine at the right moment."),
        new(VMNotGeneralized, InvalidOperation, "Run Invoke-Generalize on the virtual machine first."),
        new(VMIsGeneralized, InvalidOperation, "A generalized machine cannot start again: make an image of it with New-CustomImage, then new machines with New-ImageVM."),
        new(VMNotReady, InvalidOperation, "Start the virtual machine with Start-ImageVM and wait until its agent is Ready."),
        new(VMNotDeallocated, InvalidOperation, "Run Stop-ImageVM, which deallocates the machine."),
        new(VMNotReadyToGeneralize, InvalidOperation, "Mend what the message names (Test-ImageReadiness shows it, -Fix mends what can be mended safely), or pass -SkipReadiness."),
        new(GuestScriptFailed, InvalidResult, "Read Output and ErrorOutput of the result, mend the script or the machine, and run Invoke-ImageScript again."),
        new(GeneralizeFailed, InvalidResult, "Read the findings of the result, mend the cause in the guest, and run Invoke-Generalize again."),
        new(GeneralizeUnverified, InvalidResult, "Look at the guest before using the machine; nothing proves that it was generalized."),
    ];

    private static ErrorDescriptor[] CompatibilityErrors() =>
    [
        new(RegionMismatch, InvalidOperation, "Copy the image to that region first with Copy-CustomImage."),
        new(SubscriptionMismatch, InvalidOperation, "Use resources of one subscription: copy the image to the other one first with Copy-CustomImage."),
        new(HyperVGenerationMismatch, InvalidOperation, "Leave -HyperVGeneration out: the source decides it."),
        new(OSStateMismatch, InvalidOperation, "Use a source and a target that are both generalized or both specialized."),
        new(OSTypeMismatch, InvalidOperation, "Use a source and a target of the same operating system."),
        new(ArchitectureMismatch, InvalidOperation, "Choose a size of the image's architecture with -Size."),
        new(SecurityTypeNotSupported, InvalidOperation, "Use a gallery image version: managed images cannot hold this security type."),
        new(ArchitectureNotSupported, InvalidOperation, "Use a gallery image version: managed images are x64 only."),
        new(ZoneNotSupported, ImageErrorCategory.InvalidArgument, "Leave zones and zone-redundant storage out, or choose a region that has availability zones."),
        new(MarketplaceTermsNotAccepted, PermissionDenied, "Accept the legal terms of the plan once for the subscription: Approve-MarketplaceTerm."),
        new(MarketplacePurchaseFailed, PermissionDenied, "Read the marketplace's reason in the message: the subscription or its billing account may not buy this offer."),
        new(PurchasePlanRequired, InvalidOperation, "Pass the purchase plan of the image's origin."),
        new(PurchasePlanMismatch, InvalidOperation, "Pass exactly the purchase plan of the image's origin, and none where it has none."),
        new(CopySourceNotAvailable, ObjectNotFound, "Keep the source disks or snapshots until the copy is done."),
        new(CopyFailed, InvalidResult, "Run the same command again: finished regions are kept and the rest is picked up."),
        new(ReplicationFailed, InvalidResult, "Remove the failed regions from the version, then add them again."),
        new(SnapshotNotComplete, InvalidOperation, "Wait until CompletionPercent is 100."),
    ];

    private static ErrorDescriptor[] ConflictErrors() =>
    [
        new(ResourceAlreadyExists, ResourceExists, "Choose another name, or remove what is there first."),
        new(ResourceInUse, ImageErrorCategory.ResourceBusy, "Remove or detach what uses it first."),
        new(RetentionLimitExceeded, LimitsExceeded, "Look at the plan, and pass -MaxRemove with the number of versions that may go."),
        new(NotALeftover, InvalidOperation, "Remove-ImageLeftover removes only what Get-ImageLeftover lists: remove this with the command for its kind, where nobody needs it."),
        new(ErrorIds.ResourceBusy, ImageErrorCategory.ResourceBusy, "Wait until the other operation has ended, then run the command again."),
        new(ResourceLocked, PermissionDenied, "Remove the lock, or ask its owner to."),
        new(ConcurrentUpdate, ImageErrorCategory.ResourceBusy, "Run the command again: somebody else changed the resource at the same time."),
        new(PropertyNotChangeable, InvalidOperation, "Remove the resource and make it anew."),
        new(OperationNotAllowed, InvalidOperation, "Read Azure's reason in the message."),
        new(OperationNotSupported, InvalidOperation, "Azure does not offer this for the resource, subscription or region named in the message: choose another."),
        new(PolicyViolation, PermissionDenied, "Change what the policy named in the message asks for, or ask its owner for an exemption."),
        new(ProviderNotRegistered, InvalidOperation, "Register the named resource provider for the subscription once."),
        new(FeatureNotRegistered, InvalidOperation, "Register the named feature for the subscription once."),
    ];

    private static ErrorDescriptor[] ServiceErrors() =>
    [
        new(Throttled, LimitsExceeded, "Run the command again after the time Azure named, with a smaller -ThrottleLimit where it has one."),
        new(ErrorIds.QuotaExceeded, ImageErrorCategory.QuotaExceeded, "Ask for more quota, or use another region or size."),
        new(ReplicasMissing, LimitsExceeded, "Pass -EnsureReplica, give the image version more replicas with Set-ImageReplication, or make fewer machines at once with -ThrottleLimit."),
        new(SubnetFull, LimitsExceeded, "Pass a larger subnet with -Subnet, or fewer machines."),
        new(RolloutStopped, OperationStopped, "Find out what is wrong with the machines named in the message; run the same command again to go on, or take the version back with Undo-ImageRollout."),
        new(DataDiskLimitExceeded, LimitsExceeded, "Choose a larger -Size, or a source with fewer data disks."),
        new(SkuNotAvailable, ResourceUnavailable, "Choose another -Size or -Location."),
        new(ServiceUnavailable, ResourceUnavailable, "Run the command again in some minutes; give Azure support the request id if it lasts."),
        new(ConnectionFailed, ConnectionError, "Check network, proxy and name resolution, then run the command again."),
        new(OperationTimedOut, OperationTimeout, "Run the same command again to pick up where it was, with a larger -TimeoutSeconds."),
        new(OSProvisioningFailed, InvalidResult, "The image was probably not generalized in the guest: run Invoke-Generalize on its source and make the image again."),
        new(VMExtensionFailed, InvalidResult, "Mend or remove the extension named in the message, then try again."),
        new(ProvisioningFailed, InvalidResult, "Read Azure's inner code in the message, remove the failed resource, and try again."),
        new(InvalidResponse, ProtocolError, "Run the command again; report it with the request id if it lasts."),
        new(UnexpectedFailure, NotSpecified, "Report this with the -Debug output of the command."),
    ];
}
