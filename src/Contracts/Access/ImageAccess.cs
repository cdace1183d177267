namespace ImageCmdlets;

/// <summary>One way in which somebody has access to images.</summary>
/// <remarks>Source: <c>RoleAssignments_ListForScope</c>; <c>Galleries_Get</c> with <c>$select=Permissions</c>.</remarks>
public sealed class ImageAccess
{
    /// <summary>The full ARM id of what was asked about: a gallery, image definition, image version or managed image.</summary>
    public required string TargetId { get; init; }

    public required ImageAccessKind Kind { get; init; }

    /// <summary>Who has access: the object id of a user, group or application, the id of a subscription or tenant, the public name of a community gallery.</summary>
    public required string Principal { get; init; }

    /// <summary><c>User</c>, <c>Group</c>, <c>ServicePrincipal</c> …; null for what is no role.</summary>
    public string? PrincipalType { get; init; }

    /// <summary>The name of the role; null for what is no role. Sharing gives the right to read and to deploy.</summary>
    public string? Role { get; init; }

    /// <summary>The full ARM id where access was given.</summary>
    public required string Scope { get; init; }

    /// <summary>Whether it was given for something around what was asked about: the gallery, the resource group, the subscription.</summary>
    public bool Inherited => !string.Equals(TargetId, Scope, StringComparison.OrdinalIgnoreCase);

    /// <summary>The full id of the role assignment.</summary>
    public string? AssignmentId { get; init; }

    /// <summary>When the role was assigned; null for what is no role.</summary>
    public DateTimeOffset? CreatedOn { get; init; }

    /// <summary>Who, and as what.</summary>
    public override string ToString() => Role is null ? $"{Kind} {Principal}" : $"{Role} {Principal}";
}
