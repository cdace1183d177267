namespace ImageCmdlets.Commands;

/// <summary>Proposes the offers of a publisher in the marketplace.</summary>
public sealed class MarketplaceOfferCompleter : MarketplaceCompleter
{
    private protected override int Level => 1;
}
