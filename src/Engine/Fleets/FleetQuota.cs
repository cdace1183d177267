using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Fleets;

/// <summary>Whether a subscription may have so many more machines in a region.</summary>
/// <remarks>Source: <c>Usage_List</c> of Microsoft.Compute. What Azure does not tell takes nothing away.</remarks>
internal static class FleetQuota
{
    private const string FleetAdvice = "pass a smaller -Count, another -Size or more regions with -Location";
    private const string Cores = "cores", SpotCores = "lowPriorityCores", Machines = "virtualMachines";

    /// <summary>Adds what is short.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="platform">The region and size.</param>
    /// <param name="isSpot">Whether they are spot machines, whose cores are counted apart.</param>
    /// <param name="count">How many machines more.</param>
    /// <param name="problems">Where to.</param>
    /// <param name="orElse">What can be asked for instead.</param>
    public static async Task CheckAsync(Operation operation, VMPlatform platform, bool isSpot, int count, Problems problems, string orElse = FleetAdvice)
    {
        VMSize size = platform.Size;
        int cores = count * (size.Cores ?? 0);
        await operation.Arm.ListAsync($"/subscriptions/{platform.SubscriptionId}/providers/Microsoft.Compute/locations/{platform.Location}/usages", ArmApiVersions.Compute, item =>
        {
            string? name = item.Text("name", "value");
            int? wanted = Is(name, Machines) ? count : Is(name, isSpot ? SpotCores : Cores) || (!isSpot && Is(name, size.Family)) ? cores : null;
            if (wanted is { } more && item.Number("currentValue") is { } used && item.Number("limit") is { } limit && used + more > limit)
            {
                problems.Add(ErrorIds.QuotaExceeded,
                    $"{platform.Location}: the quota '{item.Text("name", "localizedValue") ?? name}' is {limit}, {used} are in use, and {count} machines of size {size.Name} take {more} more: {used + more - limit} are short.",
                    $"{platform.Location}/{name}", $"Ask for a limit of at least {used + more} in the portal under 'Quotas', or {orElse}.");
            }

            return Task.CompletedTask;
        }, operation.CancellationToken).ConfigureAwait(false);
    }

    private static bool Is(string? name, string? other) => other is not null && string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
