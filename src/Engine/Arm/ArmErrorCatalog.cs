namespace ImageCmdlets.Engine.Arm;

/// <summary>Finds the module's ErrorId for what Azure answered.</summary>
/// <remarks>Azure reuses codes (OperationNotAllowed means a dozen things, also with 429), so the statuses that mean one thing
/// go first, then the text, then the code, the inner before the outer, and the status last.</remarks>
internal static class ArmErrorCatalog
{
    /// <summary>The id, with advice where the answer allows better advice than the id's own.</summary>
    public static ArmErrorMatch Match(ArmErrorDetails details) => details.Status switch
    {
        429 => Throttled(details),
        401 => new ArmErrorMatch(ErrorIds.AuthenticationFailed),
        412 => new ArmErrorMatch(ErrorIds.ConcurrentUpdate),
        _ => ByText(details) ?? ArmErrorCodes.Find(details.InnerCode) ?? ArmErrorCodes.Find(details.Code) ?? ByStatus(details),
    };

    private static ArmErrorMatch? ByText(ArmErrorDetails details) =>
        ArmErrorTexts.Find(details.ServiceMessage) is { } rule ? new ArmErrorMatch(rule.ErrorId, rule.RecommendedAction) : null;

    private static ArmErrorMatch ByStatus(ArmErrorDetails details) => details.Status switch
    {
        400 or 405 or 415 or 422 => ArmErrorCodes.FindByTarget(details.ServiceTarget) ?? new ArmErrorMatch(ErrorIds.InvalidRequest),
        403 => new ArmErrorMatch(ErrorIds.AuthorizationFailed),
        404 or 410 => new ArmErrorMatch(ArmMissingThing.ErrorIdOf(details)),
        409 => new ArmErrorMatch(ErrorIds.OperationNotAllowed),
        408 or >= 500 => new ArmErrorMatch(ErrorIds.ServiceUnavailable),
        < 300 => OfFailedOperation(details),
        _ => new ArmErrorMatch(ErrorIds.InvalidRequest),
    };

    private static ArmErrorMatch OfFailedOperation(ArmErrorDetails details)
    {
        if (Is(details.InnerCode ?? details.Code, "NotFound") || Is(details.InnerCode ?? details.Code, "ResourceNotFound"))
            return new ArmErrorMatch(ArmMissingThing.ErrorIdOf(details));

        return ArmErrorCodes.FindInOperation(details.InnerCode) ?? ArmErrorCodes.FindInOperation(details.Code)
            ?? new ArmErrorMatch(ErrorIds.ProvisioningFailed);
    }

    private static ArmErrorMatch Throttled(ArmErrorDetails details)
    {
        // 429 RetryableError is not a throttle: a referenced network resource is still being updated (recorded).
        if (Is(details.Code, "RetryableError"))
            return new ArmErrorMatch(ErrorIds.ResourceBusy);

        return details.RetryAfter is { } wait
            ? new ArmErrorMatch(ErrorIds.Throttled, $"Run the command again in {Math.Ceiling(wait.TotalSeconds):0} seconds, with a smaller -ThrottleLimit where it has one.")
            : new ArmErrorMatch(ErrorIds.Throttled);
    }

    private static bool Is(string? a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
