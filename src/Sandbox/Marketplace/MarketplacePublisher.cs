namespace ImageCmdlets.Sandbox.Marketplace;

/// <summary>A publisher of marketplace images.</summary>
public sealed record MarketplacePublisher
{
    /// <summary>The publisher's name in Azure's own casing.</summary>
    public required string Name { get; init; }

    /// <summary>The offers, in the catalogue's order.</summary>
    public required IReadOnlyList<MarketplaceOffer> Offers { get; init; }
}
