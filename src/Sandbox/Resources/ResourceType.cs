using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Resources;

/// <summary>A resource type as its provider registers it.</summary>
/// <param name="Namespace">Provider namespace, canonical casing.</param>
/// <param name="Name">Type below the namespace, canonical casing: <c>disks</c>, <c>galleries/images</c>.</param>
/// <param name="ApiVersions">Versions answered, newest first.</param>
internal sealed record ResourceType(string Namespace, string Name, IReadOnlyList<string> ApiVersions)
{
    /// <summary>Such as <c>Microsoft.Compute/disks</c>.</summary>
    public string FullName { get; } = $"{Namespace}/{Name}";

    /// <summary>Type segments.</summary>
    public IReadOnlyList<string> Segments { get; } = Name.Split('/');

    /// <summary>Whether resources of this type are kept in a resource group; false for lookups such as publishers.</summary>
    public bool Tracked { get; init; } = true;

    /// <summary>Whether a PUT must name a location. Children such as subnets live where their parent lives.</summary>
    public bool NeedsLocation { get; init; } = true;

    /// <summary>
    /// Subscription-wide lists of Compute upper-case the resource group in ids; recorded for disks (131), snapshots (15),
    /// galleries (58), virtualMachines (120), virtualMachineScaleSets (40), availabilitySets (8).
    /// </summary>
    public bool UpperCaseInSubscriptionLists { get; init; }

    /// <summary>Group lists keep the caller's casing, except those of galleries, host groups and SSH keys.</summary>
    public bool UpperCaseInGroupLists { get; init; }

    /// <summary>When a group is deleted, resources with a lower number go first.</summary>
    public int DeletionOrder { get; init; } = 50;

    /// <summary>How long the deletion of one such resource takes (median of the recordings).</summary>
    public TimeSpan DeletionTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>As <c>/providers</c> lists it.</summary>
    public string Capabilities { get; init; } = "SupportsTags, SupportsLocation";

    /// <summary>Refuses a name for a new resource by throwing the provider's own error.</summary>
    public Action<string>? CheckName { get; init; }

    /// <summary>Chooses what a list shows by the request's <c>$filter</c>; everything when the type knows none.</summary>
    public Func<RequestContext, Func<ResourceEntry, bool>>? Filter { get; init; }

    /// <summary>What a GET or a list shows of an entry, where that is more than its body (progress, <c>$expand</c>).</summary>
    public Func<RequestContext, ResourceEntry, JsonObject>? View { get; init; }

    /// <summary>
    /// The refusal of a request for a resource that is not there, where the provider and not the front end makes it: the front
    /// end does not know instances of scale sets.
    /// </summary>
    public Func<RequestContext, ArmException>? Missing { get; init; }

    /// <summary>Undoes an entry's ties to others when the deletion of its group takes it away.</summary>
    public Action<SandboxWorld, ResourceEntry>? Removed { get; init; }
}
