using ImageCmdlets.Engine.Access;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Fleets;

/// <summary>Whether the account may make the machines of a fleet; what it may read, the questions before have shown.</summary>
internal static class FleetRights
{
    /// <summary>Adds the rights that are missing. Where Azure does not say what somebody may do, nothing is missing.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="platforms">The regions.</param>
    /// <param name="machine">What the machines are.</param>
    /// <param name="problems">Where to.</param>
    public static async Task CheckAsync(Operation operation, IReadOnlyList<VMPlatform> platforms, NewVMOptions machine, Problems problems)
    {
        string group = ResourceId.OfGroup(platforms[0].SubscriptionId, platforms[0].ResourceGroupName).Text;
        IEnumerable<NeededRight> making = platforms[0].IsGroupMissing ? [NeededRights.OfGroup(group)] : [];
        IEnumerable<NeededRight> extending = machine.Extension.Count > 0 ? NeededRights.OfExtensions(group) : [];
        NeededRight[] needed = [.. making, .. extending, .. platforms.SelectMany(platform => NeededRights.OfMachines(group, platform.SubnetId, !machine.NoPublicIPAddress))];
        await AddMissingAsync(operation, needed, problems).ConfigureAwait(false);
    }

    /// <summary>Adds which of the rights are missing that something fails without.</summary>
    public static async Task AddMissingAsync(Operation operation, IEnumerable<NeededRight> needed, Problems problems)
    {
        var reader = new PermissionReader();
        foreach (NeededRight right in needed.Where(right => right.IsRequired).GroupBy(right => (right.Action, right.Scope.ToUpperInvariant())).Select(same => same.First()))
        {
            PermissionAnswer answer = await reader.ReadAsync(operation, right.Scope).ConfigureAwait(false);
            if (answer.Permissions?.Allows(right.Action) == false)
            {
                problems.Add(right.IsLinked ? ErrorIds.LinkedAuthorizationFailed : ErrorIds.AuthorizationFailed,
                    $"'{answer.Principal ?? "The account"}' may not {right.Purpose}: it has no right to '{right.Action}' on '{right.Scope}'.", right.Scope);
            }
        }
    }
}
