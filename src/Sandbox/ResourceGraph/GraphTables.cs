using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Authorization;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.RoleAssignments;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ResourceGraph;

/// <summary>The tables of Resource Graph and their rows: what a caller may read, in the subscriptions that were asked about.</summary>
/// <remarks>Assumption: the index is never behind. Azure's is, by seconds to minutes. Types, groups and locations are in lower case there,
/// ids and names as their owners wrote them (article "Azure Resource Graph query language").</remarks>
internal static class GraphTables
{
    private const string Resources = "resources", Instances = "computeresources", Containers = "resourcecontainers";

    // All other columns are as the body has them.
    private static readonly Dictionary<string, Func<ResourceEntry, ResourceEntry, string?>> s_computed = new(StringComparer.Ordinal)
    {
        ["id"] = static (_, entry) => entry.Id,
        ["name"] = static (_, entry) => entry.Name,
        ["type"] = static (_, entry) => entry.Type == ResourceStore.GroupType ? "microsoft.resources/subscriptions/resourcegroups" : entry.Type.ToLowerInvariant(),
        ["tenantId"] = static (subscription, _) => subscription.Body.Text("tenantId"),
        ["location"] = static (_, entry) => entry.Location?.ToLowerInvariant() ?? string.Empty,
        ["resourceGroup"] = static (_, entry) => entry.ResourceGroup?.ToLowerInvariant() ?? string.Empty,
        ["subscriptionId"] = static (subscription, _) => subscription.SubscriptionId,
    };

    /// <summary>The tables that the sandbox has.</summary>
    public static IReadOnlyList<string> Names { get; } = [Resources, Instances, Containers];

    /// <summary>The columns of all of them.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["id", "name", "type", "tenantId", "kind", "location", "resourceGroup", "subscriptionId", "managedBy", "sku", "plan", "properties", "tags", "identity", "zones", "extendedLocation"];

    /// <summary>The rows of a table, ordered by id.</summary>
    /// <param name="world">The world.</param>
    /// <param name="table">One of <see cref="Names"/>.</param>
    /// <param name="subscriptions">The subscriptions.</param>
    /// <param name="caller">Who asks.</param>
    public static IEnumerable<JsonObject> Rows(SandboxWorld world, string table, IReadOnlyList<ResourceEntry> subscriptions, Caller caller)
    {
        foreach (ResourceEntry subscription in subscriptions)
        {
            IEnumerable<ResourceEntry> entries = world.Store.Below(subscription.Id);
            if (table == Containers) entries = entries.Prepend(subscription);
            foreach (ResourceEntry entry in entries.Where(entry => TableOf(world, entry) == table))
            {
                if (RoleAccess.Allows(world, caller, $"{entry.Type}/read", entry.Id)) yield return Row(subscription, entry);
            }
        }
    }

    private static string? TableOf(SandboxWorld world, ResourceEntry entry) => entry.Type switch
    {
        VmFacts.InstanceType => Instances,
        ResourceStore.GroupType or ResourceStore.SubscriptionType => Containers,
        _ => world.Registry.FindType(entry.Type) is { Tracked: true, NeedsLocation: true } && !entry.Type.StartsWith(VmFacts.InstanceType, StringComparison.Ordinal) ? Resources : null,
    };

    private static JsonObject Row(ResourceEntry subscription, ResourceEntry entry)
    {
        JsonObject row = JsonText.NewObject();
        foreach (string column in Columns)
        {
            row[column] = s_computed.TryGetValue(column, out Func<ResourceEntry, ResourceEntry, string?>? value)
                ? value(subscription, entry)
                : entry.Body[column]?.DeepClone();
        }

        return row;
    }
}
