using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>Private addresses of a subnet: which are taken, and by whom.</summary>
internal static class SubnetAddresses
{
    private const string Allocations = "allocations";

    // Azure keeps the network's own address, the gateway, two for DNS and the broadcast address.
    private const uint Reserved = 4;

    /// <summary>Ids of the IP configurations in the subnet, in the order in which they came.</summary>
    public static IReadOnlyList<string> Users(ResourceEntry subnet) =>
        [.. subnet.State.Object(Allocations)?.Select(static taken => taken.Value!.GetValue<string>()) ?? []];

    /// <summary>The configuration that has an address; null when it is free.</summary>
    public static string? User(ResourceEntry subnet, string address) => subnet.State.Object(Allocations)?.Text(Key(address));

    /// <summary>The lowest free address.</summary>
    /// <param name="subnet">The subnet.</param>
    /// <param name="taken">Addresses that the same request takes beside those of the subnet.</param>
    /// <exception cref="Errors.ArmException">400 SubnetIsFull.</exception>
    public static string Next(ResourceEntry subnet, ICollection<string> taken)
    {
        Cidr prefix = Prefix(subnet);
        for (uint address = prefix.First + Reserved; address < prefix.Last; address++)
        {
            string text = Cidr.Format(address);
            if (User(subnet, text) is null && !taken.Contains(text)) return text;
        }

        throw AddressErrors.SubnetFull(subnet.Name, prefix);
    }

    /// <summary>Refuses an address that a configuration cannot have.</summary>
    /// <exception cref="Errors.ArmException">
    /// 400 InvalidIPAddressFormat, PrivateIPAddressNotInSubnet, PrivateIPAddressInReservedRange or PrivateIPAddressIsAllocated.
    /// </exception>
    public static void Check(ResourceEntry subnet, string address, string configuration, Func<string, bool> isOwn)
    {
        Cidr prefix = Prefix(subnet);
        uint number = Cidr.ParseAddress(address) ?? throw AddressErrors.AddressFormat(address);
        if (!prefix.Contains(number)) throw AddressErrors.AddressOutside(address, prefix);
        if (number < prefix.First + Reserved || number == prefix.Last) throw AddressErrors.AddressReserved(address, prefix);
        if (User(subnet, address) is { } user && !isOwn(user))
            throw AddressErrors.AddressTaken(address, configuration, user);
    }

    public static void Take(ResourceEntry subnet, string address, string configuration) =>
        subnet.State.Ensure(Allocations)[Key(address)] = configuration;

    public static void Release(ResourceEntry? subnet, string address)
    {
        if (subnet?.State.Object(Allocations) is not { } taken) return;
        taken.Remove(Key(address));
        if (taken.Count == 0) subnet.State.Remove(Allocations);
    }

    private static Cidr Prefix(ResourceEntry subnet) => SubnetSpecification.Of(subnet).Prefix ?? default;

    // Dots part the names of a path into a document.
    private static string Key(string address) => address.Replace('.', '-');
}
