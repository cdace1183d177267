using System.Management.Automation;
using ImageCmdlets.Engine.Marketplace;

namespace ImageCmdlets.Commands;

/// <summary>Shows the legal terms of purchase plans, and whether the subscription has accepted them.</summary>
[Cmdlet(VerbsCommon.Get, "MarketplaceTerm", DefaultParameterSetName = SetByPlan)]
[OutputType(typeof(MarketplaceTerm))]
public sealed class GetMarketplaceTermCommand : MarketplaceTermCmdlet
{
    private protected override Task ExecuteAsync(ImageSession session, IReadOnlyList<MarketplaceTermOptions> items, IOperationSink sink, CancellationToken cancellationToken) =>
        MarketplaceTermService.GetAsync(session, items, sink, cancellationToken);
}
