using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>Refusals of prefixes and addresses.</summary>
internal static class AddressErrors
{
    public static ArmException PrefixMissing(string resource) => NetworkErrors.Refuse(
        "AddressPrefixStringCannotBeNullOrEmpty",
        $"Address prefix string for resource {resource} cannot be null or empty.");

    public static ArmException PrefixFormat(string prefix, string resource) => NetworkErrors.Refuse(
        "InvalidAddressPrefixFormat",
        $"Address prefix {prefix} of resource {resource} is not formatted correctly. " +
        "It should follow CIDR notation, for example 10.0.0.0/24.");

    public static ArmException PrefixBits(string prefix, string resource, Cidr meant) => NetworkErrors.Refuse(
        "InvalidCIDRNotation",
        $"The address prefix {prefix} in resource {resource} has an invalid CIDR notation. " +
        $"For the given prefix length, the address prefix should be {meant}.");

    /// <summary>Until 2023 also the answer to the two faults below.</summary>
    public static ArmException SubnetInvalid(string subnet, string network) => NetworkErrors.Refuse(
        "NetcfgInvalidSubnet", $"Subnet '{subnet}' is not valid in virtual network '{network}'.");

    public static ArmException SubnetOutside(string subnet, string network) => NetworkErrors.Refuse(
        "NetcfgSubnetRangeOutsideVnet",
        $"Subnet '{subnet}' is not valid because its IP address range is outside the IP address range of virtual network " +
        $"'{network}'.");

    public static ArmException SubnetsOverlap(string subnet, string network) => NetworkErrors.Refuse(
        "NetcfgSubnetRangesOverlap",
        $"Subnet '{subnet}' is not valid because its IP address range overlaps with that of an existing subnet in virtual " +
        $"network '{network}'.");

    public static ArmException SubnetFull(string subnet, Cidr prefix) => NetworkErrors.Refuse(
        "SubnetIsFull",
        $"Subnet {subnet} with address prefix {prefix} does not have enough capacity for 1 IP addresses.");

    public static ArmException AddressFormat(string address) => NetworkErrors.Refuse(
        "InvalidIPAddressFormat", $"IP address {address} is not formatted correctly.");

    public static ArmException AddressOutside(string address, Cidr prefix) => NetworkErrors.Refuse(
        "PrivateIPAddressNotInSubnet",
        $"Private static IP address {address} does not belong to the range of subnet prefix {prefix}.");

    public static ArmException AddressReserved(string address, Cidr prefix) => NetworkErrors.Refuse(
        "PrivateIPAddressInReservedRange",
        $"Private static IP address {address} falls within reserved IP range of subnet prefix {prefix}.");

    public static ArmException AddressTaken(string address, string configuration, string user) => NetworkErrors.Refuse(
        "PrivateIPAddressIsAllocated",
        $"IP configuration {configuration} is using the private IP address {address} which is already allocated to " +
        $"resource {user}.");
}
