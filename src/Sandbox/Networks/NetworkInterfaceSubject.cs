using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>Network interfaces.</summary>
internal sealed class NetworkInterfaceSubject : IResourceSubject
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz012345";

    private static readonly string[] s_order = ["name", "id", "etag", "tags", "properties", "type", "location", "kind"];

    private static readonly string[] s_propertyOrder =
    [
        "provisioningState", "resourceGuid", "ipConfigurations", "dnsSettings", "macAddress", "enableAcceleratedNetworking",
        "vnetEncryptionSupported", "enableIPForwarding", "networkSecurityGroup", "primary", "virtualMachine", "hostedWorkloads",
        "tapConfigurations", "nicType", "allowPort25Out", "auxiliaryMode",
    ];

    // What Compute has written stays when a client writes the rest again.
    private static readonly string[] s_computed = ["macAddress", "primary", "virtualMachine"];

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        var type = new ResourceType(NetworkTypes.Namespace, "networkInterfaces", NetworkApiVersions.All)
        {
            CheckName = NetworkNames.Check,
            DeletionOrder = 40,
            DeletionTime = NetworkProfiles.Delete.Duration,
            View = Show,
            Removed = NetworkInterfaceTies.Untie,
        };
        NetworkLifecycle.RegisterTopLevel(registry, type, "NetworkInterfaces", Put, Delete);
    }

    private static ArmResponse Put(RequestContext context)
    {
        JsonObject sent = context.Body.Object("properties") ?? JsonText.NewObject();
        IReadOnlyList<IpConfigurationSpecification> configurations = IpConfigurationSpecification.Read(context, sent);
        ResourceEntry? group = NetworkReferences.Find(
            context, sent["networkSecurityGroup"], NetworkTypes.SecurityGroups, "properties.networkSecurityGroup");
        JsonObject properties = Properties(context, sent, configurations, group);
        ResourceEntry? former = context.Existing;
        ResourceEntry entry = NetworkLifecycle.Store(context, properties);
        entry.Body["kind"] = "Regular";
        if (former is not null) NetworkInterfaceTies.Untie(context.World, former);
        NetworkInterfaceTies.Tie(context.World, entry);
        return NetworkLifecycle.Announce(context, entry, NetworkProfiles.PutInterface);
    }

    private static ArmResponse Delete(RequestContext context)
    {
        if (NetworkInterfaceUse.MachineOf(context.Resource) is { } machine)
            throw NetworkErrors.InterfaceInUse(context.Resource.Id, machine);
        return NetworkLifecycle.Delete(context);
    }

    private static JsonObject Properties(
        RequestContext context,
        JsonObject sent,
        IReadOnlyList<IpConfigurationSpecification> configurations,
        ResourceEntry? group)
    {
        string id = context.Target!.ToString();
        JsonObject properties = JsonText.NewObject();
        properties["provisioningState"] = "Succeeded";
        properties["resourceGuid"] = null;
        properties["ipConfigurations"] = new JsonArray([.. configurations.Select(c => (JsonNode)c.ToJson(id))]);
        properties["dnsSettings"] = new JsonObject
        {
            ["dnsServers"] = sent.Array("dnsSettings.dnsServers")?.DeepClone() ?? new JsonArray(),
            ["appliedDnsServers"] = new JsonArray(),
            ["internalDomainNameSuffix"] = Suffix(context.World, configurations[0].Subnet),
        };
        // Until 2023 false was shown also when nothing was sent.
        if (sent.Flag("enableAcceleratedNetworking") is { } accelerated) properties["enableAcceleratedNetworking"] = accelerated;
        properties["vnetEncryptionSupported"] = false;
        properties["enableIPForwarding"] = sent.Flag("enableIPForwarding") ?? false;
        if (group is not null) properties["networkSecurityGroup"] = new JsonObject { ["id"] = group.Id };
        foreach (string name in s_computed)
        {
            if (context.Existing?.Properties[name] is { } value) properties[name] = value.DeepClone();
        }

        properties["hostedWorkloads"] = new JsonArray();
        properties["tapConfigurations"] = new JsonArray();
        properties["nicType"] = "Standard";
        properties["allowPort25Out"] = true;
        properties["auxiliaryMode"] = "None";
        return properties;
    }

    // One for a network: two interfaces of a recorded network share it.
    private static string Suffix(SandboxWorld world, ResourceEntry subnet)
    {
        ResourceEntry network = world.Store.Find(ResourceId.TryParse(subnet.Id)!.Parent!.ToString())!;
        byte[] bytes = world.Ids.Derive($"dns|{network.Properties.Text("resourceGuid")}", 26);
        return $"{new string([.. bytes.Select(static b => Alphabet[b % Alphabet.Length])])}.cx.internal.cloudapp.net";
    }

    private static JsonObject Show(RequestContext context, ResourceEntry entry)
    {
        JsonObject body = PropertyOrder.Sort(entry.Body, s_order);
        body["properties"] = PropertyOrder.Sort((JsonObject)body["properties"]!, s_propertyOrder);
        foreach (JsonObject configuration in body.Items("properties.ipConfigurations"))
            configuration["etag"] = body.Text("etag");
        return body;
    }
}
