using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>A subnet as a body asks for it, or as it is.</summary>
/// <param name="Name">Name in its network.</param>
/// <param name="Prefix">IPv4 range; null for a subnet of IPv6 alone.</param>
/// <param name="Properties">As a GET shows them.</param>
/// <param name="SecurityGroup">Security group that guards it.</param>
internal sealed record SubnetSpecification(string Name, Cidr? Prefix, JsonObject Properties, ResourceEntry? SecurityGroup)
{
    // What a subnet of this sandbox can refer to, and what it can only name in vain: there are no route tables here.
    private static readonly string[] s_references = ["networkSecurityGroup", "routeTable", "natGateway"];

    /// <summary>Reads a subnet of a body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">Name of the subnet.</param>
    /// <param name="sent">Its <c>properties</c>.</param>
    /// <param name="networkId">Id of its network.</param>
    /// <param name="path">Where the properties stand in the body.</param>
    public static SubnetSpecification Read(
        RequestContext context, string name, JsonObject? sent, string networkId, string path)
    {
        string id = NetworkChildren.Id(networkId, NetworkTypes.Subnets, name);
        if (!NetworkNames.IsValid(name)) throw NetworkErrors.InvalidResourceName(name);
        sent ??= JsonText.NewObject();
        JsonArray? prefixes = sent.Text("addressPrefix") is { } single ? [(JsonNode)single] : sent.Array("addressPrefixes");
        IReadOnlyList<Cidr> ranges = AddressSpace.Read(prefixes, id);
        ResourceEntry? group = null;
        foreach (string reference in s_references)
        {
            string type = $"{NetworkTypes.Namespace}/{reference}s";
            ResourceEntry? found = NetworkReferences.Find(context, sent[reference], type, $"{path}.{reference}", id);
            group ??= found;
        }

        return new SubnetSpecification(name, ranges.Count > 0 ? ranges[0] : null, Shown(sent, group), group);
    }

    /// <summary>The subnet that is there.</summary>
    public static SubnetSpecification Of(ResourceEntry subnet)
    {
        string? prefix = subnet.Properties.Text("addressPrefix")
            ?? subnet.Properties.Array("addressPrefixes")?.Select(static p => p?.ToString()).FirstOrDefault();
        return new SubnetSpecification(subnet.Name, Cidr.TryParse(prefix), subnet.Properties, null);
    }

    private static JsonObject Shown(JsonObject sent, ResourceEntry? group)
    {
        JsonObject properties = JsonText.NewObject();
        properties["provisioningState"] = "Updating";
        foreach (string name in (string[])["addressPrefix", "addressPrefixes", "serviceEndpoints", "defaultOutboundAccess"])
        {
            if (sent[name] is { } value) properties[name] = value.DeepClone();
        }

        if (group is not null) properties["networkSecurityGroup"] = new JsonObject { ["id"] = group.Id };
        properties["delegations"] = sent.Array("delegations")?.DeepClone() ?? new JsonArray();
        properties["privateEndpointNetworkPolicies"] = sent.Text("privateEndpointNetworkPolicies") ?? "Disabled";
        properties["privateLinkServiceNetworkPolicies"] = sent.Text("privateLinkServiceNetworkPolicies") ?? "Enabled";
        return properties;
    }
}
