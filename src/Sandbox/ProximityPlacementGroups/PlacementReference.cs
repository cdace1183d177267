using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.ProximityPlacementGroups;

/// <summary>The reference that machines, scale sets and availability sets make to a proximity placement group.</summary>
internal static class PlacementReference
{
    public const string Type = "Microsoft.Compute/proximityPlacementGroups";

    private const string Property = "proximityPlacementGroup";

    /// <summary>Refuses a group that is not there or lies elsewhere.</summary>
    /// <param name="context">The request.</param>
    /// <param name="properties">The properties that hold the reference.</param>
    /// <param name="location">Region of the resource.</param>
    public static void Check(RequestContext context, JsonObject? properties, string location)
    {
        if (properties.Text($"{Property}.id") is not { } id) return;
        LinkedResource.Parse(context, id, $"properties.{Property}.id");
        ResourceEntry? group = context.World.Store.Find(id, Type);
        if (group is null || group.Location != location)
            throw ComputeErrors.NotFound($"The Proximity Placement Group {id} cannot be found.");
    }

    /// <summary>The resources of a type that are in a group.</summary>
    public static IEnumerable<ResourceEntry> Members(SandboxWorld world, string groupId, string type) =>
        world.Store.OfType(type).Where(entry => string.Equals(
            entry.Body.Text($"properties.{Property}.id"), groupId, StringComparison.OrdinalIgnoreCase));
}
