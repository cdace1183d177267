using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Networks;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.LoadBalancers;

/// <summary>Frontend IP configurations: a public address, or a private one of a subnet.</summary>
internal static class FrontendBodies
{
    public static JsonObject Read(LoadBalancerPartReader reader)
    {
        ResourceEntry? subnet = NetworkReferences.Find(
            reader.Context, reader.Sent["subnet"], NetworkTypes.Subnets, $"{reader.Path}.subnet", reader.Id);
        ResourceEntry? address = NetworkReferences.Find(
            reader.Context, reader.Sent["publicIPAddress"], NetworkTypes.PublicIPAddresses, $"{reader.Path}.publicIPAddress",
            reader.Id);
        if (subnet is null && address is null) throw NetworkErrors.MissingProperty("subnet", reader.Path);
        if (address is not null) CheckPublic(reader, address);
        bool isStatic = reader.Word("privateIPAllocationMethod", "IpAllocationMethod", "Static", "Dynamic") == "Static";

        JsonObject properties = JsonText.NewObject();
        properties["provisioningState"] = "Succeeded";
        if (subnet is not null) properties["privateIPAddress"] = Private(reader, subnet, isStatic);
        properties["privateIPAllocationMethod"] = isStatic ? "Static" : "Dynamic";
        if (subnet is not null) properties["subnet"] = new JsonObject { ["id"] = subnet.Id };
        if (address is not null) properties["publicIPAddress"] = new JsonObject { ["id"] = address.Id };
        string? version = reader.Word("privateIPAddressVersion", "IpVersion", "IPv4", "IPv6");
        if (version is not null || subnet is not null) properties["privateIPAddressVersion"] = version ?? "IPv4";
        return properties;
    }

    private static void CheckPublic(LoadBalancerPartReader reader, ResourceEntry address)
    {
        string sku = address.Body.Text("sku.name")!;
        if (sku != reader.Draft.Sku) throw LoadBalancerErrors.SkuMismatch(reader.Draft.Id, reader.Draft.Sku, address.Id, sku);
        if (PublicAddresses.UserOf(address) is { } user && !Same(user, reader.Id))
            throw NetworkErrors.PublicAddressTaken(reader.Id, address.Id, user);
    }

    // A dynamic address stays as long as the frontend stays in its subnet.
    private static string Private(LoadBalancerPartReader reader, ResourceEntry subnet, bool isStatic)
    {
        if (isStatic)
        {
            string chosen = reader.Sent.Text("privateIPAddress") is { Length: > 0 } address ? address : throw NetworkErrors.Refuse(
                "PrivateIPAddressMissing", $"Static private IP address of IP configuration {reader.Id} is missing.");
            SubnetAddresses.Check(subnet, chosen, reader.Id, user => Same(user, reader.Id));
            return chosen;
        }

        JsonObject? present = reader.Context.World.Store.Find(reader.Id)?.Properties;
        if (Same(present.Text("subnet.id"), subnet.Id)) return present.Text("privateIPAddress")!;
        string next = SubnetAddresses.Next(subnet, reader.Draft.Taken);
        reader.Draft.Taken.Add(next);
        return next;
    }

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
