namespace ImageCmdlets;

/// <summary>Every ErrorId that this module gives. They are public API: scripts match on them, so removing one is a breaking
/// change. Each is described in about_ImageCmdlets_Errors and has its category and advice in <see cref="ErrorCatalog"/>.</summary>
public static class ErrorIds
{
    public const string NotConnected = nameof(NotConnected);
    public const string AuthenticationFailed = nameof(AuthenticationFailed);
    public const string AuthorizationFailed = nameof(AuthorizationFailed);
    public const string LinkedAuthorizationFailed = nameof(LinkedAuthorizationFailed);
    public const string SubscriptionNotFound = nameof(SubscriptionNotFound);
    public const string SubscriptionDisabled = nameof(SubscriptionDisabled);
    public const string SandboxRequired = nameof(SandboxRequired);
    public const string InvalidEndpoint = nameof(InvalidEndpoint);
    public const string SandboxStateInUse = nameof(SandboxStateInUse);
    public const string InvalidSandboxState = nameof(InvalidSandboxState);

    public const string InvalidArgument = nameof(InvalidArgument);
    public const string InvalidResourceId = nameof(InvalidResourceId);
    public const string InvalidResourceName = nameof(InvalidResourceName);
    public const string InvalidImageUrn = nameof(InvalidImageUrn);
    public const string InvalidImageReference = nameof(InvalidImageReference);
    public const string InvalidLocation = nameof(InvalidLocation);
    public const string InvalidVMSize = nameof(InvalidVMSize);
    public const string InvalidPassword = nameof(InvalidPassword);
    public const string InvalidDiskSize = nameof(InvalidDiskSize);
    public const string InvalidVhd = nameof(InvalidVhd);
    public const string InvalidRequest = nameof(InvalidRequest);
    public const string FileNotFound = nameof(FileNotFound);
    public const string FileNotReadable = nameof(FileNotReadable);
    public const string FileNotWritable = nameof(FileNotWritable);
    public const string FileAlreadyExists = nameof(FileAlreadyExists);

    public const string ResourceNotFound = nameof(ResourceNotFound);
    public const string ResourceGroupNotFound = nameof(ResourceGroupNotFound);
    public const string ImageNotFound = nameof(ImageNotFound);
    public const string MarketplaceImageNotFound = nameof(MarketplaceImageNotFound);
    public const string MarketplaceTermsNotFound = nameof(MarketplaceTermsNotFound);
    public const string VMNotFound = nameof(VMNotFound);
    public const string SnapshotNotFound = nameof(SnapshotNotFound);
    public const string DiskNotFound = nameof(DiskNotFound);
    public const string VhdNotFound = nameof(VhdNotFound);
    public const string SourceNotFound = nameof(SourceNotFound);
    public const string ParentResourceNotFound = nameof(ParentResourceNotFound);
    public const string PrincipalNotFound = nameof(PrincipalNotFound);

    public const string VMIsRunning = nameof(VMIsRunning);
    public const string VMNotGeneralized = nameof(VMNotGeneralized);
    public const string VMIsGeneralized = nameof(VMIsGeneralized);
    public const string VMNotReady = nameof(VMNotReady);
    public const string VMNotDeallocated = nameof(VMNotDeallocated);
    public const string VMNotReadyToGeneralize = nameof(VMNotReadyToGeneralize);
    public const string GuestScriptFailed = nameof(GuestScriptFailed);
    public const string GeneralizeFailed = nameof(GeneralizeFailed);
    public const string GeneralizeUnverified = nameof(GeneralizeUnverified);

    public const string RegionMismatch = nameof(RegionMismatch);
    public const string SubscriptionMismatch = nameof(SubscriptionMismatch);
    public const string HyperVGenerationMismatch = nameof(HyperVGenerationMismatch);
    public const string OSStateMismatch = nameof(OSStateMismatch);
    public const string OSTypeMismatch = nameof(OSTypeMismatch);
    public const string ArchitectureMismatch = nameof(ArchitectureMismatch);
    public const string SecurityTypeNotSupported = nameof(SecurityTypeNotSupported);
    public const string ArchitectureNotSupported = nameof(ArchitectureNotSupported);
    public const string ZoneNotSupported = nameof(ZoneNotSupported);
    public const string MarketplaceTermsNotAccepted = nameof(MarketplaceTermsNotAccepted);
    public const string MarketplacePurchaseFailed = nameof(MarketplacePurchaseFailed);
    public const string PurchasePlanRequired = nameof(PurchasePlanRequired);
    public const string PurchasePlanMismatch = nameof(PurchasePlanMismatch);
    public const string CopySourceNotAvailable = nameof(CopySourceNotAvailable);
    public const string CopyFailed = nameof(CopyFailed);
    public const string ReplicationFailed = nameof(ReplicationFailed);
    public const string SnapshotNotComplete = nameof(SnapshotNotComplete);

    public const string ResourceAlreadyExists = nameof(ResourceAlreadyExists);
    public const string ResourceInUse = nameof(ResourceInUse);
    public const string RetentionLimitExceeded = nameof(RetentionLimitExceeded);
    public const string NotALeftover = nameof(NotALeftover);
    public const string ResourceBusy = nameof(ResourceBusy);
    public const string ResourceLocked = nameof(ResourceLocked);
    public const string ConcurrentUpdate = nameof(ConcurrentUpdate);
    public const string PropertyNotChangeable = nameof(PropertyNotChangeable);
    public const string OperationNotAllowed = nameof(OperationNotAllowed);
    public const string OperationNotSupported = nameof(OperationNotSupported);
    public const string PolicyViolation = nameof(PolicyViolation);
    public const string ProviderNotRegistered = nameof(ProviderNotRegistered);
    public const string FeatureNotRegistered = nameof(FeatureNotRegistered);

    public const string Throttled = nameof(Throttled);
    public const string QuotaExceeded = nameof(QuotaExceeded);
    public const string ReplicasMissing = nameof(ReplicasMissing);
    public const string SubnetFull = nameof(SubnetFull);
    public const string RolloutStopped = nameof(RolloutStopped);
    public const string DataDiskLimitExceeded = nameof(DataDiskLimitExceeded);
    public const string SkuNotAvailable = nameof(SkuNotAvailable);
    public const string ServiceUnavailable = nameof(ServiceUnavailable);
    public const string ConnectionFailed = nameof(ConnectionFailed);
    public const string OperationTimedOut = nameof(OperationTimedOut);
    public const string OSProvisioningFailed = nameof(OSProvisioningFailed);
    public const string VMExtensionFailed = nameof(VMExtensionFailed);
    public const string ProvisioningFailed = nameof(ProvisioningFailed);
    public const string InvalidResponse = nameof(InvalidResponse);
    public const string UnexpectedFailure = nameof(UnexpectedFailure);
}
