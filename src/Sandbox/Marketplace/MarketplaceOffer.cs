namespace ImageCmdlets.Sandbox.Marketplace;

/// <summary>A publisher's offer.</summary>
public sealed record MarketplaceOffer
{
    /// <summary>The offer's name in Azure's own casing.</summary>
    public required string Name { get; init; }

    /// <summary><c>Windows</c> or <c>Linux</c>.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>The SKUs, in the catalogue's order.</summary>
    public required IReadOnlyList<MarketplaceSku> Skus { get; init; }
}
