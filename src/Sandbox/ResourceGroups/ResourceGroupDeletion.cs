using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Moves;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.ResourceGroups;

/// <summary>Deletion of a group, with all that is in it.</summary>
internal static class ResourceGroupDeletion
{
    private const string Kind = "ResourceGroups.Delete";

    // An empty group took 46 seconds in the recording of a snapshot's life; what is in a group comes on top.
    private static readonly TimeSpan s_empty = TimeSpan.FromSeconds(45);

    public static void Register(SandboxRegistry registry, ResourceType groups, string instance)
    {
        registry.Map("DELETE", instance, "ResourceGroups_Delete", groups, Delete);
        registry.Effect(Kind, new OperationEffect(End));
    }

    private static ArmResponse Delete(RequestContext context)
    {
        ResourceEntry group = ResourceGroupSubject.Present(context);
        GroupMoves.CheckStill(group);
        return GroupJobs.Watch(context, context.World.Operations.Pending(group.Id) ?? Begin(context, group));
    }

    private static LongRunningOperation Begin(RequestContext context, ResourceEntry group)
    {
        group.ProvisioningState = "Deleting";
        return GroupJobs.Begin(context, Kind, "RESOURCEGROUPDELETIONJOB", group.Id, Duration(context.World, group));
    }

    private static void End(OperationContext context)
    {
        if (context.Subject is not { } group) return;
        foreach (ResourceEntry entry in InOrder(context.World, group))
        {
            context.World.Registry.FindType(entry.Type)?.Removed?.Invoke(context.World, entry);
            context.World.Store.Remove(entry.Id);
        }

        context.World.Store.Remove(group.Id);
    }

    // ARM deletes what depends on others first and the rest of a tier side by side.
    private static TimeSpan Duration(SandboxWorld world, ResourceEntry group)
    {
        IEnumerable<TimeSpan> tiers = world.Store.Below(group.Id)
            .GroupBy(entry => Order(world, entry))
            .Select(tier => tier.Max(entry => world.Registry.FindType(entry.Type)?.DeletionTime ?? TimeSpan.Zero));
        return tiers.Aggregate(s_empty, static (sum, tier) => sum + tier);
    }

    // Children go before the resources that hold them, whatever the order of their types.
    private static ResourceEntry[] InOrder(SandboxWorld world, ResourceEntry group) =>
    [
        .. world.Store.Below(group.Id)
            .OrderBy(entry => Order(world, entry))
            .ThenByDescending(static entry => entry.Id.Count(static c => c == '/')),
    ];

    private static int Order(SandboxWorld world, ResourceEntry entry) =>
        world.Registry.FindType(entry.Type)?.DeletionOrder ?? int.MaxValue;
}
