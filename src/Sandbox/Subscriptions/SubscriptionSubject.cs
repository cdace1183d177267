using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.RoleAssignments;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Subscriptions;

/// <summary>Tenants and subscriptions.</summary>
internal sealed class SubscriptionSubject : IResourceSubject
{
    public static IReadOnlyList<string> ApiVersions { get; } =
    [
        "2022-12-01", "2022-09-01", "2021-10-01", "2021-01-01", "2020-01-01", "2019-11-01", "2019-06-01", "2018-06-01",
        "2016-06-01", "2015-11-01", "2015-01-01", "2014-04-01",
    ];

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType tenants = registry.Add(Untracked("tenants"));
        ResourceType subscriptions = registry.Add(Untracked("subscriptions"));
        registry.Map("GET", "/tenants", "Tenants_List", tenants, ListTenants);
        registry.Map("GET", "/subscriptions", "Subscriptions_List", subscriptions, List);
        registry.Map("GET", "/subscriptions/{subscriptionId}", "Subscriptions_Get", subscriptions, Get);
    }

    private static ResourceType Untracked(string name) =>
        new("Microsoft.Resources", name, ApiVersions) { Tracked = false, NeedsLocation = false };

    private static ArmResponse ListTenants(RequestContext context) => ArmResponse.Gateway(200, new JsonObject
    {
        ["value"] = new JsonArray(new JsonObject
        {
            ["id"] = $"/tenants/{ArmSandbox.Tenant}",
            ["tenantId"] = ArmSandbox.Tenant,
            ["countryCode"] = "NL",
            ["displayName"] = "Sandbox",
            ["domains"] = new JsonArray("sandbox.example"),
            ["tenantCategory"] = "Home",
            ["defaultDomain"] = "sandbox.example",
            ["tenantType"] = "AAD",
        }),
    });

    private static ArmResponse List(RequestContext context)
    {
        ResourceEntry[] all =
        [
            .. context.World.Store.OfType(ResourceStore.SubscriptionType).Where(entry =>
                RoleAccess.TenantOf(context.World, entry.Id) == context.Caller.TenantId &&
                RoleAccess.HasAny(context.World, context.Caller, entry.SubscriptionId)),
        ];
        return ArmResponse.Gateway(200, ResourceReads.Page(context, all, static entry => Show(entry)));
    }

    private static ArmResponse Get(RequestContext context) =>
        ArmResponse.Gateway(200, Show(context.World.Store.Find($"/subscriptions/{context.SubscriptionId}")!));

    private static JsonObject Show(ResourceEntry entry) => entry.Body.Copy();
}
