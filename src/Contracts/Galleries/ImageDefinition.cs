namespace ImageCmdlets;

/// <summary>An image definition of a gallery: what all its versions have in common.</summary>
/// <remarks>Source: <c>GalleryImages_Get</c>.</remarks>
public sealed class ImageDefinition : ArmResource
{
    /// <param name="id">The full ARM id.</param>
    public ImageDefinition(string id)
        : base(id)
    {
        GalleryName = ResourceId.TryParse(id)?.ParentName;
    }

    public string? GalleryName { get; }

    /// <summary><c>Windows</c> or <c>Linux</c>.</summary>
    public string? OSType { get; init; }

    /// <summary><c>Generalized</c> or <c>Specialized</c>.</summary>
    public string? OSState { get; init; }

    /// <summary><c>V1</c> or <c>V2</c>.</summary>
    public string? HyperVGeneration { get; init; }

    /// <summary><c>x64</c> or <c>Arm64</c>.</summary>
    public string? Architecture { get; init; }

    /// <summary><c>Standard</c>, <c>TrustedLaunch</c>, <c>TrustedLaunchSupported</c>, <c>ConfidentialVM</c> …</summary>
    public string SecurityType { get; init; } = "Standard";

    /// <summary>Publisher, offer and SKU are one identifier, which a gallery has only once.</summary>
    public string? Publisher { get; init; }

    public string? Offer { get; init; }

    public string? Sku { get; init; }

    /// <summary>What machines of it have to be bought with; null: nothing.</summary>
    public PurchasePlan? Plan { get; init; }

    public string? Description { get; init; }

    public DateTimeOffset? EndOfLifeDate { get; init; }

    /// <summary>Features other than the security type, such as <c>IsAcceleratedNetworkSupported</c>.</summary>
    public IReadOnlyDictionary<string, string> Feature { get; init; } = new Dictionary<string, string>();
}
