namespace ImageCmdlets.Engine.Arm;

/// <summary>The codes of Azure that mean one thing wherever they appear.</summary>
/// <remarks>Source: recorded errors, and Microsoft's article "Azure Virtual Machine Error Messages".</remarks>
internal static class ArmErrorCodes
{
    private const string UnfitPassword = "Pass a -Credential whose user name and password follow the rule in the message.";

    private static readonly Dictionary<string, string> s_specific = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SubscriptionNotFound"] = ErrorIds.SubscriptionNotFound,
        ["InvalidSubscriptionId"] = ErrorIds.SubscriptionNotFound,
        ["ReadOnlyDisabledSubscription"] = ErrorIds.SubscriptionDisabled,
        ["DisabledSubscription"] = ErrorIds.SubscriptionDisabled,
        ["LinkedAuthorizationFailed"] = ErrorIds.LinkedAuthorizationFailed,
        ["SubscriptionNotAuthorizedForImage"] = ErrorIds.AuthorizationFailed,
        ["RequestDisallowedByPolicy"] = ErrorIds.PolicyViolation,
        ["RequestDisallowedByAzure"] = ErrorIds.PolicyViolation,
        ["ScopeLocked"] = ErrorIds.ResourceLocked,
        ["MissingSubscriptionRegistration"] = ErrorIds.ProviderNotRegistered,
        ["SubscriptionNotRegisteredForFeature"] = ErrorIds.FeatureNotRegistered,
        ["PrincipalNotFound"] = ErrorIds.PrincipalNotFound,

        ["ResourceGroupNotFound"] = ErrorIds.ResourceGroupNotFound,
        ["ParentResourceNotFound"] = ErrorIds.ParentResourceNotFound,
        ["PlatformImageNotFound"] = ErrorIds.MarketplaceImageNotFound,
        ["ImageNotFound"] = ErrorIds.ImageNotFound,
        ["GalleryImageNotFound"] = ErrorIds.ImageNotFound,
        ["VMNotFound"] = ErrorIds.VMNotFound,
        ["DiskBlobNotFound"] = ErrorIds.VhdNotFound,
        ["ImageBlobNotFound"] = ErrorIds.VhdNotFound,
        ["IncorrectImageBlobType"] = ErrorIds.InvalidVhd,
        ["IncorrectDiskBlobType"] = ErrorIds.InvalidVhd,
        ["InvalidVhd"] = ErrorIds.InvalidVhd,

        ["PropertyChangeNotAllowed"] = ErrorIds.PropertyNotChangeable,
        ["RoleAssignmentUpdateNotPermitted"] = ErrorIds.PropertyNotChangeable,
        ["ConflictingConcurrentWriteNotAllowed"] = ErrorIds.ConcurrentUpdate,
        ["PreconditionFailed"] = ErrorIds.ConcurrentUpdate,
        ["OperationPreempted"] = ErrorIds.ConcurrentUpdate,
        ["AnotherOperationInProgress"] = ErrorIds.ResourceBusy,
        ["RetryableError"] = ErrorIds.ResourceBusy,
        ["ResourceGroupBeingDeleted"] = ErrorIds.ResourceBusy,
        ["AttachDiskWhileBeingDetached"] = ErrorIds.ResourceBusy,
        ["DiskImageNotReady"] = ErrorIds.ResourceBusy,
        ["MoveResourcesHavePendingOperations"] = ErrorIds.ResourceBusy,
        ["ResourceUpdateBlockedOnPlatformUpdate"] = ErrorIds.ResourceBusy,
        ["CannotDeleteResource"] = ErrorIds.ResourceInUse,
        ["ConflictingUserInput"] = ErrorIds.ResourceInUse,
        ["InUseSubnetCannotBeDeleted"] = ErrorIds.ResourceInUse,
        ["NicInUse"] = ErrorIds.ResourceInUse,
        ["PublicIPAddressCannotBeDeleted"] = ErrorIds.ResourceInUse,
        ["ResourceExistsConflict"] = ErrorIds.ResourceAlreadyExists,
        ["InvalidResourceLocation"] = ErrorIds.ResourceAlreadyExists,
        ["TargetDiskBlobAlreadyExists"] = ErrorIds.ResourceAlreadyExists,
        ["RoleAssignmentExists"] = ErrorIds.ResourceAlreadyExists,

        ["TooManyRequests"] = ErrorIds.Throttled,
        ["SubscriptionRequestsThrottled"] = ErrorIds.Throttled,
        ["TooManyVMRedeploymentRequests"] = ErrorIds.Throttled,
        ["QuotaExceeded"] = ErrorIds.QuotaExceeded,
        ["PublicIPCountLimitReached"] = ErrorIds.QuotaExceeded,
        ["SkuNotAvailable"] = ErrorIds.SkuNotAvailable,
        ["AllocationFailed"] = ErrorIds.SkuNotAvailable,
        ["ZonalAllocationFailed"] = ErrorIds.SkuNotAvailable,
        ["OverconstrainedAllocationRequest"] = ErrorIds.SkuNotAvailable,

        ["VMMarketplaceInvalidInput"] = ErrorIds.PurchasePlanMismatch,
        ["ResourcePurchaseValidationFailed"] = ErrorIds.MarketplacePurchaseFailed,
        ["MarketplacePurchaseEligibilityFailed"] = ErrorIds.MarketplacePurchaseFailed,

        ["LocationRequired"] = ErrorIds.InvalidLocation,
        ["LocationNotAvailableForResourceType"] = ErrorIds.InvalidLocation,
        ["LocationNotAvailableForResourceGroup"] = ErrorIds.InvalidLocation,
        ["InvalidResourceGroupLocation"] = ErrorIds.InvalidLocation,
        ["NoRegisteredProviderFound"] = ErrorIds.InvalidLocation,
        ["InvalidResourceName"] = ErrorIds.InvalidResourceName,
        ["InvalidResourceGroup"] = ErrorIds.InvalidResourceName,
        ["LinkedInvalidPropertyId"] = ErrorIds.InvalidResourceId,
        ["ResourceTypeNotSupportAvailabilityZones"] = ErrorIds.ZoneNotSupported,

        ["NotSupported"] = ErrorIds.OperationNotSupported,
        ["OperationNotSupported"] = ErrorIds.OperationNotSupported,
        ["FeatureNotSupported"] = ErrorIds.OperationNotSupported,
        ["InvalidResourceType"] = ErrorIds.OperationNotSupported,
        ["InvalidResourceNamespace"] = ErrorIds.OperationNotSupported,
        ["InvalidApiVersionParameter"] = ErrorIds.OperationNotSupported,
        ["UnsupportedApiVersion"] = ErrorIds.OperationNotSupported,

        ["OSProvisioningTimedOut"] = ErrorIds.OSProvisioningFailed,
        ["OSProvisioningClientError"] = ErrorIds.OSProvisioningFailed,
        ["VMAgentStatusCommunicationError"] = ErrorIds.VMNotReady,
        ["VMExtensionProvisioningError"] = ErrorIds.VMExtensionFailed,
        ["VMExtensionProvisioningTimeout"] = ErrorIds.VMExtensionFailed,
        ["VMExtensionHandlerNonTransientError"] = ErrorIds.VMExtensionFailed,
        ["StorageAccountSubscriptionMismatch"] = ErrorIds.SubscriptionMismatch,
    };

    // Advice of the id would lead astray: nothing is wrong with the image or with -TimeoutSeconds.
    private static readonly Dictionary<string, ArmErrorMatch> s_advised = new(StringComparer.OrdinalIgnoreCase)
    {
        ["OSProvisioningInternalError"] = new(ErrorIds.OSProvisioningFailed, "Remove the machine and make it again; give Azure support the request id if it lasts."),
        ["VMStartTimedOut"] = new(ErrorIds.OperationTimedOut, "Look at the machine with Get-ImageVM in some minutes: it may still start."),
    };

    // A long-running operation fails with HTTP 200, so that its code must say what a status says elsewhere.
    private static readonly Dictionary<string, string> s_inOperations = new(StringComparer.OrdinalIgnoreCase)
    {
        ["BadRequest"] = ErrorIds.InvalidRequest,
        ["InvalidParameter"] = ErrorIds.InvalidRequest,
        ["InvalidRequest"] = ErrorIds.InvalidRequest,
        ["InvalidTemplate"] = ErrorIds.InvalidRequest,
        ["Unauthorized"] = ErrorIds.AuthorizationFailed,
        ["Forbidden"] = ErrorIds.AuthorizationFailed,
        ["AuthorizationFailed"] = ErrorIds.AuthorizationFailed,
        ["Conflict"] = ErrorIds.OperationNotAllowed,
        ["OperationNotAllowed"] = ErrorIds.OperationNotAllowed,
        ["InternalError"] = ErrorIds.ServiceUnavailable,
        ["InternalServerError"] = ErrorIds.ServiceUnavailable,
        ["InternalExecutionError"] = ErrorIds.ServiceUnavailable,
        ["InternalOperationError"] = ErrorIds.ServiceUnavailable,
        ["NetworkingInternalOperationError"] = ErrorIds.ServiceUnavailable,
        ["ManagedServiceIdentityInternalError"] = ErrorIds.ServiceUnavailable,
        ["ServiceUnavailable"] = ErrorIds.ServiceUnavailable,
        ["ServerTimeout"] = ErrorIds.ServiceUnavailable,
        ["GatewayTimeout"] = ErrorIds.ServiceUnavailable,
    };

    // Where the code is only InvalidParameter, the property it names is the best that Azure says.
    private static readonly Dictionary<string, ArmErrorMatch> s_byTarget = new(StringComparer.OrdinalIgnoreCase)
    {
        ["imageReference"] = new(ErrorIds.InvalidImageReference),
        ["vmSize"] = new(ErrorIds.InvalidVMSize),
        ["hardwareProfile.vmSize"] = new(ErrorIds.InvalidVMSize),
        ["adminPassword"] = new(ErrorIds.InvalidPassword, UnfitPassword),
        ["adminUsername"] = new(ErrorIds.InvalidPassword, UnfitPassword),
        ["osProfile.adminPassword"] = new(ErrorIds.InvalidPassword, UnfitPassword),
        ["osProfile.adminUsername"] = new(ErrorIds.InvalidPassword, UnfitPassword),
        ["vmName"] = new(ErrorIds.InvalidResourceName),
        ["computerName"] = new(ErrorIds.InvalidResourceName),
        ["osProfile.computerName"] = new(ErrorIds.InvalidResourceName),
    };

    /// <summary>What a code means; null for one that means many things, or nothing that is known.</summary>
    public static ArmErrorMatch? Find(string? code)
    {
        if (code is null)
            return null;

        return s_advised.TryGetValue(code, out ArmErrorMatch? advised) ? advised
            : s_specific.TryGetValue(code, out string? id) ? new ArmErrorMatch(id)
            : null;
    }

    /// <summary>What a code means as the end of a long-running operation; null where it is not known.</summary>
    public static ArmErrorMatch? FindInOperation(string? code) =>
        code is not null && s_inOperations.TryGetValue(code, out string? id) ? new ArmErrorMatch(id) : null;

    /// <summary>What <c>error.target</c> tells of a bad request; null where it tells nothing.</summary>
    public static ArmErrorMatch? FindByTarget(string? serviceTarget) =>
        serviceTarget is not null && s_byTarget.TryGetValue(serviceTarget, out ArmErrorMatch? match) ? match : null;
}
