using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Networks;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.LoadBalancers;

/// <summary>Load balancers. Like an interface, one is Succeeded in the very answer to its PUT.</summary>
internal sealed class LoadBalancerSubject : IResourceSubject
{
    /// <summary>After the interfaces and scale sets behind it, before its public addresses.</summary>
    public const int DeletionOrder = 50;

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        var type = new ResourceType(NetworkTypes.Namespace, "loadBalancers", NetworkApiVersions.All)
        {
            CheckName = NetworkNames.Check,
            DeletionOrder = DeletionOrder,
            DeletionTime = NetworkProfiles.Delete.Duration,
            View = LoadBalancerView.Show,
        };
        NetworkLifecycle.RegisterTopLevel(registry, type, "LoadBalancers", Put, Delete);
        foreach (LoadBalancerPartKind kind in LoadBalancerPartKind.All) LoadBalancerPartEndpoints.Register(registry, kind);
    }

    private static ArmResponse Put(RequestContext context)
    {
        string sku = NetworkEnums.Read(
            context, context.Body["sku"], "name", "sku.name", "LoadBalancerSkuName", "Basic", "Standard", "Gateway") ?? "Basic";
        JsonObject sent = context.Body.Object("properties") ?? JsonText.NewObject();
        IReadOnlyList<LoadBalancerPart> wanted = LoadBalancerParts.Read(context, sent, sku);
        ResourceEntry[] gone = context.Existing is { } present
            ? [.. NetworkChildren.Of(context.World, present).Where(part => !wanted.Any(other => other.Is(part)))]
            : [];
        foreach (ResourceEntry part in gone) LoadBalancerUse.CheckRemovable(context.World, part);

        JsonObject properties = JsonText.NewObject();
        properties["provisioningState"] = "Succeeded";
        properties["resourceGuid"] = null;
        ResourceEntry entry = NetworkLifecycle.Store(context, properties);
        entry.Body["sku"] = new JsonObject { ["name"] = sku, ["tier"] = context.Body.Text("sku.tier") ?? "Regional" };
        foreach (ResourceEntry part in gone) NetworkLifecycle.Remove(context.World, part);
        foreach (LoadBalancerPart part in wanted) part.Store(context.World, entry);
        return NetworkLifecycle.Announce(context, entry, NetworkProfiles.PutLoadBalancer);
    }

    private static ArmResponse Delete(RequestContext context)
    {
        LoadBalancerUse.CheckUnused(context.World, context.Resource);
        return NetworkLifecycle.Delete(context);
    }
}
