using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.AvailabilitySets;
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
    /// <param name="exceptId">The machine, or the scale set with its instances, that is to change; what it uses does not count.</param>
    /// <param name="count">How many machines of the size.</param>
    public static void Check(
        SandboxWorld world, string subscriptionId, string location, VmSize size, string exceptId, int count = 1)
    {
        VmSize[] used = [.. Used(world, subscriptionId, location, exceptId)];
        int cores = used.Sum(static s => s.VCpus), asked = size.VCpus * count;
        if (cores + asked > RegionalCores)
            throw VmRequestErrors.Quota("Total Regional Cores", location, RegionalCores, cores, asked);
        int family = used.Where(s => s.Family == size.Family).Sum(static s => s.VCpus);
        if (family + asked > FamilyCores)
            throw VmRequestErrors.Quota($"{size.Family} Cores", location, FamilyCores, family, asked);
    }

    /// <summary>The items of <c>GET locations/{l}/usages</c>.</summary>
    public static JsonArray Usages(SandboxWorld world, string subscriptionId, string location)
    {
        VmSize[] used = [.. Used(world, subscriptionId, location, null)];
        int Count(string type) => world.Store.OfType(type, subscriptionId).Count(entry => entry.Location == location);
        var items = new JsonArray
        {
            Usage("availabilitySets", "Availability Sets", Count(AvailabilitySetFacts.Type), 2500),
            Usage("cores", "Total Regional vCPUs", used.Sum(static s => s.VCpus), RegionalCores),
            Usage("virtualMachines", "Virtual Machines", used.Length, Machines),
            Usage("virtualMachineScaleSets", "Virtual Machine Scale Sets", Count(VmFacts.ScaleSetType), 2500),
        };
        foreach (string family in VmSizeCatalogue.Sizes.Select(static s => s.Family).Distinct())
        {
            string name = $"Standard {family.Replace("standard", string.Empty).Replace("Family", string.Empty)} Family vCPUs";
            items.Add((JsonNode)Usage(family, name, used.Where(s => s.Family == family).Sum(static s => s.VCpus), FamilyCores));
        }

        return items;
    }

    // Each family of machines says its size elsewhere: machines in their hardware profile, instances in their SKU.
    private static IEnumerable<VmSize> Used(SandboxWorld world, string subscriptionId, string location, string? exceptId) =>
        world.Store.OfType(VmFacts.Type, subscriptionId).Concat(world.Store.OfType(VmFacts.InstanceType, subscriptionId))
            .Where(vm => vm.Location == location && !Belongs(vm.Id, exceptId))
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
