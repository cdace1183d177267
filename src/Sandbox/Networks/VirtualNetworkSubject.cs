using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>Virtual networks with their subnets.</summary>
internal sealed class VirtualNetworkSubject : IResourceSubject
{
    /// <summary>Networks go last: interfaces and security groups refer to them or are referred to.</summary>
    public const int DeletionOrder = 80;

    private static readonly string[] s_order = ["name", "id", "etag", "type", "location", "tags", "properties"];

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        var type = new ResourceType(NetworkTypes.Namespace, "virtualNetworks", NetworkApiVersions.All)
        {
            CheckName = NetworkNames.Check,
            DeletionOrder = DeletionOrder,
            DeletionTime = NetworkProfiles.Delete.Duration,
            View = Show,
        };
        NetworkLifecycle.RegisterTopLevel(registry, type, "VirtualNetworks", Put, Delete);
    }

    private static ArmResponse Put(RequestContext context)
    {
        string id = context.Target!.ToString();
        JsonObject sent = context.Body.Object("properties") ?? JsonText.NewObject();
        IReadOnlyList<Cidr> space = AddressSpace.Read(sent.Array("addressSpace.addressPrefixes"), id);
        IReadOnlyList<ResourceEntry> present =
            context.Existing is { } network ? NetworkChildren.Of(context.World, network) : [];
        // A body without subnets leaves them as they are; an empty list deletes them.
        IReadOnlyList<SubnetSpecification> wanted = sent.Array("subnets") is { } subnets
            ? Read(context, subnets, id)
            : [.. present.Select(SubnetSpecification.Of)];
        SubnetRules.Check(context.Target.Name, space, wanted);
        ResourceEntry[] gone = [.. present.Where(subnet => Wanted(wanted, subnet) is null)];
        foreach (ResourceEntry subnet in gone) SubnetRules.CheckUnused(subnet);
        foreach (ResourceEntry subnet in present.Except(gone)) SubnetRules.CheckRange(subnet, Wanted(wanted, subnet)!);

        ResourceEntry entry = NetworkLifecycle.Store(context, Properties(sent));
        foreach (ResourceEntry subnet in gone) NetworkLifecycle.Remove(context.World, subnet);
        if (sent.Array("subnets") is not null)
        {
            foreach (SubnetSpecification subnet in wanted) SubnetSubject.Store(context.World, entry, subnet);
        }

        foreach (ResourceEntry subnet in NetworkChildren.Of(context.World, entry)) subnet.ProvisioningState = "Updating";
        return NetworkLifecycle.Announce(context, entry, NetworkProfiles.PutVirtualNetwork);
    }

    private static ArmResponse Delete(RequestContext context)
    {
        foreach (ResourceEntry subnet in NetworkChildren.Of(context.World, context.Resource)) SubnetRules.CheckUnused(subnet);
        return NetworkLifecycle.Delete(context);
    }

    private static List<SubnetSpecification> Read(RequestContext context, JsonArray subnets, string networkId)
    {
        var read = new List<SubnetSpecification>();
        for (int i = 0; i < subnets.Count; i++)
        {
            string path = $"properties.subnets[{i}]";
            string name = subnets[i].Text("name") ?? throw NetworkErrors.MissingProperty("name", path);
            JsonObject? properties = subnets[i].Object("properties");
            read.Add(SubnetSpecification.Read(context, name, properties, networkId, $"{path}.properties"));
        }

        NetworkChildren.CheckNames(networkId, read.Select(static subnet => subnet.Name));
        return read;
    }

    private static SubnetSpecification? Wanted(IReadOnlyList<SubnetSpecification> wanted, ResourceEntry subnet) =>
        wanted.FirstOrDefault(other => string.Equals(other.Name, subnet.Name, StringComparison.OrdinalIgnoreCase));

    private static JsonObject Properties(JsonObject sent)
    {
        JsonObject properties = JsonText.NewObject();
        properties["provisioningState"] = "Updating";
        properties["resourceGuid"] = null;
        properties["addressSpace"] = sent.Object("addressSpace")!.Copy();
        if (sent.Object("dhcpOptions") is { } options) properties["dhcpOptions"] = options.Copy();
        properties["subnets"] = null;
        properties["virtualNetworkPeerings"] = new JsonArray();
        properties["enableDdosProtection"] = sent.Flag("enableDdosProtection") ?? false;
        if (sent.Flag("enableVmProtection") == true) properties["enableVmProtection"] = true;
        return properties;
    }

    private static JsonObject Show(RequestContext context, ResourceEntry entry)
    {
        JsonObject body = PropertyOrder.Sort(entry.Body, s_order);
        IEnumerable<JsonNode> subnets = NetworkChildren.Of(context.World, entry)
            .Select(subnet => (JsonNode)SubnetView.Show(context, subnet));
        body["properties"]!["subnets"] = new JsonArray([.. subnets]);
        return body;
    }
}
