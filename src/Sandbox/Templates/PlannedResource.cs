using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Templates;

/// <summary>One resource of a template, once for each turn of its loop.</summary>
/// <param name="Id">Id that the resource will have.</param>
/// <param name="Type">Full type as the template writes it.</param>
/// <param name="Name">Name with all its segments.</param>
/// <param name="ApiVersion">Version in which it is deployed.</param>
/// <param name="Source">The resource in the template, expressions and all.</param>
/// <param name="Loops">Index of each loop around it.</param>
/// <param name="Loop">Name of its own loop; null when it has none.</param>
internal sealed record PlannedResource(
    string Id, string Type, string Name, string ApiVersion, JsonObject Source, JsonObject Loops, string? Loop)
{
    /// <summary>Ids of the resources that must be there first.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Those of the resources that run one after the other with it: <c>mode: serial</c>.</summary>
    public IReadOnlyList<string> Batch { get; init; } = [];

    /// <summary>Region; null for a child.</summary>
    public string? Location { get; init; }

    /// <summary>False when its <c>condition</c> is: it is not deployed, but may be depended on.</summary>
    public bool IsWanted { get; init; } = true;

    /// <summary>The type with each segment followed by its name.</summary>
    public string TypeAndNames => TemplatePlace.Weave(Type, Name.Split('/'));
}
