using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>What Network asks of the subnets of one network.</summary>
internal static class SubnetRules
{
    // Azure keeps five addresses of every subnet, so that /29 is the smallest that holds anything.
    private const int LongestPrefix = 29;

    /// <summary>Refuses subnets that lie outside their network or overlap.</summary>
    /// <exception cref="Errors.ArmException">
    /// 400 NetcfgSubnetRangeOutsideVnet, NetcfgSubnetRangesOverlap or NetcfgInvalidSubnet.
    /// </exception>
    public static void Check(string network, IReadOnlyList<Cidr> space, IReadOnlyList<SubnetSpecification> subnets)
    {
        for (int i = 0; i < subnets.Count; i++)
        {
            if (subnets[i].Prefix is not { } prefix) continue;
            if (prefix.Length > LongestPrefix) throw AddressErrors.SubnetInvalid(subnets[i].Name, network);
            if (!space.Any(range => range.Contains(prefix))) throw AddressErrors.SubnetOutside(subnets[i].Name, network);
            if (subnets.Take(i).Any(other => other.Prefix is { } range && range.Overlaps(prefix)))
                throw AddressErrors.SubnetsOverlap(subnets[i].Name, network);
        }
    }

    /// <summary>Refuses to delete a subnet that something uses.</summary>
    /// <exception cref="Errors.ArmException">400 InUseSubnetCannotBeDeleted.</exception>
    public static void CheckUnused(ResourceEntry subnet)
    {
        IReadOnlyList<string> users = SubnetAddresses.Users(subnet);
        if (users.Count > 0) throw NetworkErrors.SubnetInUse(subnet.Name, users);
    }

    /// <summary>Refuses another range for a subnet that something uses.</summary>
    /// <exception cref="Errors.ArmException">400 InUsePrefixCannotBeDeleted.</exception>
    public static void CheckRange(ResourceEntry present, SubnetSpecification wanted)
    {
        if (SubnetSpecification.Of(present).Prefix is { } prefix && prefix != wanted.Prefix &&
            SubnetAddresses.Users(present).Count > 0)
        {
            throw NetworkErrors.PrefixInUse(prefix.ToString(), present.Name);
        }
    }
}
