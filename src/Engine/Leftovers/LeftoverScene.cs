using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Tracking;

namespace ImageCmdlets.Engine.Leftovers;

/// <summary>All that has to be known to say what is left over: resources, resource groups, locks.</summary>
/// <param name="Operation">The running command.</param>
/// <param name="Survey">What there is.</param>
/// <param name="Groups">The resource groups.</param>
/// <param name="Locks">The ids of locks.</param>
internal sealed record LeftoverScene(Operation Operation, ResourceSurvey Survey, IReadOnlyList<SeenResource> Groups, IReadOnlyList<string> Locks)
{
    private const string LockSuffix = "/providers/Microsoft.Authorization/locks/";

    /// <summary>Looks at everything once.</summary>
    /// <exception cref="ImageCmdletsException">AuthorizationFailed.</exception>
    public static async Task<LeftoverScene> ReadAsync(Operation operation, ImageLeftoverQuery query)
    {
        ResourceSurvey survey = await ResourceSurvey.ReadAsync(operation, query.SubscriptionId, query.ResourceGroupName).ConfigureAwait(false);
        var groups = new List<SeenResource>();
        var locks = new List<string>();
        string subscription = "/subscriptions/" + survey.SubscriptionId;
        await TryListAsync(operation, subscription + "/resourcegroups", ArmApiVersions.Resources, item =>
        {
            if (ResourceId.TryParse(item.Text("id")) is { ResourceGroupName: not null } id)
                groups.Add(new SeenResource(id, item));
        }).ConfigureAwait(false);
        await TryListAsync(operation, subscription + "/providers/Microsoft.Authorization/locks", ArmApiVersions.Locks, item =>
        {
            if (item.Text("id") is { } id)
                locks.Add(id);
        }).ConfigureAwait(false);
        return new LeftoverScene(operation, survey, groups, locks);
    }

    /// <summary>The group of a name; null where it could not be read.</summary>
    public SeenResource? Group(string? name) => Groups.FirstOrDefault(group => string.Equals(group.Id.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The name of a lock that keeps a resource: of itself, its group, its subscription; for a group also of what is in it.</summary>
    public string? LockOf(ResourceId id)
    {
        foreach (string text in Locks)
        {
            int end = text.IndexOf(LockSuffix, StringComparison.OrdinalIgnoreCase);
            string scope = end < 0 ? text : text.Substring(0, end);
            if (IsWithin(id.Text, scope) || (id.ResourceType is null && IsWithin(scope, id.Text)))
                return text.Substring(text.LastIndexOf('/') + 1);
        }

        return null;
    }

    private static bool IsWithin(string id, string scope) =>
        id.StartsWith(scope, StringComparison.OrdinalIgnoreCase) && (id.Length == scope.Length || id[scope.Length] == '/');

    // Without the right to read them, less is found, and Azure itself refuses what a lock keeps.
    private static async Task TryListAsync(Operation operation, string path, string version, Action<JsonElement> onItem)
    {
        try
        {
            await operation.Arm.ListAsync(path, version, item =>
            {
                onItem(item);
                return Task.CompletedTask;
            }, operation.CancellationToken).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception) when (exception.ErrorId == ErrorIds.AuthorizationFailed)
        {
            operation.Verbose($"Not read: {exception.Message}");
        }
    }
}
