namespace ImageCmdlets;

/// <summary>A version of an image that somebody else shares: with the caller's subscription or tenant, or with everybody in Azure.</summary>
/// <remarks>Source: <c>SharedGalleryImages_Get</c>, <c>SharedGalleryImageVersions_Get</c>, <c>CommunityGalleryImages_Get</c>,
/// <c>CommunityGalleryImageVersions_Get</c>. It belongs to another subscription, so it has no ARM id, no tags and no state, and is told of region by region.</remarks>
public sealed record SharedImage
{
    /// <summary>Such as <c>/SharedGalleries/{gallery}/Images/{image}/Versions/1.0.0</c>, as <c>New-ImageVM -Image</c> takes it.</summary>
    public required string Id { get; init; }

    /// <summary>The name under which the gallery is shared: unique in Azure, and another than the one that its owner knows it by.</summary>
    public required string GalleryName { get; init; }

    public required string DefinitionName { get; init; }

    /// <summary>The version, such as 1.0.0.</summary>
    public required string Name { get; init; }

    /// <summary>The name as a version, which sorts by number.</summary>
    public Version? Version { get; init; }

    /// <summary>The region that was asked; it can be in others too.</summary>
    public required string Location { get; init; }

    /// <summary>With whom it is shared: a subscription, a tenant, or everybody.</summary>
    public required ImageAccessKind SharedWith { get; init; }

    /// <summary><c>Windows</c> or <c>Linux</c>.</summary>
    public string? OSType { get; init; }

    /// <summary><c>Generalized</c> or <c>Specialized</c>.</summary>
    public string? OSState { get; init; }

    /// <summary><c>V1</c> or <c>V2</c>.</summary>
    public string? HyperVGeneration { get; init; }

    /// <summary><c>x64</c> or <c>Arm64</c>.</summary>
    public string? Architecture { get; init; }

    /// <summary><c>Standard</c>, <c>TrustedLaunch</c>, <c>TrustedLaunchSupported</c>…</summary>
    public string? SecurityType { get; init; }

    /// <summary>The purchase plan that its machines need.</summary>
    public PurchasePlan? Plan { get; init; }

    public DiskReference? OSDisk { get; init; }

    public IReadOnlyList<DiskReference> DataDisk { get; init => field = value.ToArray(); } = [];

    /// <summary>Whether machines of the latest version never get this one.</summary>
    public bool ExcludeFromLatest { get; init; }

    public DateTimeOffset? PublishedDate { get; init; }

    public DateTimeOffset? EndOfLifeDate { get; init; }

    public override string ToString() => Id;
}
