using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>Subnets by themselves.</summary>
internal sealed class SubnetSubject : IResourceSubject
{
    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(
            new ResourceType(NetworkTypes.Namespace, "virtualNetworks/subnets", NetworkApiVersions.All)
            {
                NeedsLocation = false,
                CheckName = NetworkNames.Check,
                DeletionOrder = VirtualNetworkSubject.DeletionOrder,
                View = SubnetView.Show,
                Removed = static (world, subnet) => Guard(world, subnet, null),
            });
        registry.Put(type, "Subnets_CreateOrUpdate", Put);
        NetworkChildren.MapGet(registry, type, "Subnets_Get");
        registry.Delete(type, "Subnets_Delete", Delete);
        registry.ListInGroup(type, "Subnets_List");
    }

    /// <summary>Adds or changes a subnet whose specification has been checked.</summary>
    public static ResourceEntry Store(SandboxWorld world, ResourceEntry network, SubnetSpecification wanted)
    {
        ResourceEntry subnet =
            NetworkChildren.Put(world, network, NetworkTypes.Subnets, wanted.Name, wanted.Properties.Copy());
        Guard(world, subnet, wanted.SecurityGroup);
        return subnet;
    }

    private static ArmResponse Put(RequestContext context)
    {
        ResourceEntry network = Network(context);
        SubnetSpecification wanted = SubnetSpecification.Read(
            context, context.Target!.Name, context.Body.Object("properties"), network.Id, "properties");
        NetworkLifecycle.CheckFree(context, network);
        if (context.Existing is { } present) SubnetRules.CheckRange(present, wanted);
        IEnumerable<SubnetSpecification> others = NetworkChildren.Of(context.World, network)
            .Where(other => other != context.Existing)
            .Select(SubnetSpecification.Of);
        SubnetRules.Check(
            network.Name,
            AddressSpace.Read(network.Properties.Array("addressSpace.addressPrefixes"), network.Id),
            [.. others, wanted]);
        return NetworkLifecycle.PutChild(context, network, Store(context.World, network, wanted), NetworkProfiles.PutSubnet);
    }

    private static ArmResponse Delete(RequestContext context)
    {
        ResourceEntry network = Network(context);
        SubnetRules.CheckUnused(context.Resource);
        NetworkLifecycle.CheckFree(context, network);
        return NetworkLifecycle.DeleteChild(context, network);
    }

    private static ResourceEntry Network(RequestContext context) =>
        context.World.Store.Find(context.Target!.Parent!.ToString())!;

    // The security group knows its subnets.
    private static void Guard(SandboxWorld world, ResourceEntry subnet, ResourceEntry? group)
    {
        if (subnet.State.Text("guard") is { } former)
            NetworkLinks.Remove(world.Store.Find(former), NetworkLinks.Subnets, subnet.Id);
        subnet.State.Remove("guard");
        if (group is null) return;
        subnet.State["guard"] = group.Id;
        NetworkLinks.Add(group, NetworkLinks.Subnets, subnet.Id);
    }
}
