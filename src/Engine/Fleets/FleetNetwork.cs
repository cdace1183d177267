using System.Globalization;
using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Networks;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Fleets;

/// <summary>The network that the machines of a fleet share in one region: a security group, and a virtual network where none is there.</summary>
/// <remarks>One for all, as <c>az vm create --count</c> makes them; a group for each machine would reach the limits of a region soon.</remarks>
internal sealed class FleetNetwork
{
    // Azure keeps the first four addresses of a subnet and the last one (article "Azure Virtual Network FAQ").
    private const int Reserved = 5;
    private const int SmallestPrefix = 16, LargestPrefix = 24, AddressBits = 32;

    private readonly VMNetworkNames _names;

    /// <param name="platform">The region.</param>
    /// <param name="prefix">What the names of the fleet begin with.</param>
    /// <param name="count">How many machines are to be in it.</param>
    /// <param name="tag">The user's tags.</param>
    public FleetNetwork(VMPlatform platform, string prefix, int count, IReadOnlyDictionary<string, string>? tag)
    {
        string groupId = ResourceId.OfGroup(platform.SubscriptionId, platform.ResourceGroupName).Text;
        _names = new VMNetworkNames(platform.SubscriptionId, platform.ResourceGroupName, $"{prefix}-{platform.Location}");
        MadeFor = groupId;
        SecurityGroup = new SharedPart(_names.SecurityGroupId, NetworkBodies.SecurityGroup(platform.Location, platform.Image.IsWindows, Tags("NetworkSecurityGroup")));
        if (platform.SubnetId is null)
            Network = new SharedPart(_names.VirtualNetworkId, NetworkBodies.VirtualNetwork(platform.Location, _names.SubnetName, Tags("VirtualNetwork"), $"10.0.0.0/{PrefixFor(count)}"));

        Dictionary<string, string> Tags(string step) => VMDefinition.Tags(tag, step, groupId);
    }

    /// <summary>What its parts say they were made for: the group, as no single machine owns them.</summary>
    public string MadeFor { get; }

    public SharedPart SecurityGroup { get; }

    /// <summary>Null: there is one already.</summary>
    public SharedPart? Network { get; }

    public string? SubnetId => Network is null ? null : _names.SubnetId;

    public IEnumerable<SharedPart> Parts => Network is null ? [SecurityGroup] : [SecurityGroup, Network];

    /// <summary>The refusal of a subnet that has no room for so many machines more; null where it has, or nobody may know.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="platform">The region, and the subnet.</param>
    /// <param name="count">How many machines more.</param>
    /// <param name="fewer">What else can be passed, as the command has it.</param>
    public static async Task<ImageCmdletsException?> ProblemAsync(Operation operation, VMPlatform platform, int count, string fewer)
    {
        if (platform.SubnetId is not { } subnetId)
        {
            return count <= Room(SmallestPrefix) ? null : new ImageCmdletsException(ErrorIds.SubnetFull,
                $"{platform.Location}: a new virtual network has room for {Room(SmallestPrefix)} machines, not for {count}.", platform.Location, $"Pass a larger network with -Subnet, or {fewer}.");
        }

        ArmAnswer? subnet = await operation.Arm.FindAsync(subnetId, ArmApiVersions.Network, operation.CancellationToken).ConfigureAwait(false);
        if (subnet is null || Prefix(subnet.Body) is not { } prefix)
            return null;

        int used = subnet.Body.Items("properties", "ipConfigurations").Count(), free = Room(prefix) - used;
        return count <= free ? null : new ImageCmdletsException(ErrorIds.SubnetFull,
            $"{platform.Location}: the subnet '{subnetId}' has {Math.Max(0, free)} free addresses, {count} are wanted: {count - Math.Max(0, free)} are short.", subnetId, $"Pass a larger subnet with -Subnet, or {fewer}.");
    }

    private static int Room(int prefix) => (1 << (AddressBits - prefix)) - Reserved;

    private static int PrefixFor(int count) => Enumerable.Range(SmallestPrefix, LargestPrefix - SmallestPrefix + 1).Last(prefix => prefix == SmallestPrefix || Room(prefix) >= count);

    // Null for what has no single IPv4 prefix.
    private static int? Prefix(JsonElement subnet)
    {
        string[] all = [.. subnet.Texts("properties", "addressPrefixes"), .. new[] { subnet.Text("properties", "addressPrefix") }.OfType<string>()];
        string[] known = [.. all.Where(text => text.IndexOf(':') < 0).Distinct(StringComparer.Ordinal)];
        return known.Length == 1 && int.TryParse(known[0].Substring(known[0].IndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int prefix) ? prefix : null;
    }
}
