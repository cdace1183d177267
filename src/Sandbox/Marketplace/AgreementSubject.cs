using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Marketplace;

/// <summary>
/// The terms of plans: read, then written back whole with <c>accepted</c> set. Signature and retrieval time must be the ones
/// just read (recorded: azcli test_vm_image_terms#2 and #3).
/// </summary>
internal sealed class AgreementSubject : IResourceSubject
{
    private const string Namespace = "Microsoft.MarketplaceOrdering";
    private const string Template = "/subscriptions/{subscriptionId}/providers/Microsoft.MarketplaceOrdering/offerTypes/" +
        "{offerType}/publishers/{publisherId}/offers/{offerId}/plans/{planId}/agreements/current";

    private static readonly IReadOnlyList<string> s_versions = ["2021-01-01", "2015-06-01"];

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType(Namespace, "offertypes", s_versions)
        {
            Tracked = false,
            NeedsLocation = false,
        });
        registry.Map("GET", Template, "MarketplaceAgreements_Get", type, Get);
        registry.Map("PUT", Template, "MarketplaceAgreements_Create", type, Put);
        SignedAgreements.Register(registry, Namespace, s_versions);
    }

    /// <summary>Whether a subscription has accepted a plan's terms.</summary>
    public static bool IsAccepted(SandboxWorld world, string subscriptionId, MarketplacePlan plan) =>
        SignedAgreements.IsActive(world, subscriptionId, plan);

    private static ArmResponse Get(RequestContext context)
    {
        MarketplacePlan plan = PlanOfMachines(context);
        string id = $"/subscriptions/{context.SubscriptionId}/providers/Microsoft.MarketplaceOrdering/offerTypes/VirtualMachine" +
            $"/publishers/{plan.Publisher}/offers/{plan.Product}/plans/{plan.Name}/agreements/current";
        return new ArmResponse(200, Body(context, plan, id)) { FromGateway = true };
    }

    private static ArmResponse Put(RequestContext context)
    {
        MarketplacePlan plan = PlanOfMachines(context);
        bool accepted = context.Body.Flag("properties.accepted") ?? throw MarketplaceErrors.BadAgreement("accepted is required.");
        if (context.Body.Text("properties.signature") != Signature(context, plan))
            throw MarketplaceErrors.BadAgreement("The signature of the agreement does not match the current agreement.");
        SignedAgreements.Keep(context, plan, accepted);
        // The service really answers with a malformed id.
        string id = $"/subscriptions/{context.SubscriptionId}/providers/Microsoft.MarketplaceOrdering/offerTypes/" +
            $"Microsoft.MarketplaceOrdering/offertypes/publishers/{plan.Publisher}/offers/{plan.Product}/plans/{plan.Name}" +
            "/agreements/current";
        return new ArmResponse(200, Body(context, plan, id)) { FromGateway = true };
    }

    /// <summary>The plan that a request names.</summary>
    public static MarketplacePlan Plan(RequestContext context) =>
        MarketplaceCatalogue.Default.FindPlan(context.Route["publisherId"], context.Route["offerId"], context.Route["planId"])
        ?? throw MarketplaceErrors.BadAgreement(
            $"Unable to find legal terms for this offer: publisher '{context.Route["publisherId"]}', offer " +
            $"'{context.Route["offerId"]}', plan '{context.Route["planId"]}'.");

    // Assumption: no recording of another type of offer.
    private static MarketplacePlan PlanOfMachines(RequestContext context) =>
        string.Equals(context.Route["offerType"], "virtualmachine", StringComparison.OrdinalIgnoreCase)
            ? Plan(context)
            : throw MarketplaceErrors.BadAgreement($"The offer type '{context.Route["offerType"]}' is not supported.");

    private static JsonObject Body(RequestContext context, MarketplacePlan plan, string id)
    {
        string now = ArmTime.Format(context.Now);
        return new JsonObject
        {
            ["id"] = id,
            ["name"] = plan.Name,
            ["type"] = "Microsoft.MarketplaceOrdering/offertypes",
            ["properties"] = new JsonObject
            {
                ["publisher"] = plan.Publisher,
                ["product"] = plan.Product,
                ["plan"] = plan.Name,
                ["licenseTextLink"] =
                    $"https://storeordersprodsn.blob.core.windows.net/legalterms/{plan.Publisher}-{plan.Name}.txt",
                ["privacyPolicyLink"] = $"https://{plan.Publisher}.example/privacy",
                ["marketplaceTermsLink"] = "https://storeordersprodsn.blob.core.windows.net/marketplaceterms/virtualmachine.txt",
                ["retrieveDatetime"] = now,
                ["signature"] = Signature(context, plan),
                ["accepted"] = IsAccepted(context.World, context.SubscriptionId, plan),
            },
            ["systemData"] = new JsonObject
            {
                ["createdBy"] = context.SubscriptionId,
                ["createdByType"] = "ManagedIdentity",
                ["createdAt"] = now,
                ["lastModifiedBy"] = context.SubscriptionId,
                ["lastModifiedByType"] = "ManagedIdentity",
                ["lastModifiedAt"] = now,
            },
        };
    }

    private static string Signature(RequestContext context, MarketplacePlan plan) =>
        string.Concat(context.World.Ids.Derive($"agreement|{context.SubscriptionId}|{SignedAgreements.Key(plan)}", 40)
            .Select(static b => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[b % 32]));
}
