using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.LoadBalancers;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>Makes and breaks the ties of an interface to subnets, public addresses, load balancers and its security group.</summary>
internal static class NetworkInterfaceTies
{
    public static void Tie(SandboxWorld world, ResourceEntry networkInterface)
    {
        foreach (JsonObject configuration in networkInterface.Properties.Items("ipConfigurations"))
        {
            string id = configuration.Text("id")!;
            LoadBalancerMembers.Join(world, configuration);
            if (world.Store.Find(configuration.Text("properties.subnet.id")) is { } subnet)
                SubnetAddresses.Take(subnet, configuration.Text("properties.privateIPAddress")!, id);
            if (PublicAddress(world, configuration) is not { } address) continue;
            PublicAddresses.SetUser(address, id);
            if (NetworkInterfaceUse.IsRunning(networkInterface)) PublicAddresses.MachineStarted(world, address);
        }

        if (SecurityGroup(world, networkInterface) is { } group)
            NetworkLinks.Add(group, NetworkLinks.Interfaces, networkInterface.Id);
    }

    public static void Untie(SandboxWorld world, ResourceEntry networkInterface)
    {
        foreach (JsonObject configuration in networkInterface.Properties.Items("ipConfigurations"))
        {
            LoadBalancerMembers.Leave(world, configuration);
            SubnetAddresses.Release(
                world.Store.Find(configuration.Text("properties.subnet.id")),
                configuration.Text("properties.privateIPAddress")!);
            if (PublicAddress(world, configuration) is not { } address) continue;
            PublicAddresses.SetUser(address, null);
            PublicAddresses.MachineReleased(address);
        }

        NetworkLinks.Remove(SecurityGroup(world, networkInterface), NetworkLinks.Interfaces, networkInterface.Id);
    }

    /// <summary>Public addresses of an interface.</summary>
    public static IReadOnlyList<ResourceEntry> PublicAddressesOf(SandboxWorld world, ResourceEntry networkInterface) =>
        [.. networkInterface.Properties.Items("ipConfigurations").Select(c => PublicAddress(world, c)).OfType<ResourceEntry>()];

    private static ResourceEntry? PublicAddress(SandboxWorld world, JsonObject configuration) =>
        world.Store.Find(configuration.Text("properties.publicIPAddress.id"));

    private static ResourceEntry? SecurityGroup(SandboxWorld world, ResourceEntry networkInterface) =>
        world.Store.Find(networkInterface.Properties.Text("networkSecurityGroup.id"));
}
