using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>
/// What Compute does with interfaces. The machines' provider calls <see cref="Check"/> while it still can refuse,
/// <see cref="Attach"/> when it accepts the PUT, <see cref="Started"/> when the machine gets its place (created, started),
/// <see cref="Released"/> when it loses it (deallocated), and at the machine's deletion <see cref="Detach"/> or, for
/// <c>deleteOption: Delete</c>, <see cref="Delete"/>. All but Check bear an interface that is gone.
/// </summary>
internal static class NetworkInterfaceUse
{
    private const string Running = "running";

    /// <summary>Refuses an interface that a machine cannot have.</summary>
    /// <param name="world">The world.</param>
    /// <param name="id">Id of the interface, as the machine's body gives it.</param>
    /// <param name="machineId">Id of the machine.</param>
    /// <param name="location">Region of the machine.</param>
    /// <exception cref="Errors.ArmException">
    /// 400 InvalidResourceReference: not there, or in another region; 400 NicInUse: another machine has it; 429 RetryableError.
    /// </exception>
    public static void Check(SandboxWorld world, string id, string machineId, string location)
    {
        ResourceEntry? entry = world.Store.Find(id, NetworkTypes.Interfaces);
        if (entry is null || entry.Location != Regions.Normalize(location)) throw NetworkErrors.InvalidReference(id, machineId);
        if (MachineOf(entry) is { } user && !string.Equals(user, machineId, StringComparison.OrdinalIgnoreCase))
            throw NetworkErrors.InterfaceInUse(entry.Id, user);
        if (entry.ProvisioningState != "Succeeded")
        {
            throw NetworkErrors.NotProvisioned(
                entry.Id, machineId, entry.ProvisioningState!, "PutNetworkInterfaceOperation");
        }
    }

    /// <summary>The machine has the interface now: <c>virtualMachine</c> is set.</summary>
    public static void Attach(SandboxWorld world, string id, string machineId, bool primary)
    {
        if (world.Store.Find(id, NetworkTypes.Interfaces) is not { } entry) return;
        entry.Properties["virtualMachine"] = new JsonObject { ["id"] = machineId };
        entry.Properties["primary"] = primary;
        NetworkLifecycle.Renew(world, entry);
    }

    /// <summary>The machine has a place: the interface gets its MAC address, and dynamic public addresses get theirs.</summary>
    public static void Started(SandboxWorld world, string id)
    {
        if (world.Store.Find(id, NetworkTypes.Interfaces) is not { } entry) return;
        entry.State[Running] = true;
        if (!entry.Properties.ContainsKey("macAddress"))
        {
            byte[] tail = world.Ids.Derive($"mac|{entry.Properties.Text("resourceGuid")}", 3);
            entry.Properties["macAddress"] = $"60-45-BD-{tail[0]:X2}-{tail[1]:X2}-{tail[2]:X2}";
        }

        foreach (ResourceEntry address in NetworkInterfaceTies.PublicAddressesOf(world, entry))
            PublicAddresses.MachineStarted(world, address);
        NetworkLifecycle.Renew(world, entry);
    }

    /// <summary>The machine lost its place: dynamic public addresses go.</summary>
    public static void Released(SandboxWorld world, string id)
    {
        if (world.Store.Find(id, NetworkTypes.Interfaces) is not { } entry) return;
        entry.State.Remove(Running);
        foreach (ResourceEntry address in NetworkInterfaceTies.PublicAddressesOf(world, entry))
            PublicAddresses.MachineReleased(address);
    }

    /// <summary>The machine no longer has the interface.</summary>
    public static void Detach(SandboxWorld world, string id)
    {
        Released(world, id);
        if (world.Store.Find(id, NetworkTypes.Interfaces) is not { } entry) return;
        foreach (string name in (string[])["virtualMachine", "primary", "macAddress"]) entry.Properties.Remove(name);
        NetworkLifecycle.Renew(world, entry);
    }

    /// <summary>The interface goes with its machine, and with it the public addresses that ask for the same.</summary>
    public static void Delete(SandboxWorld world, string id)
    {
        if (world.Store.Find(id, NetworkTypes.Interfaces) is not { } entry) return;
        IReadOnlyList<ResourceEntry> addresses = NetworkInterfaceTies.PublicAddressesOf(world, entry);
        NetworkLifecycle.Remove(world, entry);
        foreach (ResourceEntry address in addresses)
        {
            if (string.Equals(address.Properties.Text("deleteOption"), "Delete", StringComparison.OrdinalIgnoreCase))
                NetworkLifecycle.Remove(world, address);
        }
    }

    /// <summary>Id of the machine that has the interface; null when none has it.</summary>
    public static string? MachineOf(ResourceEntry entry) => entry.Properties.Text("virtualMachine.id");

    /// <summary>Whether the machine behind the interface has a place.</summary>
    public static bool IsRunning(ResourceEntry entry) => entry.State.Flag(Running) == true;
}
