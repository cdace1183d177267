using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Marketplace;

/// <summary>
/// What a subscription has agreed to: plans, each signed or cancelled, with the day. Terms that are written back accepted
/// (<see cref="AgreementSubject"/>) and terms that are signed here are the same agreement.
/// </summary>
internal static class SignedAgreements
{
    private const string StateKey = "agreements";
    private const string TypeName = "Microsoft.MarketplaceOrdering/agreements";
    private const string Root = "/subscriptions/{subscriptionId}/providers/" + TypeName;
    private const string Plan = Root + "/{publisherId}/offers/{offerId}/plans/{planId}";

    public static void Register(SandboxRegistry registry, string providerNamespace, IReadOnlyList<string> versions)
    {
        ResourceType type = registry.Add(new ResourceType(providerNamespace, "agreements", versions)
        {
            Tracked = false,
            NeedsLocation = false,
        });
        registry.Map("GET", Root, "MarketplaceAgreements_List", type, List);
        registry.Map("GET", Plan, "MarketplaceAgreements_GetAgreement", type, Get);
        registry.Map("POST", Plan + "/sign", "MarketplaceAgreements_Sign", type, static context => Write(context, true));
        registry.Map("POST", Plan + "/cancel", "MarketplaceAgreements_Cancel", type, static context => Write(context, false));
    }

    /// <summary>Whether a plan's terms are accepted.</summary>
    public static bool IsActive(SandboxWorld world, string subscriptionId, MarketplacePlan plan) =>
        All(world, subscriptionId)?[Key(plan)].Text("state") == "Active";

    /// <summary>Signs the terms of a plan, or cancels them.</summary>
    public static void Keep(RequestContext context, MarketplacePlan plan, bool accepted)
    {
        JsonObject agreement = JsonText.NewObject();
        agreement["publisher"] = plan.Publisher;
        agreement["offer"] = plan.Product;
        agreement[accepted ? "signDate" : "cancelDate"] = ArmTime.Format(context.Now);
        agreement["state"] = accepted ? "Active" : "Canceled";
        Subscription(context.World, context.SubscriptionId)!.State.Ensure(StateKey)[Key(plan)] = new JsonObject
        {
            ["plan"] = plan.Name,
            ["state"] = accepted ? "Active" : "Canceled",
            ["shown"] = agreement,
        };
    }

    /// <summary>What a plan is known by, in the state and for its signature.</summary>
    public static string Key(MarketplacePlan plan) =>
        $"{plan.Publisher}/{plan.Product}/{plan.Name}".Replace('.', '_').ToLowerInvariant();

    private static ArmResponse Write(RequestContext context, bool accepted)
    {
        Keep(context, AgreementSubject.Plan(context), accepted);
        return Get(context);
    }

    // Assumption: what nobody has ever signed has been cancelled, without a day.
    private static ArmResponse Get(RequestContext context)
    {
        MarketplacePlan plan = AgreementSubject.Plan(context);
        JsonObject kept = All(context.World, context.SubscriptionId)?[Key(plan)] as JsonObject ?? new JsonObject
        {
            ["plan"] = plan.Name,
            ["shown"] = new JsonObject { ["publisher"] = plan.Publisher, ["offer"] = plan.Product, ["state"] = "Canceled" },
        };
        return new ArmResponse(200, Show(context, kept)) { FromGateway = true };
    }

    private static ArmResponse List(RequestContext context)
    {
        IEnumerable<JsonObject> all = All(context.World, context.SubscriptionId)?.Select(static one => one.Value).OfType<JsonObject>() ?? [];
        return new ArmResponse(200, new JsonObject
        {
            ["value"] = new JsonArray([.. all.Select(one => Show(context, one))]),
        })
        {
            FromGateway = true,
        };
    }

    private static JsonObject Show(RequestContext context, JsonObject kept)
    {
        string plan = kept.Text("plan")!;
        JsonObject shown = kept.Object("shown")!;
        return new JsonObject
        {
            ["id"] = $"/subscriptions/{context.SubscriptionId}/providers/{TypeName}/{shown.Text("publisher")}/offers/" +
                $"{shown.Text("offer")}/plans/{plan}",
            ["name"] = plan,
            ["type"] = TypeName,
            ["properties"] = shown.DeepClone(),
        };
    }

    private static JsonObject? All(SandboxWorld world, string subscriptionId) => Subscription(world, subscriptionId)?.State.Object(StateKey);

    private static ResourceEntry? Subscription(SandboxWorld world, string subscriptionId) => world.Store.Find($"/subscriptions/{subscriptionId}");
}
