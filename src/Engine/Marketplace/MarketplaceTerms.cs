using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Marketplace;

/// <summary>The legal terms of a purchase plan.</summary>
/// <remarks>Source: <c>MarketplaceAgreements_Get</c>.</remarks>
internal static class MarketplaceTerms
{
    /// <summary>Whether the subscription has accepted the terms; null where Azure does not say (no right to read them, no terms).</summary>
    public static async Task<bool?> AreAcceptedAsync(Operation operation, string subscriptionId, PurchasePlan plan)
    {
        string path = $"/subscriptions/{subscriptionId}/providers/Microsoft.MarketplaceOrdering/offerTypes/virtualmachine"
            + $"/publishers/{plan.Publisher}/offers/{plan.Product}/plans/{plan.Name}/agreements/current";
        try
        {
            ArmAnswer? answer = await operation.Arm.FindAsync(path, ArmApiVersions.MarketplaceOrdering, operation.CancellationToken).ConfigureAwait(false);
            return answer?.Body.Truth("properties", "accepted");
        }
        catch (ArmOperationException exception) when (exception.Status is 400 or 403)
        {
            // Reading terms is a right of its own and not needed to use what was accepted; Azure decides then.
            operation.Verbose($"The terms of the plan {plan} could not be read: {exception.Message}");
            return null;
        }
    }
}
