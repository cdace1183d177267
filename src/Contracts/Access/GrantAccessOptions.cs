namespace ImageCmdlets;

/// <summary>Who gets access to what.</summary>
public sealed record GrantAccessOptions
{
    /// <summary>A gallery, image definition, image version or managed image; for roles also the resource group or subscription around them. Only whole galleries can be shared.</summary>
    public required string Id { get; init; }

    /// <summary>Object ids of users, groups or applications that get the role.</summary>
    public IReadOnlyList<string> PrincipalId { get; init; } = [];

    /// <summary><c>User</c>, <c>Group</c>, <c>ServicePrincipal</c>. Given, Azure does not look the principal up, which may not be known everywhere yet.</summary>
    public string? PrincipalType { get; init; }

    /// <summary>The name of a role, or the id of its definition.</summary>
    public string Role { get; init; } = "Reader";

    /// <summary>Subscriptions, everybody in which gets access.</summary>
    public IReadOnlyList<string> SharedSubscriptionId { get; init; } = [];

    /// <summary>Tenants, everybody in which gets access.</summary>
    public IReadOnlyList<string> SharedTenantId { get; init; } = [];

    /// <summary>What everybody in Azure is told of the publisher; null: not shared with everybody.</summary>
    public CommunityPublisher? Community { get; init; }
}
