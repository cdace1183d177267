using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Fleets;

/// <summary>Whether a subscription may have so many more machines in a region, and what they need of the network.</summary>
/// <remarks>Source: <c>Usage_List</c> of Microsoft.Compute, <c>Usages_List</c> of Microsoft.Network. What Azure does not tell takes nothing away.</remarks>
internal static class FleetQuota
{
    private const string FleetAdvice = "pass a smaller -Count, another -Size or more regions with -Location";
    private const string NetworkAdvice = "pass a smaller -Count, more regions with -Location, or -NoPublicIPAddress where it is addresses that are short";
    private const string Cores = "cores", SpotCores = "lowPriorityCores", Machines = "virtualMachines";
    private const string PublicAddresses = "PublicIPAddresses", StandardAddresses = "StandardSkuPublicIpAddresses", Interfaces = "NetworkInterfaces";

    /// <summary>Adds what is short of machines and cores.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="platform">The region and size.</param>
    /// <param name="isSpot">Whether they are spot machines, whose cores are counted apart.</param>
    /// <param name="count">How many machines more.</param>
    /// <param name="problems">Where to.</param>
    /// <param name="orElse">What can be asked for instead.</param>
    public static Task CheckAsync(Operation operation, VMPlatform platform, bool isSpot, int count, Problems problems, string orElse = FleetAdvice)
    {
        VMSize size = platform.Size;
        return ReadAsync(operation, platform, "Microsoft.Compute", ArmApiVersions.Compute, $"{count} machines of size {size.Name} take",
            name => Is(name, Machines) ? count : Is(name, isSpot ? SpotCores : Cores) || (!isSpot && Is(name, size.Family)) ? count * (size.Cores ?? 0) : 0, orElse, problems);
    }

    /// <summary>Adds what is short of public addresses and network interfaces.</summary>
    public static async Task CheckNetworkAsync(Operation operation, VMPlatform platform, FleetNeeds needs, Problems problems)
    {
        try
        {
            await ReadAsync(operation, platform, "Microsoft.Network", ArmApiVersions.Network, $"{needs.Machines} machines take",
                name => Is(name, PublicAddresses) || Is(name, StandardAddresses) ? needs.PublicAddresses : Is(name, Interfaces) ? needs.Interfaces : 0, NetworkAdvice, problems).ConfigureAwait(false);
        }
        catch (ArmOperationException exception) when (exception.Status is 403 or 404)
        {
            // Whoever may make addresses and interfaces one by one need not be allowed to see what the subscription has of them.
            operation.Verbose($"{platform.Location}: what the subscription may have of the network is not known: {exception.Message}");
        }
    }

    private static Task ReadAsync(Operation operation, VMPlatform platform, string provider, string version, string who, Func<string?, int> wanted, string orElse, Problems problems) =>
        operation.Arm.ListAsync($"/subscriptions/{platform.SubscriptionId}/providers/{provider}/locations/{platform.Location}/usages", version, item =>
        {
            string? name = item.Text("name", "value");
            int more = wanted(name);
            if (more > 0 && item.Number("currentValue") is { } used && item.Number("limit") is { } limit && used + more > limit)
            {
                problems.Add(ErrorIds.QuotaExceeded,
                    $"{platform.Location}: the quota '{item.Text("name", "localizedValue") ?? name}' is {limit}, {used} are in use, and {who} {more} more: {used + more - limit} are short.",
                    $"{platform.Location}/{name}", $"Ask for a limit of at least {used + more} in the portal under 'Quotas', or {orElse}.");
            }

            return Task.CompletedTask;
        }, operation.CancellationToken);

    private static bool Is(string? name, string? other) => other is not null && string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
