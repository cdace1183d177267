using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Marketplace;

/// <summary>The legal terms of a purchase plan in one subscription.</summary>
/// <remarks>Source: <c>MarketplaceAgreements_Get</c>, <c>MarketplaceAgreements_Create</c>.</remarks>
internal static class MarketplaceTerms
{
    // The terms may be written anew between a look at them and the signature: then the new ones are what was shown to nobody.
    private const int MostSignatures = 2;

    /// <summary>Whether the subscription has accepted the terms; null where Azure does not say (no right to read them, no terms).</summary>
    public static async Task<bool?> AreAcceptedAsync(Operation operation, string subscriptionId, PurchasePlan plan)
    {
        try
        {
            ArmAnswer? answer = await operation.Arm.FindAsync(PathOf(subscriptionId, plan), ArmApiVersions.MarketplaceOrdering, operation.CancellationToken).ConfigureAwait(false);
            return answer?.Body.Truth("properties", "accepted");
        }
        catch (ArmOperationException exception) when (exception.Status is 400 or 403)
        {
            // Reading terms is a right of its own and not needed to use what was accepted; Azure decides then.
            operation.Verbose($"The terms of the plan {plan} could not be read: {exception.Message}");
            return null;
        }
    }

    /// <summary>The refusal of a machine whose plan is not accepted.</summary>
    public static ImageCmdletsException NotAccepted(PurchasePlan plan) => new(ErrorIds.MarketplaceTermsNotAccepted,
        $"The legal terms of the purchase plan {plan} are not accepted for this subscription.", plan.ToString(), $"Read and accept them once for the subscription: Approve-MarketplaceTerm '{plan}'.");

    /// <summary>Reads the terms.</summary>
    /// <exception cref="ImageCmdletsException">MarketplaceTermsNotFound: there is no such plan, or it has none.</exception>
    public static async Task<MarketplaceTerm> ReadAsync(Operation operation, string subscriptionId, PurchasePlan plan) =>
        Map((await GetAsync(operation, subscriptionId, plan).ConfigureAwait(false)).Body, subscriptionId, plan);

    /// <summary>Accepts the terms where they are not accepted.</summary>
    /// <exception cref="ImageCmdletsException">MarketplaceTermsNotFound; ConcurrentUpdate: the terms became others meanwhile.</exception>
    public static async Task<MarketplaceTerm> AcceptAsync(Operation operation, string subscriptionId, PurchasePlan plan)
    {
        for (int attempt = 1; ; attempt++)
        {
            ArmAnswer now = await GetAsync(operation, subscriptionId, plan).ConfigureAwait(false);
            MarketplaceTerm term = Map(now.Body, subscriptionId, plan);
            if (term.IsAccepted)
                return term;

            try
            {
                ArmAnswer signed = await operation.Arm.SendAsync(
                    RequestMethod.Put, PathOf(subscriptionId, plan), ArmApiVersions.MarketplaceOrdering, Accepted(now.Body), operation.CancellationToken).ConfigureAwait(false);
                return Map(signed.Body, subscriptionId, plan);
            }
            catch (ArmOperationException exception) when (exception.Status == 400)
            {
                if (!await HaveChangedAsync(operation, term).ConfigureAwait(false))
                    throw;
                if (attempt == MostSignatures)
                    throw new ImageCmdletsException(ErrorIds.ConcurrentUpdate, $"The terms of the plan {plan} were written anew while they were being accepted.", plan.ToString(), innerException: exception);
                operation.Verbose($"The terms of the plan {plan} were written anew meanwhile; they are read again.");
            }
        }
    }

    private static async Task<bool> HaveChangedAsync(Operation operation, MarketplaceTerm term) =>
        (await ReadAsync(operation, term.SubscriptionId, term.Plan).ConfigureAwait(false)).Signature != term.Signature;

    private static async Task<ArmAnswer> GetAsync(Operation operation, string subscriptionId, PurchasePlan plan)
    {
        try
        {
            return await operation.Arm.GetAsync(PathOf(subscriptionId, plan), ArmApiVersions.MarketplaceOrdering, operation.CancellationToken).ConfigureAwait(false);
        }
        catch (ArmOperationException exception) when (exception.Status is 400 or 404 && exception.Code != "SubscriptionNotFound")
        {
            throw new ImageCmdletsException(ErrorIds.MarketplaceTermsNotFound, $"The marketplace has no terms for the plan {plan}: {exception.Message}", plan.ToString(), innerException: exception);
        }
    }

    // Whole, as it was read: Azure compares signature and time.
    private static JsonObject Accepted(JsonElement read)
    {
        JsonObject body = JsonNode.Parse(read.GetRawText())!.AsObject();
        body["properties"]!["accepted"] = true;
        return body;
    }

    private static MarketplaceTerm Map(JsonElement item, string subscriptionId, PurchasePlan plan)
    {
        JsonElement properties = item.Find("properties") ?? default;
        return new MarketplaceTerm
        {
            Plan = new PurchasePlan(properties.Text("publisher") ?? plan.Publisher, properties.Text("product") ?? plan.Product, properties.Text("plan") ?? plan.Name),
            SubscriptionId = subscriptionId,
            IsAccepted = properties.Truth("accepted") ?? false,
            LicenseTextLink = properties.Text("licenseTextLink"),
            PrivacyPolicyLink = properties.Text("privacyPolicyLink"),
            MarketplaceTermsLink = properties.Text("marketplaceTermsLink"),
            RetrieveDatetime = properties.Time("retrieveDatetime"),
            Signature = properties.Text("signature"),
        };
    }

    private static string PathOf(string subscriptionId, PurchasePlan plan) =>
        $"/subscriptions/{subscriptionId}/providers/Microsoft.MarketplaceOrdering/offerTypes/virtualmachine"
        + $"/publishers/{Uri.EscapeDataString(plan.Publisher)}/offers/{Uri.EscapeDataString(plan.Product)}/plans/{Uri.EscapeDataString(plan.Name)}/agreements/current";
}
