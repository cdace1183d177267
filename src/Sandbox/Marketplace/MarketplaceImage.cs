namespace ImageCmdlets.Sandbox.Marketplace;

/// <summary>One version of a marketplace image, found in the catalogue: what a machine can be made of.</summary>
/// <param name="Publisher">The publisher, in the catalogue's casing.</param>
/// <param name="Offer">The offer.</param>
/// <param name="Sku">The SKU, with all that its versions share.</param>
/// <param name="Version">The version's full name, never <c>latest</c>.</param>
public sealed record MarketplaceImage(MarketplacePublisher Publisher, MarketplaceOffer Offer, MarketplaceSku Sku, string Version)
{
    /// <summary>The form users write: publisher:offer:sku:version.</summary>
    public string Urn => $"{Publisher.Name}:{Offer.Name}:{Sku.Name}:{Version}";
}
