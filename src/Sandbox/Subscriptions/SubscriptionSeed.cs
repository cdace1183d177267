using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Subscriptions;

/// <summary>The subscriptions that every sandbox starts with.</summary>
internal static class SubscriptionSeed
{
    public static IReadOnlyList<SandboxSubscription> All { get; } =
    [
        new("10000000-0000-4000-8000-000000000001", "Sandbox Production"),
        new("10000000-0000-4000-8000-000000000002", "Sandbox Development"),
    ];

    /// <summary>A subscription of another directory. Nobody of the first directory sees it without a token of its own.</summary>
    public static SandboxSubscription Partner { get; } = new("10000000-0000-4000-8000-000000000003", "Sandbox Partner");

    /// <summary>Puts the subscriptions into an empty world, every provider registered.</summary>
    public static void Plant(SandboxWorld world)
    {
        foreach (SandboxSubscription subscription in All.Append(Partner))
        {
            JsonObject body = JsonText.NewObject();
            body["id"] = $"/subscriptions/{subscription.Id}";
            body["authorizationSource"] = "RoleBased";
            body["managedByTenants"] = new JsonArray();
            body["subscriptionId"] = subscription.Id;
            body["tenantId"] = subscription == Partner ? ArmSandbox.PartnerTenant : ArmSandbox.Tenant;
            body["displayName"] = subscription.DisplayName;
            body["state"] = "Enabled";
            body["subscriptionPolicies"] = new JsonObject
            {
                ["locationPlacementId"] = "Public_2014-09-01",
                ["quotaId"] = "PayAsYouGo_2014-09-01",
                ["spendingLimit"] = "Off",
            };
            world.Store.Put(new ResourceEntry($"/subscriptions/{subscription.Id}", ResourceStore.SubscriptionType, body));
        }
    }
}
