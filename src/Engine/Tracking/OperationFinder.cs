using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Tracking;

/// <summary>Finds operations, as Azure shows them and as this session began them.</summary>
internal static class OperationFinder
{
    /// <summary>Those that are meant, the oldest first.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="query">Which are meant.</param>
    /// <param name="mustExist">Whether an id of which there is nothing at all is an error.</param>
    /// <exception cref="ImageCmdletsException">InvalidResourceId, ResourceNotFound: for an id that was asked for.</exception>
    public static async Task<IReadOnlyList<TrackedOperation>> FindAsync(Operation operation, ImageOperationQuery query, bool mustExist = true)
    {
        RequireIds(query.SourceId is { } source ? [.. query.Id, source] : query.Id);
        var found = new List<TrackedOperation>();
        foreach (string? subscription in SubscriptionsOf(query))
        {
            ResourceSurvey survey = await ResourceSurvey.ReadAsync(operation, subscription, query.ResourceGroupName).ConfigureAwait(false);
            found.AddRange(await OfTagsAsync(operation, survey).ConfigureAwait(false));
        }

        if (query.Id.Count > 0)
            found.RemoveAll(item => !query.Id.Any(id => IsOf(item, ResourceId.TryParse(id)!)));
        ResourceId[] known = [.. found.SelectMany(item => item.Parts.Select(part => part.Id).Prepend(item.Id))];
        found.AddRange(await StartedTracking.FindAsync(operation, query.Id, known, mustExist).ConfigureAwait(false));
        return [.. found.Where(item => IsMeant(item, query)).OrderBy(item => item.Start).ThenBy(item => item.Id.Text, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Those that have left traces in Azure.</summary>
    public static async Task<IReadOnlyList<TrackedOperation>> OfTagsAsync(Operation operation, ResourceSurvey survey) =>
    [
        .. await CopyTracking.FindAsync(operation, survey).ConfigureAwait(false),
        .. await new CloneTracking(operation, survey).FindAsync().ConfigureAwait(false),
        .. await new GuestTracking(operation, survey).FindAsync().ConfigureAwait(false),
        .. await DiskTracking.FindAsync(survey).ConfigureAwait(false),
    ];

    private static void RequireIds(IReadOnlyList<string> ids)
    {
        foreach (string id in ids)
        {
            if (ResourceId.TryParse(id)?.ResourceType is null)
                throw new ImageCmdletsException(ErrorIds.InvalidResourceId, $"'{id}' is not the id of a resource.", id);
        }
    }

    // An id says where it is.
    private static string?[] SubscriptionsOf(ImageOperationQuery query) => query.Id.Count == 0
        ? [query.SubscriptionId]
        : [.. query.Id.Select(id => ResourceId.TryParse(id)!.SubscriptionId).Distinct(StringComparer.OrdinalIgnoreCase)];

    // A set of snapshots is made as a whole, whichever of them is named.
    private static bool IsOf(TrackedOperation item, ResourceId id) =>
        item.Id.Equals(id) || (item.Kind == ImageOperationKind.Snapshot && item.Parts.Any(part => part.Id.Equals(id)));

    private static bool IsMeant(TrackedOperation item, ImageOperationQuery query)
    {
        var group = new NamePattern(query.ResourceGroupName);
        return (query.Kind.Count == 0 || query.Kind.Contains(item.Kind))
            && (query.State.Count == 0 || query.State.Contains(item.State, StringComparer.OrdinalIgnoreCase))
            && (query.SourceId is null || string.Equals(item.SourceId, query.SourceId.TrimEnd('/'), StringComparison.OrdinalIgnoreCase))
            && (query.ResourceGroupName is null || group.Fits(item.Id.ResourceGroupName) || item.Parts.Any(part => group.Fits(part.Id.ResourceGroupName)));
    }
}
