namespace ImageCmdlets.Engine.Access;

/// <summary>What Azure says of somebody's rights at a scope.</summary>
/// <param name="Permissions">What may be done; null where Azure does not say.</param>
/// <param name="Principal">Whose rights.</param>
/// <param name="TenantId">Where the principal is signed in.</param>
internal sealed record PermissionAnswer(PermissionSet? Permissions, string? Principal, string? TenantId)
{
    /// <summary>Where was asked: what is around the scope, where the scope itself is not there yet. Null where Azure says nothing.</summary>
    public string? AskedScope { get; init; }

    /// <summary>Why nothing is said.</summary>
    public ImageCmdletsException? Refusal { get; init; }
}
