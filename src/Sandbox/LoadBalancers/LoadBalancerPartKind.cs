using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.LoadBalancers;

/// <summary>A kind of part that load balancers are made of.</summary>
/// <param name="Type">Full type; its last segment is the list in the balancer's properties.</param>
/// <param name="Group">Operations of the kind, as the specification groups them; null for one without addresses of its own.</param>
/// <param name="Read">Properties as a GET shows them, of what a body asks for.</param>
internal sealed record LoadBalancerPartKind(string Type, string? Group, Func<LoadBalancerPartReader, JsonObject> Read)
{
    /// <summary>All kinds, in the order in which a balancer shows them.</summary>
    public static IReadOnlyList<LoadBalancerPartKind> All { get; } =
    [
        new(LoadBalancerTypes.Frontends, "LoadBalancerFrontendIPConfigurations", FrontendBodies.Read),
        new(LoadBalancerTypes.Pools, "LoadBalancerBackendAddressPools", PoolBodies.Read),
        new(LoadBalancerTypes.Rules, "LoadBalancerLoadBalancingRules", RuleBodies.LoadBalancing),
        new(LoadBalancerTypes.Probes, "LoadBalancerProbes", RuleBodies.Probe),
        new(LoadBalancerTypes.InboundNatRules, "InboundNatRules", RuleBodies.InboundNat),
        new(LoadBalancerTypes.OutboundRules, "LoadBalancerOutboundRules", RuleBodies.Outbound),
        new(LoadBalancerTypes.InboundNatPools, null, RuleBodies.InboundNatPool),
    ];

    /// <summary>Name of the list in the balancer's properties.</summary>
    public string List { get; } = Type.Substring(Type.LastIndexOf('/') + 1);

    /// <summary>The kind of a type.</summary>
    public static LoadBalancerPartKind Of(string type) => All.First(kind => kind.Type == type);
}
