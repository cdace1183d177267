using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Deployments;

/// <summary>Mode Complete: what is in the group and not in the template is deleted, once the template is deployed.</summary>
internal static class CompleteMode
{
    private const string Done = "deletions";

    /// <summary>Adds the deletions, in the order in which resources of these types can go.</summary>
    /// <returns>Whether there are any; false also when they have been added before.</returns>
    public static bool AddDeletions(SandboxWorld world, DeploymentState deployment)
    {
        if (deployment.Entry.State.ContainsKey(Done)) return false;
        deployment.Entry.State[Done] = true;
        string group = $"/subscriptions/{deployment.Entry.SubscriptionId}/resourceGroups/{deployment.Entry.ResourceGroup}";
        var kept = new HashSet<string>(deployment.Steps.Select(static step => step.Id), StringComparer.OrdinalIgnoreCase);
        IEnumerable<IGrouping<int, (ResourceEntry Entry, ResourceType Type)>> tiers = world.Store.Below(group)
            .Where(entry => !kept.Contains(entry.Id))
            .Select(entry => (Entry: entry, Type: world.Registry.FindType(entry.Type)))
            .Where(static pair => pair.Type is { Tracked: true, NeedsLocation: true, Segments.Count: 1 })
            .Select(static pair => (pair.Entry, Type: pair.Type!))
            .GroupBy(static pair => pair.Type.DeletionOrder)
            .OrderBy(static tier => tier.Key);
        string[] before = [];
        foreach (IGrouping<int, (ResourceEntry Entry, ResourceType Type)> tier in tiers)
        {
            DeploymentStep[] steps = [.. tier.Select(pair => Deletion(world, pair.Entry, pair.Type, before))];
            foreach (DeploymentStep step in steps) deployment.Add(step);
            before = [.. steps.Select(static step => step.Id)];
        }

        return before.Length > 0;
    }

    private static DeploymentStep Deletion(SandboxWorld world, ResourceEntry entry, ResourceType type, string[] before) =>
        DeploymentStep.Make(world, DeploymentStep.Delete, entry.Id, entry.Type, entry.Name, type.ApiVersions[0], before);
}
