namespace ImageCmdlets;

/// <summary>Who loses access to what. Only what was given for exactly this resource is taken away.</summary>
public sealed record RevokeAccessOptions
{
    /// <summary>A gallery, image definition, image version or managed image; for roles also the resource group or subscription around them.</summary>
    public required string Id { get; init; }

    /// <summary>Object ids of users, groups or applications that lose the role.</summary>
    public IReadOnlyList<string> PrincipalId { get; init; } = [];

    /// <summary>The name of the role, or the id of its definition; null: all their roles.</summary>
    public string? Role { get; init; }

    /// <summary>The full ids of role assignments.</summary>
    public IReadOnlyList<string> AssignmentId { get; init; } = [];

    public IReadOnlyList<string> SharedSubscriptionId { get; init; } = [];

    public IReadOnlyList<string> SharedTenantId { get; init; } = [];

    /// <summary>All sharing with subscriptions, tenants or everybody; the gallery is <c>Private</c> then. Roles stay.</summary>
    public bool AllSharing { get; init; }
}
