namespace ImageCmdlets;

/// <summary>The gallery to make.</summary>
public sealed record NewGalleryOptions
{
    public required string ResourceGroupName { get; init; }

    /// <summary>Letters, digits, '_' and '.'; no '-'.</summary>
    public required string Name { get; init; }

    public string? SubscriptionId { get; init; }

    /// <summary>Null: the group's region.</summary>
    public string? Location { get; init; }

    public string? Description { get; init; }

    /// <summary>Keep versions that are deleted for seven days.</summary>
    public bool SoftDelete { get; init; }

    /// <summary><c>Private</c>, or <c>Groups</c>: can be shared with subscriptions and tenants. Null: <c>Private</c>.</summary>
    public string? Permission { get; init; }

    /// <summary>Null: none.</summary>
    public IReadOnlyDictionary<string, string>? Tag { get; init; }
}
