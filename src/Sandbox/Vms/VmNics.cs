using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Networks;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>The network interfaces of a machine.</summary>
internal static class VmNics
{
    /// <summary>Refuses interfaces that a machine cannot have: none, too many, not there, elsewhere, used by another.</summary>
    public static void Check(RequestContext context, VmSize size, string location)
    {
        ResourceId vm = context.Target!;
        JsonObject[] nics = [.. context.Body.Items("properties.networkProfile.networkInterfaces")];
        if (nics.Length == 0) throw VmRequestErrors.NoNetworkInterface(vm.Name);
        foreach (JsonObject nic in nics)
        {
            string id = nic.Text("id") ?? throw ComputeErrors.Missing("networkInterface.id");
            LinkedResource.Parse(context, id, "properties.networkProfile.networkInterfaces[0].id");
            NetworkInterfaceUse.Check(context.World, id, vm.ToString(), location);
        }

        if (nics.Length > size.MaxNics) throw VmRequestErrors.TooManyNics(vm.Name, size.Name, nics.Length, size.MaxNics);
        if (nics.Length > 1 && nics.Count(static n => n.Flag("properties.primary") == true) != 1)
            throw VmRequestErrors.NoPrimaryNic(vm.Name);
    }

    /// <summary>Ties the interfaces that the machine shows to it, and unties those that it showed before and no longer does.</summary>
    /// <param name="world">The world.</param>
    /// <param name="vm">The machine with its new body.</param>
    /// <param name="before">The interfaces of its old body.</param>
    public static void Attach(SandboxWorld world, ResourceEntry vm, IEnumerable<string> before)
    {
        JsonObject[] nics = [.. vm.Body.Items("properties.networkProfile.networkInterfaces")];
        foreach (string gone in before.Except(VmFacts.NetworkInterfaces(vm), StringComparer.OrdinalIgnoreCase)) NetworkInterfaceUse.Detach(world, gone);
        foreach (JsonObject nic in nics)
        {
            bool primary = nics.Length == 1 || nic.Flag("properties.primary") == true;
            NetworkInterfaceUse.Attach(world, nic.Text("id")!, vm.Id, primary);
        }
    }

    /// <summary>The machine has got its place.</summary>
    public static void Started(SandboxWorld world, ResourceEntry vm)
    {
        foreach (string id in VmFacts.NetworkInterfaces(vm)) NetworkInterfaceUse.Started(world, id);
    }

    /// <summary>The machine has lost its place.</summary>
    public static void Released(SandboxWorld world, ResourceEntry vm)
    {
        foreach (string id in VmFacts.NetworkInterfaces(vm)) NetworkInterfaceUse.Released(world, id);
    }

    /// <summary>The machine goes: each interface stays or goes by its <c>deleteOption</c>.</summary>
    public static void Leave(SandboxWorld world, ResourceEntry vm)
    {
        foreach (JsonObject nic in vm.Body.Items("properties.networkProfile.networkInterfaces"))
        {
            string id = nic.Text("id")!;
            NetworkInterfaceUse.Detach(world, id);
            if (string.Equals(nic.Text("properties.deleteOption"), "Delete", StringComparison.OrdinalIgnoreCase))
                NetworkInterfaceUse.Delete(world, id);
        }
    }
}
