using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Features;

/// <summary>
/// Preview features that a subscription can register. They change nothing here: what the sandbox has, every subscription has.
/// Assumption: an excerpt of those that articles about machines, disks and images name.
/// </summary>
internal sealed class FeatureSubject : IResourceSubject
{
    private const string Root = "/subscriptions/{subscriptionId}/providers/Microsoft.Features";

    // Key of a subscription's state: provider/feature and its state.
    private const string Key = "features";

    private static readonly string[] s_versions = ["2021-07-01", "2015-12-01"];

    private static readonly string[] s_known =
    [
        "Microsoft.Compute/AzureLinuxSecurityPatch", "Microsoft.Compute/EncryptionAtHost", "Microsoft.Compute/InGuestAutoAssessmentVMPreview",
        "Microsoft.Compute/InstantAccess", "Microsoft.Compute/SharedDisksForPremium", "Microsoft.Compute/TrustedLaunchByDefaultPreview",
        "Microsoft.Compute/UseStandardSecurityType", "Microsoft.Compute/VMHibernationPreview", "Microsoft.Network/AllowVirtualNetworkEncryption",
        "Microsoft.Storage/AllowNFSV3",
    ];

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType("Microsoft.Features", "features", s_versions) { Tracked = false, NeedsLocation = false });
        const string ofProvider = Root + "/providers/{resourceProviderNamespace}/features", one = ofProvider + "/{featureName}";
        registry.Map("GET", Root + "/features", "Features_ListAll", type, static c => List(c, s_known));
        registry.Map("GET", ofProvider, "Features_List", type, static c => List(c, Of(c)));
        registry.Map("GET", one, "Features_Get", type, static c => ArmResponse.Gateway(200, Show(c, Find(c))));
        registry.Map("POST", one + "/register", "Features_Register", type, static c => Change(c, "Registered"));
        registry.Map("POST", one + "/unregister", "Features_Unregister", type, static c => Change(c, "Unregistered"));
    }

    private static ArmResponse List(RequestContext context, string[] names) =>
        ArmResponse.Gateway(200, ResourceReads.Page(context, names, name => Show(context, name)));

    // Azure says Registering for some minutes; here it is done at once, as with providers.
    private static ArmResponse Change(RequestContext context, string state)
    {
        string name = Find(context);
        Subscription(context).State.Ensure(Key)[name] = state;
        return ArmResponse.Gateway(200, Show(context, name));
    }

    private static string[] Of(RequestContext context)
    {
        string provider = context.Route["resourceProviderNamespace"];
        return [.. s_known.Where(name => name.StartsWith($"{provider}/", StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>The text is an assumption.</summary>
    private static string Find(RequestContext context)
    {
        string name = $"{context.Route["resourceProviderNamespace"]}/{context.Route["featureName"]}";
        return s_known.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase)) ??
            throw GatewayErrors.Gateway(404, "FeatureNotFound", $"The feature '{context.Route["featureName"]}' could not be found.");
    }

    private static JsonObject Show(RequestContext context, string name)
    {
        string[] parts = name.Split('/');
        // Not by path: the name holds a dot.
        string state = (string?)Subscription(context).State.Object(Key)?[name] ?? "NotRegistered";
        return new JsonObject
        {
            ["properties"] = new JsonObject { ["state"] = state },
            ["id"] = $"{Subscription(context).Id}/providers/Microsoft.Features/providers/{parts[0]}/features/{parts[1]}",
            ["type"] = "Microsoft.Features/providers/features",
            ["name"] = name,
        };
    }

    private static ResourceEntry Subscription(RequestContext context) => context.World.Store.Find($"/subscriptions/{context.SubscriptionId}")!;
}
