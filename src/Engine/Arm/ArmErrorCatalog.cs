namespace ImageCmdlets.Engine.Arm;

/// <summary>Finds the module's ErrorId for what Azure answered: by code and text first, by status last.</summary>
/// <remarks>Source: the recorded errors, and Microsoft's tables of VM and gallery error messages. Azure reuses codes
/// (OperationNotAllowed means a dozen things, also with 429), so text decides inside a code and status decides over it.</remarks>
internal static class ArmErrorCatalog
{
    private static readonly Dictionary<string, string> s_byCode = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SubscriptionNotFound"] = ErrorIds.SubscriptionNotFound,
        ["InvalidSubscriptionId"] = ErrorIds.SubscriptionNotFound,
        ["ResourceGroupNotFound"] = ErrorIds.ResourceGroupNotFound,
        ["PlatformImageNotFound"] = ErrorIds.MarketplaceImageNotFound,
        ["ImageNotFound"] = ErrorIds.ImageNotFound,
        ["GalleryImageNotFound"] = ErrorIds.ImageNotFound,
        ["LinkedAuthorizationFailed"] = ErrorIds.LinkedAuthorizationFailed,
        ["RequestDisallowedByPolicy"] = ErrorIds.PolicyViolation,
        ["ScopeLocked"] = ErrorIds.ResourceLocked,
        ["PropertyChangeNotAllowed"] = ErrorIds.PropertyNotChangeable,
        ["ConflictingConcurrentWriteNotAllowed"] = ErrorIds.ConcurrentUpdate,
        ["PreconditionFailed"] = ErrorIds.ConcurrentUpdate,
        ["AnotherOperationInProgress"] = ErrorIds.ResourceBusy,
        ["RetryableError"] = ErrorIds.ResourceBusy,
        ["CannotDeleteResource"] = ErrorIds.ResourceInUse,
        ["ConflictingUserInput"] = ErrorIds.ResourceInUse,
        ["InUseSubnetCannotBeDeleted"] = ErrorIds.ResourceInUse,
        ["NicInUse"] = ErrorIds.ResourceInUse,
        ["PublicIPAddressCannotBeDeleted"] = ErrorIds.ResourceInUse,
        ["ResourceExistsConflict"] = ErrorIds.ResourceAlreadyExists,
        ["RoleAssignmentExists"] = ErrorIds.ResourceAlreadyExists,
        ["QuotaExceeded"] = ErrorIds.QuotaExceeded,
        ["SkuNotAvailable"] = ErrorIds.SkuNotAvailable,
        ["AllocationFailed"] = ErrorIds.SkuNotAvailable,
        ["ZonalAllocationFailed"] = ErrorIds.SkuNotAvailable,
        ["OverconstrainedAllocationRequest"] = ErrorIds.SkuNotAvailable,
        ["MissingSubscriptionRegistration"] = ErrorIds.ProviderNotRegistered,
        ["VMMarketplaceInvalidInput"] = ErrorIds.PurchasePlanRequired,
        ["LocationNotAvailableForResourceType"] = ErrorIds.InvalidLocation,
        ["LocationNotAvailableForResourceGroup"] = ErrorIds.InvalidLocation,
        ["NoRegisteredProviderFound"] = ErrorIds.InvalidLocation,
        ["InvalidResourceName"] = ErrorIds.InvalidResourceName,
        ["OSProvisioningTimedOut"] = ErrorIds.OSProvisioningFailed,
        ["OSProvisioningClientError"] = ErrorIds.OSProvisioningFailed,
        ["OSProvisioningInternalError"] = ErrorIds.OSProvisioningFailed,
        ["MarketplacePurchaseEligibilityFailed"] = ErrorIds.MarketplaceTermsNotAccepted,
    };

    private static readonly ArmErrorTextRule[] s_byText =
    [
        new("since the VM is generalized", ErrorIds.VMIsGeneralized),
        new("since the VM is running", ErrorIds.VMIsRunning),
        new("to be Generalized", ErrorIds.VMNotGeneralized),
        new("the VM is not generalized", ErrorIds.VMNotGeneralized),
        new("another operation is in progress", ErrorIds.ResourceBusy),
        new("since the VM is marked for deletion", ErrorIds.ResourceBusy),
        new("conflict with a concurrent request", ErrorIds.ConcurrentUpdate),
        new("exceeding quota", ErrorIds.QuotaExceeded),
        new("exceeding approved", ErrorIds.QuotaExceeded),
        new("Legal terms have not been accepted", ErrorIds.MarketplaceTermsNotAccepted),
        new("cannot boot Hypervisor Generation", ErrorIds.HyperVGenerationMismatch),
        new("does not match", ErrorIds.HyperVGenerationMismatch, AlsoContains: "HyperVGeneration"),
        new("Creation of managed images are not supported", ErrorIds.SecurityTypeNotSupported),
        new("being provisioned using the Image", ErrorIds.ResourceInUse),
        new("is currently using the Image", ErrorIds.ResourceInUse),
        new("is attached to VM", ErrorIds.ResourceInUse),
        new("requested VM size", ErrorIds.InvalidVMSize),
        new("is invalid according to its validation rule", ErrorIds.InvalidResourceName),
        new("images referenced from the deployment template are not found", ErrorIds.MarketplaceImageNotFound),
    ];

    /// <summary>The id, with advice where the answer allows better advice than the id's own.</summary>
    public static ArmErrorMatch Match(ArmErrorDetails details)
    {
        if (details.Status == 429)
            return Throttled(details);

        if (details.Status == 401)
            return new ArmErrorMatch(ErrorIds.AuthenticationFailed);

        if (details.Status == 412)
            return new ArmErrorMatch(ErrorIds.ConcurrentUpdate);

        foreach (ArmErrorTextRule rule in s_byText)
        {
            if (rule.Fits(details.ServiceMessage))
                return new ArmErrorMatch(rule.ErrorId);
        }

        foreach (string? code in new[] { details.InnerCode, details.Code })
        {
            if (code is not null && s_byCode.TryGetValue(code, out string? byCode))
                return new ArmErrorMatch(byCode);
        }

        return ByStatus(details);
    }

    private static ArmErrorMatch ByStatus(ArmErrorDetails details) => details.Status switch
    {
        400 or 405 or 415 or 422 => new ArmErrorMatch(ErrorIds.InvalidRequest),
        403 => new ArmErrorMatch(ErrorIds.AuthorizationFailed),
        404 or 410 => new ArmErrorMatch(NotFoundId(details.ResourceId)),
        409 when Is(details.Code, "Conflict") => new ArmErrorMatch(ErrorIds.ConcurrentUpdate),
        409 => new ArmErrorMatch(ErrorIds.OperationNotAllowed),
        408 or >= 500 => new ArmErrorMatch(ErrorIds.ServiceUnavailable),
        < 300 => new ArmErrorMatch(ErrorIds.ProvisioningFailed),
        _ => new ArmErrorMatch(ErrorIds.InvalidRequest),
    };

    private static ArmErrorMatch Throttled(ArmErrorDetails details)
    {
        // 429 RetryableError is not a throttle: a referenced network resource is still being updated (recorded).
        if (Is(details.Code, "RetryableError"))
            return new ArmErrorMatch(ErrorIds.ResourceBusy);

        return details.RetryAfter is { } wait
            ? new ArmErrorMatch(ErrorIds.Throttled, $"Run the command again in {Math.Ceiling(wait.TotalSeconds):0} seconds, with a smaller -ThrottleLimit.")
            : new ArmErrorMatch(ErrorIds.Throttled);
    }

    private static string NotFoundId(string? resourceId)
    {
        string? type = ResourceId.TryParse(resourceId)?.ResourceType;
        if (Is(type, ResourceTypes.VirtualMachine))
            return ErrorIds.VMNotFound;
        if (Is(type, ResourceTypes.Image) || Is(type, ResourceTypes.GalleryImage) || Is(type, ResourceTypes.GalleryImageVersion))
            return ErrorIds.ImageNotFound;
        if (Is(type, ResourceTypes.Snapshot))
            return ErrorIds.SnapshotNotFound;
        if (Is(type, ResourceTypes.Disk))
            return ErrorIds.DiskNotFound;
        return resourceId?.IndexOf("/artifacttypes/", StringComparison.OrdinalIgnoreCase) > 0
            ? ErrorIds.MarketplaceImageNotFound
            : ErrorIds.ResourceNotFound;
    }

    private static bool Is(string? a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
