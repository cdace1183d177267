using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Routing;

/// <summary>One operation of a provider.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Template">Path.</param>
/// <param name="Name">Operation id of the swagger, such as <c>Disks_CreateOrUpdate</c>.</param>
/// <param name="Type">Type that the operation belongs to.</param>
/// <param name="Handler">Makes the answer, or throws an <c>ArmException</c> before it has changed anything.</param>
internal sealed record OperationDefinition(
    string Method, PathTemplate Template, string Name, ResourceType Type, Func<RequestContext, ArmResponse> Handler)
{
    /// <summary>Buckets shown in <c>x-ms-ratelimit-remaining-resource</c>; none for ARM's own types.</summary>
    public RateLimitPolicy? RateLimit { get; init; }

    /// <summary>
    /// Whether the front end first looks whether the resource of the path exists. False for lookups, for PUT and for
    /// operations that answer themselves when it is missing.
    /// </summary>
    public bool NeedsResource { get; init; }

    /// <summary>The permission needed: <c>Microsoft.Compute/disks/beginGetAccess/action</c>.</summary>
    public string Action => Method switch
    {
        "GET" or "HEAD" => $"{Subject}/read",
        "DELETE" => $"{Subject}/delete",
        "POST" => $"{Subject}/{Template.LastWord}/action",
        _ => $"{Subject}/write",
    };

    // Rights for what lies in a subscription are named so, its types are not ("Azure resource provider operations").
    private string Subject => Type.FullName switch
    {
        "Microsoft.Resources/resources" when Name == "Resources_ListByResourceGroup" => "Microsoft.Resources/subscriptions/resourceGroups/resources",
        "Microsoft.Resources/resources" => "Microsoft.Resources/subscriptions/resources",
        "Microsoft.Resources/resourceGroups" => "Microsoft.Resources/subscriptions/resourceGroups",
        _ => Type.FullName,
    };
}
