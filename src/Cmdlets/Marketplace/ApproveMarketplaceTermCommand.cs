using System.Management.Automation;
using ImageCmdlets.Engine.Marketplace;

namespace ImageCmdlets.Commands;

/// <summary>Accepts the legal terms of purchase plans for a subscription.</summary>
[Cmdlet(VerbsLifecycle.Approve, "MarketplaceTerm", DefaultParameterSetName = SetByPlan, SupportsShouldProcess = true)]
[OutputType(typeof(MarketplaceTerm))]
public sealed class ApproveMarketplaceTermCommand : MarketplaceTermCmdlet
{
    private protected override bool ApproveTerm(string plan) => ShouldProcess(plan, "Accept the legal terms");

    private protected override Task ExecuteAsync(ImageSession session, IReadOnlyList<MarketplaceTermOptions> items, IOperationSink sink, CancellationToken cancellationToken) =>
        MarketplaceTermService.ApproveAsync(session, items, sink, cancellationToken);
}
