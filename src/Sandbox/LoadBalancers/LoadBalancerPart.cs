using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Networks;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.LoadBalancers;

/// <summary>A part of a load balancer as a body asks for it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Name in its balancer.</param>
/// <param name="Properties">As a GET shows them, save for who refers to it.</param>
/// <param name="Zones">Zones of a frontend; null for none.</param>
internal sealed record LoadBalancerPart(LoadBalancerPartKind Kind, string Name, JsonObject Properties, JsonArray? Zones)
{
    /// <summary>Whether this is what becomes of a part that is there.</summary>
    public bool Is(ResourceEntry present) =>
        present.Type == Kind.Type && string.Equals(present.Name, Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Keeps the part.</summary>
    public ResourceEntry Store(SandboxWorld world, ResourceEntry balancer)
    {
        if (world.Store.Find(NetworkChildren.Id(balancer.Id, Kind.Type, Name)) is { } former)
            FrontendTies.Untie(world, former, Properties);
        ResourceEntry entry = NetworkChildren.Put(world, balancer, Kind.Type, Name, Properties);
        if (Zones is { Count: > 0 }) entry.Body["zones"] = Zones.DeepClone();
        FrontendTies.Tie(world, entry);
        return entry;
    }
}
