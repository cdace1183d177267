using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>Public IP addresses.</summary>
internal sealed class PublicIPAddressSubject : IResourceSubject
{
    private static readonly string[] s_order =
        ["name", "id", "etag", "location", "zones", "tags", "properties", "type", "sku"];

    private static readonly string[] s_propertyOrder =
    [
        "provisioningState", "resourceGuid", "ipAddress", "publicIPAddressVersion", "publicIPAllocationMethod",
        "idleTimeoutInMinutes", "dnsSettings", "ipTags", "ipConfiguration", "deleteOption",
    ];

    private static readonly Regex s_label = new("^[a-z][a-z0-9-]{1,61}[a-z0-9]$", RegexOptions.CultureInvariant);

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        var type = new ResourceType(NetworkTypes.Namespace, "publicIPAddresses", NetworkApiVersions.All)
        {
            CheckName = NetworkNames.Check,
            DeletionOrder = 60,
            DeletionTime = NetworkProfiles.Delete.Duration,
            View = Show,
        };
        NetworkLifecycle.RegisterTopLevel(registry, type, "PublicIPAddresses", Put, Delete);
    }

    private static ArmResponse Put(RequestContext context)
    {
        string sku = NetworkEnums.Read(
            context, context.Body["sku"], "name", "sku.name", "PublicIPAddressSkuName", "Basic", "Standard") ?? "Basic";
        JsonObject properties = Properties(context, sku);
        NetworkUsages.CheckPublicAddress(context);
        ResourceEntry entry = NetworkLifecycle.Store(context, properties);
        entry.Body["sku"] = new JsonObject { ["name"] = sku, ["tier"] = "Regional" };
        if (context.Body.Array("zones") is { Count: > 0 } zones) entry.Body["zones"] = zones.DeepClone();
        return NetworkLifecycle.Announce(context, entry, NetworkProfiles.PutPublicIPAddress);
    }

    private static JsonObject Properties(RequestContext context, string sku)
    {
        JsonObject sent = context.Body.Object("properties") ?? JsonText.NewObject();
        string id = context.Target!.ToString();
        string method = NetworkEnums.Read(
            context, sent, "publicIPAllocationMethod", "properties.publicIPAllocationMethod", "IpAllocationMethod",
            "Static", "Dynamic") ?? "Dynamic";
        if (sku == "Standard" && method != "Static")
        {
            throw NetworkErrors.Refuse(
                "StandardSkuPublicIPAddressesMustBeStatic",
                $"Standard sku publicIp {id} must have AllocationMethod set to Static.");
        }

        JsonObject properties = JsonText.NewObject();
        properties["provisioningState"] = "Updating";
        if (context.Existing?.Properties.Text("ipAddress") is { } address) properties["ipAddress"] = address;
        properties["publicIPAddressVersion"] = NetworkEnums.Read(
            context, sent, "publicIPAddressVersion", "properties.publicIPAddressVersion", "IpVersion", "IPv4", "IPv6") ?? "IPv4";
        properties["publicIPAllocationMethod"] = method;
        properties["idleTimeoutInMinutes"] = sent.Number("idleTimeoutInMinutes") ?? 4;
        if (DnsSettings(context, sent) is { } dns) properties["dnsSettings"] = dns;
        properties["ipTags"] = sent.Array("ipTags")?.DeepClone() ?? new JsonArray();
        if (sent.Text("deleteOption") is { } option) properties["deleteOption"] = option;
        return properties;
    }

    private static JsonObject? DnsSettings(RequestContext context, JsonObject sent)
    {
        if (sent.Text("dnsSettings.domainNameLabel") is not { Length: > 0 } label) return null;
        if (!s_label.IsMatch(label))
        {
            throw NetworkErrors.Refuse(
                "InvalidDomainNameLabel",
                $"The domain name label {label} is invalid. It must conform to the following regular expression: {s_label}.");
        }

        string name = $"{label}.{context.Location}.cloudapp.azure.com";
        bool taken = context.World.Store.OfType(NetworkTypes.PublicIPAddresses)
            .Any(other => other != context.Existing && other.Properties.Text("dnsSettings.fqdn") == name);
        if (taken) throw NetworkErrors.Refuse("DnsRecordInUse", $"DNS record {name} is already used by another public IP.");
        return new JsonObject { ["domainNameLabel"] = label, ["fqdn"] = name };
    }

    private static ArmResponse Delete(RequestContext context)
    {
        if (PublicAddresses.UserOf(context.Resource) is { } user)
            throw NetworkErrors.PublicAddressInUse(context.Resource.Id, user);
        return NetworkLifecycle.Delete(context);
    }

    private static JsonObject Show(RequestContext context, ResourceEntry entry)
    {
        JsonObject body = PropertyOrder.Sort(entry.Body, s_order);
        var properties = (JsonObject)body["properties"]!;
        if (PublicAddresses.UserOf(entry) is { } user) properties["ipConfiguration"] = new JsonObject { ["id"] = user };
        body["properties"] = PropertyOrder.Sort(properties, s_propertyOrder);
        return body;
    }
}
