namespace ImageCmdlets;

/// <summary>What every resource has: the properties that pipelines bind by name.</summary>
public abstract class ArmResource
{
    private static readonly Dictionary<string, string> s_noTags = [];

    /// <param name="id">The full ARM id.</param>
    protected ArmResource(string id)
    {
        Id = id;
        ResourceId? parsed = ResourceId.TryParse(id);
        Name = parsed?.Name ?? id;
        ResourceGroupName = parsed?.ResourceGroupName;
        SubscriptionId = parsed?.SubscriptionId;
    }

    /// <summary>The full ARM id.</summary>
    public string Id { get; }

    /// <summary>The last part of the id.</summary>
    public string Name { get; }

    /// <summary>The resource group, in the casing Azure gave.</summary>
    public string? ResourceGroupName { get; }

    /// <summary>The subscription's GUID.</summary>
    public string? SubscriptionId { get; }

    /// <summary>The region's short name, such as <c>westeurope</c>.</summary>
    public string? Location { get; init; }

    /// <summary>The tags; empty when there are none.</summary>
    public IReadOnlyDictionary<string, string> Tag { get; init; } = s_noTags;

    /// <summary>Azure's state of the last change: <c>Succeeded</c>, <c>Creating</c>, <c>Updating</c>, <c>Failed</c> …</summary>
    public string? ProvisioningState { get; init; }

    /// <summary>The name.</summary>
    public sealed override string ToString() => Name;
}
