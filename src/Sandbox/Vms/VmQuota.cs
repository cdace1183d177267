using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>
/// The cores that a subscription may use in a region. Deallocated machines count, as Azure counts them.
/// </summary>
internal static class VmQuota
{
    /// <summary>Limit of all families together; the one of an ordinary subscription.</summary>
    public const int RegionalCores = 100;

    /// <summary>Limit of each family.</summary>
    public const int FamilyCores = 100;

    private const int Machines = 25000;

    /// <summary>Refuses a machine, or a bigger size, that would exceed a limit.</summary>
    /// <param name="world">The world.</param>
    /// <param name="subscriptionId">The subscription.</param>
    /// <param name="location">Short name of the region.</param>
    /// <param name="size">The size asked for.</param>
    /// <param name="vmId">The machine; what it uses already does not count.</param>
    public static void Check(SandboxWorld world, string subscriptionId, string location, VmSize size, string vmId)
    {
        VmSize[] used = [.. Used(world, subscriptionId, location, vmId)];
        int cores = used.Sum(static s => s.VCpus);
        if (cores + size.VCpus > RegionalCores)
            throw VmRequestErrors.Quota("Total Regional Cores", location, RegionalCores, cores, size.VCpus);
        int family = used.Where(s => s.Family == size.Family).Sum(static s => s.VCpus);
        if (family + size.VCpus > FamilyCores)
            throw VmRequestErrors.Quota($"{size.Family} Cores", location, FamilyCores, family, size.VCpus);
    }

    /// <summary>The items of <c>GET locations/{l}/usages</c>.</summary>
    public static JsonArray Usages(SandboxWorld world, string subscriptionId, string location)
    {
        VmSize[] used = [.. Used(world, subscriptionId, location, null)];
        var items = new JsonArray
        {
            Usage("availabilitySets", "Availability Sets", 0, 2500),
            Usage("cores", "Total Regional vCPUs", used.Sum(static s => s.VCpus), RegionalCores),
            Usage("virtualMachines", "Virtual Machines", used.Length, Machines),
            Usage("virtualMachineScaleSets", "Virtual Machine Scale Sets", 0, 2500),
        };
        foreach (string family in VmSizeCatalogue.Sizes.Select(static s => s.Family).Distinct())
        {
            string name = $"Standard {family.Replace("standard", string.Empty).Replace("Family", string.Empty)} Family vCPUs";
            items.Add((JsonNode)Usage(family, name, used.Where(s => s.Family == family).Sum(static s => s.VCpus), FamilyCores));
        }

        return items;
    }

    private static IEnumerable<VmSize> Used(SandboxWorld world, string subscriptionId, string location, string? exceptId) =>
        world.Store.OfType(VmFacts.Type, subscriptionId)
            .Where(vm => vm.Location == location && !string.Equals(vm.Id, exceptId, StringComparison.OrdinalIgnoreCase))
            .Select(static vm => VmSizeCatalogue.Find(vm.Body.Text("properties.hardwareProfile.vmSize")))
            .OfType<VmSize>();

    private static JsonObject Usage(string value, string name, int current, int limit) => new()
    {
        ["limit"] = limit,
        ["unit"] = "Count",
        ["currentValue"] = current,
        ["name"] = new JsonObject { ["value"] = value, ["localizedValue"] = name },
    };
}
