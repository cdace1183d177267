using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.LoadBalancers;

/// <summary>A load balancer while a body is read.</summary>
/// <param name="Context">The request.</param>
/// <param name="Id">Id of the balancer.</param>
/// <param name="Sku">Its SKU.</param>
/// <param name="Parts">Ids of all parts that it will have, as references between them must name them.</param>
internal sealed record LoadBalancerDraft(RequestContext Context, string Id, string Sku, IReadOnlyCollection<string> Parts)
{
    /// <summary>Private addresses that its frontends have been given so far.</summary>
    public ICollection<string> Taken { get; } = [];
}
