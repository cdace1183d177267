using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Networks;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.LoadBalancers;

/// <summary>Makes and breaks the ties of a frontend to its public address or subnet; other parts have none.</summary>
internal static class FrontendTies
{
    public static void Tie(SandboxWorld world, ResourceEntry part)
    {
        if (part.Type != LoadBalancerTypes.Frontends) return;
        if (Subnet(world, part) is { } subnet) SubnetAddresses.Take(subnet, part.Properties.Text("privateIPAddress")!, part.Id);
        if (PublicAddress(world, part) is not { } address) return;
        PublicAddresses.SetUser(address, part.Id);
        // A balancer needs no machine to have its address.
        PublicAddresses.MachineStarted(world, address);
    }

    /// <summary>Breaks them.</summary>
    /// <param name="world">The world.</param>
    /// <param name="part">The frontend.</param>
    /// <param name="next">What becomes of it; null when it goes. A dynamic address that it keeps stays the same.</param>
    public static void Untie(SandboxWorld world, ResourceEntry part, JsonObject? next = null)
    {
        if (part.Type != LoadBalancerTypes.Frontends) return;
        if (Subnet(world, part) is { } subnet) SubnetAddresses.Release(subnet, part.Properties.Text("privateIPAddress")!);
        if (PublicAddress(world, part) is not { } address || address.Id == next.Text("publicIPAddress.id")) return;
        PublicAddresses.SetUser(address, null);
        PublicAddresses.MachineReleased(address);
    }

    private static ResourceEntry? Subnet(SandboxWorld world, ResourceEntry part) =>
        world.Store.Find(part.Properties.Text("subnet.id"));

    private static ResourceEntry? PublicAddress(SandboxWorld world, ResourceEntry part) =>
        world.Store.Find(part.Properties.Text("publicIPAddress.id"));
}
