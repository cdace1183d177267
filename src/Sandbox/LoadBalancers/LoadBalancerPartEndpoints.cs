using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Networks;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.LoadBalancers;

/// <summary>The parts of load balancers by themselves: all can be read, pools and inbound NAT rules also written.</summary>
internal static class LoadBalancerPartEndpoints
{
    /// <summary>Registers type and operations of a kind.</summary>
    public static void Register(SandboxRegistry registry, LoadBalancerPartKind kind)
    {
        ResourceType type = registry.Add(
            new ResourceType(NetworkTypes.Namespace, $"loadBalancers/{kind.List}", NetworkApiVersions.All)
            {
                NeedsLocation = false,
                CheckName = NetworkNames.Check,
                DeletionOrder = LoadBalancerSubject.DeletionOrder,
                View = LoadBalancerView.ShowPart,
                Removed = Removed,
            });
        if (kind.Group is not { } group) return;
        NetworkChildren.MapGet(registry, type, $"{group}_Get");
        registry.ListInGroup(type, $"{group}_List");
        if (kind.Type is not (LoadBalancerTypes.Pools or LoadBalancerTypes.InboundNatRules)) return;
        registry.Put(type, $"{group}_CreateOrUpdate", context => Put(context, kind));
        registry.Delete(type, $"{group}_Delete", Delete);
    }

    private static ArmResponse Put(RequestContext context, LoadBalancerPartKind kind)
    {
        ResourceEntry balancer = Balancer(context);
        NetworkLifecycle.CheckFree(context, balancer);
        LoadBalancerPart wanted = LoadBalancerParts.ReadOne(context, kind, balancer);
        ResourceEntry part = wanted.Store(context.World, balancer);
        NetworkLifecycle.Renew(context.World, balancer);
        return NetworkLifecycle.Announce(context, part, NetworkProfiles.PutLoadBalancer, balancer.Location);
    }

    private static ArmResponse Delete(RequestContext context)
    {
        ResourceEntry balancer = Balancer(context);
        LoadBalancerUse.CheckRemovable(context.World, context.Resource);
        NetworkLifecycle.CheckFree(context, balancer);
        return NetworkLifecycle.DeleteChild(context, balancer);
    }

    private static ResourceEntry Balancer(RequestContext context) =>
        context.World.Store.Find(context.Target!.Parent!.ToString())!;

    private static void Removed(SandboxWorld world, ResourceEntry part)
    {
        FrontendTies.Untie(world, part);
        LoadBalancerMembers.Release(world, part);
    }
}
