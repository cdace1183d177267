using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.LoadBalancers;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>An IP configuration of an interface as a body asks for it, with the private address that it will have.</summary>
/// <param name="Name">Name in its interface.</param>
/// <param name="Subnet">Subnet that its private address is from.</param>
/// <param name="Address">Private address.</param>
/// <param name="IsStatic">Whether the client chose the address.</param>
/// <param name="PublicAddress">Public address; null when it has none.</param>
/// <param name="IsPrimary">Whether the body calls it primary.</param>
internal sealed record IpConfigurationSpecification(
    string Name, ResourceEntry Subnet, string Address, bool IsStatic, ResourceEntry? PublicAddress, bool IsPrimary)
{
    /// <summary>Parts of load balancers that it names, in the lists that show them.</summary>
    public JsonObject Balancers { get; init; } = JsonText.NewObject();

    /// <summary>Reads all configurations of a body; one of them is primary.</summary>
    public static IReadOnlyList<IpConfigurationSpecification> Read(RequestContext context, JsonObject properties)
    {
        JsonArray? sent = properties.Array("ipConfigurations");
        if (sent is null || sent.Count == 0) throw NetworkErrors.MissingProperty("ipConfigurations", "properties");
        var read = new List<IpConfigurationSpecification>();
        for (int i = 0; i < sent.Count; i++) read.Add(Read(context, sent[i], $"properties.ipConfigurations[{i}]", read));
        NetworkChildren.CheckNames(context.Target!.ToString(), read.Select(static configuration => configuration.Name));
        if (!read.Exists(static configuration => configuration.IsPrimary)) read[0] = read[0] with { IsPrimary = true };
        return read;
    }

    /// <summary>Id of a configuration.</summary>
    public static string Id(string interfaceId, string name) => $"{interfaceId}/ipConfigurations/{name}";

    public JsonObject ToJson(string interfaceId)
    {
        JsonObject properties = JsonText.NewObject();
        properties["provisioningState"] = "Succeeded";
        properties["privateIPAddress"] = Address;
        properties["privateIPAllocationMethod"] = IsStatic ? "Static" : "Dynamic";
        if (PublicAddress is not null) properties["publicIPAddress"] = new JsonObject { ["id"] = PublicAddress.Id };
        properties["subnet"] = new JsonObject { ["id"] = Subnet.Id };
        properties["primary"] = IsPrimary;
        properties["privateIPAddressVersion"] = "IPv4";
        foreach (KeyValuePair<string, JsonNode?> list in Balancers) properties[list.Key] = list.Value?.DeepClone();
        JsonObject body = JsonText.NewObject();
        body["name"] = Name;
        body["id"] = Id(interfaceId, Name);
        body["etag"] = null;
        body["type"] = $"{NetworkTypes.Interfaces}/ipConfigurations";
        body["properties"] = properties;
        return body;
    }

    private static IpConfigurationSpecification Read(
        RequestContext context, JsonNode? sent, string path, IReadOnlyList<IpConfigurationSpecification> before)
    {
        string name = sent.Text("name") ?? throw NetworkErrors.MissingProperty("name", path);
        JsonObject properties = sent.Object("properties") ?? JsonText.NewObject();
        path += ".properties";
        ResourceEntry subnet =
            NetworkReferences.Find(context, properties["subnet"], NetworkTypes.Subnets, $"{path}.subnet")
            ?? throw NetworkErrors.MissingProperty("subnet", path);
        ResourceEntry? publicAddress = NetworkReferences.Find(
            context, properties["publicIPAddress"], NetworkTypes.PublicIPAddresses, $"{path}.publicIPAddress");
        string id = Id(context.Target!.ToString(), name);
        if (publicAddress is not null && PublicAddresses.UserOf(publicAddress) is { } user && !IsOwn(context, user))
            throw NetworkErrors.PublicAddressTaken(id, publicAddress.Id, user);
        bool isStatic = NetworkEnums.Read(
            context, properties, "privateIPAllocationMethod", $"{path}.privateIPAllocationMethod", "IpAllocationMethod",
            "Static", "Dynamic") == "Static";
        string address = isStatic
            ? Chosen(context, properties, subnet, id, before)
            : Kept(context, id, subnet) ?? SubnetAddresses.Next(subnet, [.. Addresses(before, subnet)]);
        bool primary = properties.Flag("primary") ?? false;
        JsonObject balancers = LoadBalancerMembers.Read(context, properties, path);
        LoadBalancerMembers.CheckFree(context.World, balancers, id);
        return new IpConfigurationSpecification(name, subnet, address, isStatic, publicAddress, primary) { Balancers = balancers };
    }

    private static string Chosen(
        RequestContext context,
        JsonObject properties,
        ResourceEntry subnet,
        string id,
        IReadOnlyList<IpConfigurationSpecification> before)
    {
        string address = properties.Text("privateIPAddress") is { Length: > 0 } chosen ? chosen : throw NetworkErrors.Refuse(
            "PrivateIPAddressMissing", $"Static private IP address of IP configuration {id} is missing.");
        SubnetAddresses.Check(subnet, address, id, user => IsOwn(context, user));
        IpConfigurationSpecification? other = before.FirstOrDefault(c => c.Subnet == subnet && c.Address == address);
        return other is null
            ? address
            : throw AddressErrors.AddressTaken(address, id, Id(context.Target!.ToString(), other.Name));
    }

    // A dynamic address stays as long as its configuration stays in its subnet.
    private static string? Kept(RequestContext context, string id, ResourceEntry subnet) => context.Existing?.Properties
        .Items("ipConfigurations")
        .Where(configuration => Same(configuration.Text("id"), id) && Same(configuration.Text("properties.subnet.id"), subnet.Id))
        .Select(static configuration => configuration.Text("properties.privateIPAddress"))
        .FirstOrDefault();

    private static IEnumerable<string> Addresses(IEnumerable<IpConfigurationSpecification> before, ResourceEntry subnet) =>
        before.Where(configuration => configuration.Subnet == subnet).Select(static configuration => configuration.Address);

    private static bool IsOwn(RequestContext context, string user) =>
        user.StartsWith(Id(context.Target!.ToString(), string.Empty), StringComparison.OrdinalIgnoreCase);

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
