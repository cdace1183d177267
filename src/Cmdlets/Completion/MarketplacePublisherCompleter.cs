namespace ImageCmdlets.Commands;

/// <summary>Proposes publishers in the marketplace.</summary>
public sealed class MarketplacePublisherCompleter : MarketplaceCompleter
{
    private protected override int Level => 0;
}
