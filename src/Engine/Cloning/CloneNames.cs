using System.Globalization;

namespace ImageCmdlets.Engine.Cloning;

/// <summary>The names of a clone and of what it needs: all from one, which has the time in it, so that two clones of one machine
/// never have anything in common.</summary>
/// <param name="source">The machine that is cloned; everything lies in its group.</param>
/// <param name="vmName">The name of the clone.</param>
internal sealed class CloneNames(ResourceId source, string vmName)
{
    private const int LongestSource = 42; // 64 with "-clone-" and the time

    /// <summary>What the clone of a machine is called that is begun at a time.</summary>
    public static string VMNameOf(ResourceId source, DateTimeOffset time)
    {
        string head = source.Name.Length <= LongestSource ? source.Name : source.Name.Substring(0, LongestSource);
        return $"{head}-clone-{time.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}";
    }

    public ResourceId VM => IdOf(ResourceTypes.VirtualMachine, vmName);

    public ResourceId NetworkInterface => IdOf(ResourceTypes.NetworkInterface, vmName + "-nic");

    public ResourceId SecurityGroup => IdOf(ResourceTypes.NetworkSecurityGroup, vmName + "-nsg");

    public ResourceId VirtualNetwork => IdOf(ResourceTypes.VirtualNetwork, vmName + "-vnet");

    /// <summary>The disk at a LUN; null: the OS disk.</summary>
    public ResourceId Disk(int? lun) => IdOf(ResourceTypes.Disk, lun is { } number ? $"{vmName}-lun{number.ToString(CultureInfo.InvariantCulture)}" : vmName + "-os");

    private ResourceId IdOf(string type, string name) => ResourceId.Of(source.SubscriptionId, source.ResourceGroupName!, type, name);
}
