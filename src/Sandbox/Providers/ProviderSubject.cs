using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.ResourceGroups;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Providers;

/// <summary>Resource providers: their types, and whether a subscription has registered them.</summary>
internal sealed class ProviderSubject : IResourceSubject
{
    // First version whose specification has the member.
    private const string CapabilitiesNone = "2019-03-01";

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType("Microsoft.Resources", "providers", ResourceGroupSubject.ApiVersions)
        {
            Tracked = false,
            NeedsLocation = false,
        });
        const string list = "/subscriptions/{subscriptionId}/providers";
        const string one = list + "/{resourceProviderNamespace}";
        registry.Map("GET", list, "Providers_List", type, List);
        registry.Map("GET", one, "Providers_Get", type, Get);
        registry.Map("GET", "/providers", "Providers_ListAtTenantScope", type, List);
        registry.Map("GET", "/providers/{resourceProviderNamespace}", "Providers_GetAtTenantScope", type, Get);
        registry.Map("POST", one + "/register", "Providers_Register", type, static c => Change(c, "Registered"));
        registry.Map("POST", one + "/unregister", "Providers_Unregister", type, static c => Change(c, "Unregistered"));
    }

    private static ArmResponse List(RequestContext context)
    {
        IEnumerable<string> names = context.World.Registry.Types.Select(static type => type.Namespace).Distinct();
        return ArmResponse.Gateway(200, new JsonObject
        {
            ["value"] = new JsonArray([.. names.Select(name => (JsonNode)Show(context, name))]),
        });
    }

    private static ArmResponse Get(RequestContext context) => ArmResponse.Gateway(200, Show(context, Namespace(context)));

    // Unregistering takes minutes in Azure; the state is the same at once here, and no client has reason to wait for it.
    private static ArmResponse Change(RequestContext context, string state)
    {
        string name = Namespace(context);
        context.World.Store.Find($"/subscriptions/{context.SubscriptionId}")!.State.Ensure("registrations")[name] = state;
        return ArmResponse.Gateway(200, Show(context, name));
    }

    /// <summary>Whether a subscription has registered a provider; all are registered at first.</summary>
    public static string State(SandboxWorld world, string subscription, string name) =>
        // Not by path: the namespace holds a dot.
        world.Store.Find(subscription)?.State.Object("registrations")?[name]?.GetValue<string>() ?? "Registered";

    private static string Namespace(RequestContext context)
    {
        string name = context.Route["resourceProviderNamespace"];
        return context.World.Registry.FindNamespace(name) ?? throw GatewayErrors.InvalidResourceNamespace(name);
    }

    private static JsonObject Show(RequestContext context, string name)
    {
        string scope = context.Path.SubscriptionId is { } subscription ? $"/subscriptions/{subscription}" : string.Empty;
        string state = State(context.World, scope, name);
        IEnumerable<ResourceType> types = context.World.Registry.Types.Where(type => type.Namespace == name);
        var provider = new JsonObject { ["id"] = $"{scope}/providers/{name}", ["namespace"] = name };
        if (ProviderFacts.Authorizations(name) is { } authorizations) provider["authorizations"] = authorizations;
        provider["resourceTypes"] = new JsonArray([.. types.Select(type => (JsonNode)Show(context, type))]);
        provider["registrationState"] = state;
        provider["registrationPolicy"] = "RegistrationRequired";
        return provider;
    }

    private static JsonObject Show(RequestContext context, ResourceType type)
    {
        IEnumerable<JsonNode> locations = type.Tracked ? Regions.All.Select(static r => (JsonNode)r.DisplayName) : [];
        var shown = new JsonObject
        {
            ["resourceType"] = type.Name,
            ["locations"] = new JsonArray([.. locations]),
            ["apiVersions"] = new JsonArray([.. type.ApiVersions.Select(static version => (JsonNode)version)]),
        };
        ProviderFacts.Describe(type, shown);

        // In 2016-02-01 a type without capabilities says nothing of them (recorded six times in 2018).
        string capabilities = type.Tracked ? type.Capabilities : "None";
        bool speaks = capabilities != "None" || string.CompareOrdinal(context.ApiVersion, CapabilitiesNone) >= 0;
        if (speaks) shown["capabilities"] = capabilities;
        return shown;
    }
}
