namespace ImageCmdlets;

/// <summary>What to change of a gallery; what is null stays.</summary>
public sealed record SetGalleryOptions
{
    public required string Id { get; init; }

    public string? Description { get; init; }

    /// <summary>Turned off, it gives up all that is kept.</summary>
    public bool? SoftDelete { get; init; }

    /// <summary><c>Private</c>, or <c>Groups</c>: can be shared with subscriptions and tenants.</summary>
    public string? Permission { get; init; }

    /// <summary>The tags as they are to be.</summary>
    public IReadOnlyDictionary<string, string>? Tag { get; init; }
}
