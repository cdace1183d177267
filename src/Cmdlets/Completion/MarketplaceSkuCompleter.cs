namespace ImageCmdlets.Commands;

/// <summary>Proposes the SKUs of an offer in the marketplace.</summary>
public sealed class MarketplaceSkuCompleter : MarketplaceCompleter
{
    private protected override int Level => 2;
}
