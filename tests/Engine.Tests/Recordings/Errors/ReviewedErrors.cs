using static ImageCmdlets.ErrorIds;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>The review of recorded errors: each row was written by reading what Azure meant, not what the engine makes of it.
/// The first row that fits counts; an answer that no row fits has not been reviewed.</summary>
internal static class ReviewedErrors
{
    private static readonly ReviewedError[] s_rows =
        [.. Service(), .. Missing(), .. Rights(), .. Limits(), .. Marketplace(), .. States(), .. Guest(), .. Input()];

    /// <summary>The id that the review gives; null for what nobody has reviewed.</summary>
    public static string? Find(RecordedExchange exchange, string? code, string? message) =>
        Array.Find(s_rows, row => row.Fits(exchange, code, message))?.ErrorId;

    private static ReviewedError[] Service() =>
    [
        new(Throttled, Status: 429, Code: "SubscriptionRequestsThrottled"),
        new(ServiceUnavailable, Code: "BadGatewayConnection"),
        new(ServiceUnavailable, Code: "GatewayTimeout"),
        new(ServiceUnavailable, Code: "GatewayAuthenticationFailed"),
        new(ServiceUnavailable, Code: "InternalServerError"),
        new(ServiceUnavailable, Code: "InternalExecutionError"),
        new(ServiceUnavailable, Code: "InternalResourceIdentityError"),
        new(ServiceUnavailable, Code: "ManagedServiceIdentityInternalError"),
        new(ServiceUnavailable, Code: "ServerTimeout"),
        new(ServiceUnavailable, Status: 503),
    ];

    private static ReviewedError[] Missing() =>
    [
        new(ErrorIds.ResourceGroupNotFound, Code: "ResourceGroupNotFound"),
        new(ErrorIds.ResourceGroupNotFound, Method: "HEAD", Status: 404, Path: "/resourcegroups/"),
        new(ImageNotFound, Code: "ResourceNotFound", Text: "'Microsoft.Compute/images/"),
        new(SnapshotNotFound, Code: "ResourceNotFound", Text: "'Microsoft.Compute/snapshots/"),
        new(DiskNotFound, Code: "ResourceNotFound", Text: "'Microsoft.Compute/disks/"),
        new(VMNotFound, Code: "ResourceNotFound", Text: "'Microsoft.Compute/virtualMachines/"),
        new(ErrorIds.ResourceNotFound, Code: "ResourceNotFound", Text: "'Microsoft.Compute/availabilitySets/"),
        new(ErrorIds.ResourceNotFound, Code: "ResourceNotFound", Text: "'Microsoft.Compute/virtualMachineScaleSets/"),
        new(ErrorIds.ResourceNotFound, Code: "ResourceNotFound", Text: "'Microsoft.Network/"),
        new(ErrorIds.ResourceNotFound, Code: "ResourceNotFound", Text: "'Microsoft.Storage/"),
        new(ErrorIds.ResourceNotFound, Text: "The entity was not found in this Azure location.", Path: "/virtualMachineScaleSets/"),
        new(VMNotFound, Text: "The entity was not found in this Azure location.", Path: "/virtualMachines/"),
        new(SourceNotFound, Code: "NotFound", Text: "is not found.", Path: "/snapshots/"),
        new(MarketplaceImageNotFound, Code: "NotFound", Text: "Publisher: ", Path: "/artifacttypes/vmimage/"),
        new(ErrorIds.ResourceNotFound, Code: "NotFound", Text: "Publisher: ", Path: "/artifacttypes/vmextension/"),
        new(ErrorIds.PrincipalNotFound, Code: "PrincipalNotFound"),
    ];

    private static ReviewedError[] Rights() =>
    [
        new(ErrorIds.LinkedAuthorizationFailed, Code: "LinkedAuthorizationFailed"),
        new(AuthorizationFailed, Code: "Unauthorized", Text: "Not authorized to access the resource", Status: 200),
        new(FeatureNotRegistered, Code: "SubscriptionNotRegisteredForFeature"),
        new(FeatureNotRegistered, Code: "OperationNotAllowed", Text: "This subscription is not registred to use feature"),
        new(AuthenticationFailed, Status: 401),
    ];

    private static ReviewedError[] Limits() =>
    [
        new(ErrorIds.QuotaExceeded, Code: "OperationNotAllowed", Text: "exceeding quota limits of Core"),
        new(ErrorIds.QuotaExceeded, Code: "QuotaExceeded"),
        new(DataDiskLimitExceeded, Text: "The maximum number of data disks allowed to be attached to a VM"),
    ];

    private static ReviewedError[] Marketplace() =>
    [
        new(MarketplaceTermsNotAccepted, Code: "ResourcePurchaseValidationFailed", Text: "Legal terms have not been accepted"),
        new(MarketplaceImageNotFound, Code: "ResourcePurchaseValidationFailed", Text: "Offer with PublisherId"),
        new(MarketplacePurchaseFailed, Code: "AccountSetupError", Text: "You cannot purchase"),
        new(MarketplaceImageNotFound, Code: "InvalidParameter", Text: "images referenced from the deployment template are not found"),
    ];

    private static ReviewedError[] States() =>
    [
        new(ConcurrentUpdate, Code: "Conflict", Text: "conflict with a concurrent request"),
        new(PropertyNotChangeable, Code: "PropertyChangeNotAllowed"),
        new(PropertyNotChangeable, Code: "RoleAssignmentUpdateNotPermitted"),
        new(OperationNotSupported, Code: "NotSupported"),
        new(OperationNotSupported, Text: "CopyStart creation is not supported for this subscription."),
        new(OperationNotAllowed, Code: "OperationNotAllowed", Path: "/virtualMachineScaleSets/"),
        new(OperationNotAllowed, Code: "OperationNotAllowed", Text: "Operation 'performMaintenance' is not allowed"),
        new(OperationNotAllowed, Code: "OperationNotAllowed", Text: "allowed only for Spot Virtual Machines"),
        new(OperationNotAllowed, Code: "OperationNotAllowed", Text: "Key rotation in disk encryption set"),
    ];

    private static ReviewedError[] Guest() =>
    [
        new(VMNotReady, Code: "VMAgentStatusCommunicationError"),
        new(VMExtensionFailed, Code: "VMExtensionProvisioningError"),
    ];

    private static ReviewedError[] Input() =>
    [
        new(InvalidLocation, Code: "LocationRequired"),
        new(InvalidLocation, Code: "InvalidTemplate", Text: "template parameter 'location'"),
        new(ZoneNotSupported, Code: "ResourceTypeNotSupportAvailabilityZones"),
        new(InvalidVMSize, Code: "InvalidParameter", Text: "is not supported on disks with Write Accelerator"),
        new(InvalidRequest, Code: "InvalidParameter"),
        new(InvalidRequest, Code: "BadRequest", Text: "Rolling Upgrade mode is not supported"),
        new(InvalidRequest, Code: "BadRequest", Text: "Could not write log analytics"),
        new(InvalidRequest, Code: "VirtualMachineMustHaveAtLeastOneNetworkInterface"),
    ];
}
