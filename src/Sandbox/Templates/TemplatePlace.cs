using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Templates;

/// <summary>Where a template is deployed.</summary>
/// <param name="Deployment">Name of the deployment.</param>
/// <param name="Subscription">Subscription as <c>subscription()</c> shows it.</param>
/// <param name="Group">Resource group.</param>
internal sealed record TemplatePlace(string Deployment, JsonObject Subscription, ResourceEntry Group)
{
    public string SubscriptionId => Group.SubscriptionId;

    /// <summary>What the providers offer.</summary>
    public IReadOnlyList<ResourceType> Types { get; init; } = [];

    /// <summary>Id of a resource of the group.</summary>
    /// <param name="typeAndNames">Such as <c>Microsoft.Compute/disks/d</c>.</param>
    public string Id(string typeAndNames) => $"{Group.Id}/providers/{typeAndNames}";

    /// <summary>The type with each segment followed by its name.</summary>
    public static string Weave(string type, IReadOnlyList<string> names)
    {
        string[] segments = type.Split('/');
        return $"{segments[0]}/{string.Join("/", segments.Skip(1).Zip(names, static (segment, name) => $"{segment}/{name}"))}";
    }
}
