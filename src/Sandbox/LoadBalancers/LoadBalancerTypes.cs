using ImageCmdlets.Sandbox.Networks;

namespace ImageCmdlets.Sandbox.LoadBalancers;

/// <summary>Names of load balancers and of their parts.</summary>
internal static class LoadBalancerTypes
{
    public const string LoadBalancers = $"{NetworkTypes.Namespace}/loadBalancers";
    public const string Frontends = $"{LoadBalancers}/frontendIPConfigurations";
    public const string Pools = $"{LoadBalancers}/backendAddressPools";
    public const string Rules = $"{LoadBalancers}/loadBalancingRules";
    public const string Probes = $"{LoadBalancers}/probes";
    public const string InboundNatRules = $"{LoadBalancers}/inboundNatRules";
    public const string InboundNatPools = $"{LoadBalancers}/inboundNatPools";
    public const string OutboundRules = $"{LoadBalancers}/outboundRules";
}
