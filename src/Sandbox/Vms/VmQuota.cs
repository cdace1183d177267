using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.AvailabilitySets;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>
/// The cores that a subscription may use in a region. Deallocated machines count, as Azure counts them.
/// </summary>
internal static class VmQuota
{
    private const int Machines = 25000;

    /// <summary>Refuses a machine, or a bigger size, that would exceed a limit.</summary>
    /// <param name="world">The world.</param>
    /// <param name="subscriptionId">The subscription.</param>
    /// <param name="location">Short name of the region.</param>
    /// <param name="size">The size asked for.</param>
    /// <param name="exceptId">The machine, or the scale set with its instances, that is to change; what it uses does not count.</param>
    /// <param name="count">How many machines of the size.</param>
    /// <param name="spot">Whether they are spot machines, whose cores are counted apart.</param>
    public static void Check(
        SandboxWorld world, string subscriptionId, string location, VmSize size, string exceptId, int count, bool spot)
    {
        int limit = world.CoreQuota, asked = size.VCpus * count;
        VmSize[] used = [.. Used(world, subscriptionId, location, exceptId, spot)];
        int cores = used.Sum(static s => s.VCpus);
        string total = spot ? "LowPriorityCores" : "Total Regional Cores";
        if (cores + asked > limit) throw VmRequestErrors.Quota(total, location, limit, cores, asked);
        int family = used.Where(s => s.Family == size.Family).Sum(static s => s.VCpus);
        if (!spot && family + asked > limit)
            throw VmRequestErrors.Quota($"{size.Family} Cores", location, limit, family, asked);
    }

    /// <summary>The items of <c>GET locations/{l}/usages</c>.</summary>
    public static JsonArray Usages(SandboxWorld world, string subscriptionId, string location)
    {
        int limit = world.CoreQuota;
        VmSize[] used = [.. Used(world, subscriptionId, location, null, spot: false)];
        VmSize[] spots = [.. Used(world, subscriptionId, location, null, spot: true)];
        int Count(string type) => world.Store.OfType(type, subscriptionId).Count(entry => entry.Location == location);
        var items = new JsonArray
        {
            Usage("availabilitySets", "Availability Sets", Count(AvailabilitySetFacts.Type), 2500),
            Usage("cores", "Total Regional vCPUs", used.Sum(static s => s.VCpus), limit),
            Usage("virtualMachines", "Virtual Machines", used.Length + spots.Length, Machines),
            Usage("virtualMachineScaleSets", "Virtual Machine Scale Sets", Count(VmFacts.ScaleSetType), 2500),
            Usage("lowPriorityCores", "Total Regional Low-priority vCPUs", spots.Sum(static s => s.VCpus), limit),
        };
        foreach (string family in VmSizeCatalogue.Sizes.Select(static s => s.Family).Distinct())
        {
            string name = $"Standard {family.Replace("standard", string.Empty).Replace("Family", string.Empty)} Family vCPUs";
            items.Add((JsonNode)Usage(family, name, used.Where(s => s.Family == family).Sum(static s => s.VCpus), limit));
        }

        return items;
    }

    // Each family of machines says its size elsewhere: machines in their hardware profile, instances in their SKU.
    private static IEnumerable<VmSize> Used(
        SandboxWorld world, string subscriptionId, string location, string? exceptId, bool spot) =>
        world.Store.OfType(VmFacts.Type, subscriptionId).Concat(world.Store.OfType(VmFacts.InstanceType, subscriptionId))
            .Where(vm => vm.Location == location && !Belongs(vm.Id, exceptId) &&
                VmEviction.IsSpot(world, vm) == spot)
            .Select(static vm => VmSizeCatalogue.Find(
                vm.Body.Text("properties.hardwareProfile.vmSize") ?? vm.Body.Text("sku.name")))
            .OfType<VmSize>();

    private static bool Belongs(string id, string? owner) => owner is not null &&
        (string.Equals(id, owner, StringComparison.OrdinalIgnoreCase) ||
         id.StartsWith($"{owner}/", StringComparison.OrdinalIgnoreCase));

    private static JsonObject Usage(string value, string name, int current, int limit) => new()
    {
        ["limit"] = limit,
        ["unit"] = "Count",
        ["currentValue"] = current,
        ["name"] = new JsonObject { ["value"] = value, ["localizedValue"] = name },
    };
}
