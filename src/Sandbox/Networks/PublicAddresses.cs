using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>
/// The addresses of public IP addresses. A static one has its address from the start to the end; a dynamic one only while a
/// running machine uses it, and not always the same.
/// </summary>
internal static class PublicAddresses
{
    private const string Address = "ipAddress";
    private const string User = "ipConfiguration";

    // 198.18.0.0/15 is set aside for tests (RFC 2544): no address made up here is anybody's.
    private static readonly Cidr s_range = new(0xC6120000, 15);

    /// <summary>Id of the IP configuration that uses the address; null when none does.</summary>
    public static string? UserOf(ResourceEntry entry) => entry.State.Text(User);

    public static void SetUser(ResourceEntry entry, string? configuration)
    {
        if (configuration is null)
            entry.State.Remove(User);
        else
            entry.State[User] = configuration;
    }

    /// <summary>Gives a static address its number, once it is provisioned.</summary>
    public static void Provisioned(SandboxWorld world, ResourceEntry entry)
    {
        if (IsStatic(entry)) Give(world, entry);
    }

    /// <summary>The machine behind the address runs.</summary>
    public static void MachineStarted(SandboxWorld world, ResourceEntry entry) => Give(world, entry);

    /// <summary>The machine behind the address is deallocated or gone.</summary>
    public static void MachineReleased(ResourceEntry entry)
    {
        if (!IsStatic(entry)) entry.Properties.Remove(Address);
    }

    private static void Give(SandboxWorld world, ResourceEntry entry)
    {
        if (entry.Properties.ContainsKey(Address)) return;
        string seed = world.Ids.NextGuid($"address|{entry.Id}");
        uint number = BitConverter.ToUInt32(world.Ids.Derive(seed, sizeof(uint)), 0) % (s_range.Last - s_range.First);
        var taken = new HashSet<string?>(
            world.Store.OfType(NetworkTypes.PublicIPAddresses).Select(static other => other.Properties.Text(Address)));
        string address;
        do
        {
            address = Cidr.Format(s_range.First + number);
            number = (number + 1) % (s_range.Last - s_range.First);
        }
        while (taken.Contains(address));
        entry.Properties[Address] = address;
    }

    private static bool IsStatic(ResourceEntry entry) => entry.Properties.Text("publicIPAllocationMethod") == "Static";
}
