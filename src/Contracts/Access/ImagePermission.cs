namespace ImageCmdlets;

/// <summary>A right that an operation needs, and whether the account of the session has it.</summary>
/// <remarks>Source: <c>Permissions_ListForResource</c> and <c>Permissions_ListForResourceGroup</c>: what the caller may do at a scope.</remarks>
public sealed class ImagePermission
{
    public required ImagePermissionOperation Operation { get; init; }

    /// <summary>Such as <c>Microsoft.Compute/galleries/images/versions/read</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The full ARM id where it is needed; for what is still to be made, that of the resource group.</summary>
    public required string Scope { get; init; }

    /// <summary>Whether the right is there; null where Azure does not say.</summary>
    public bool? Granted { get; init; }

    /// <summary>Whose right: the object id in the tenant of the scope, or the account as far as it is known.</summary>
    public string? Principal { get; init; }

    /// <summary>The tenant in which the principal is signed in for this scope.</summary>
    public string? TenantId { get; init; }

    /// <summary>What it is needed for.</summary>
    public required string Purpose { get; init; }

    /// <summary>Whether the operation fails without it; otherwise it ends well and leaves something undone, such as the removal of what was temporary.</summary>
    public bool Required { get; init; } = true;

    /// <summary>Whether Azure checks it as a right on something that a request only names: LinkedAuthorizationFailed is what comes without it.</summary>
    public bool IsLinked { get; init; }

    /// <summary>Why it is not there, or not known; null where it is granted.</summary>
    public string? Reason { get; init; }

    /// <summary>What to do about it; null where it is granted.</summary>
    public string? RecommendedAction { get; init; }

    /// <summary>The right, and where.</summary>
    public override string ToString() => $"{Action} on {Scope}";
}
