using ImageCmdlets.Engine.Locations;

namespace ImageCmdlets.Engine.Naming;

/// <summary>The rule by which copies get their ids, of images and of snapshots: a pure function of what the user asked for.</summary>
internal static class CopyPlaces
{
    /// <summary>The id of what is copied.</summary>
    /// <param name="id">As the user gave it.</param>
    /// <param name="resourceType">What it must be of.</param>
    /// <param name="noun">Its name in messages: <c>an image</c>.</param>
    /// <exception cref="ImageCmdletsException">InvalidResourceId.</exception>
    public static ResourceId RequireSource(string id, string resourceType, string noun) =>
        ResourceId.TryParse(id) is { } parsed && parsed.Is(resourceType)
            ? parsed
            : throw new ImageCmdletsException(ErrorIds.InvalidResourceId, $"'{id}' is not the id of {noun}.", id);

    /// <summary>One id for each region; a region named twice counts once.</summary>
    /// <param name="source">What is copied.</param>
    /// <param name="resourceType">Its type.</param>
    /// <param name="locations">The regions, as the user wrote them.</param>
    /// <param name="target">What the user wants of subscription, group and name; what is null stays as at the source.</param>
    public static IReadOnlyList<(string Location, string Id)> Of(
        ResourceId source, string resourceType, IReadOnlyList<string> locations, (string? SubscriptionId, string? ResourceGroupName, string? Name) target)
    {
        string subscription = target.SubscriptionId ?? source.SubscriptionId;
        string group = target.ResourceGroupName ?? source.ResourceGroupName!;
        string[] distinct = [.. locations.GroupBy(LocationCatalog.Normalize, StringComparer.Ordinal).Select(same => same.First())];
        bool sameGroup = Same(subscription, source.SubscriptionId) && Same(group, source.ResourceGroupName);
        bool withRegion = distinct.Length > 1 || (sameGroup && target.Name is null);
        string name = target.Name ?? source.Name;
        return [.. distinct.Select(location =>
            (location, ResourceId.Of(subscription, group, resourceType, withRegion ? $"{name}-{LocationCatalog.NamePart(location)}" : name).Text))];
    }

    /// <summary>Refuses names that Azure does not take, two copies under one id, and the source's own id.</summary>
    /// <param name="copies">Their ids, and those of what is copied.</param>
    /// <param name="resourceType">Their type.</param>
    /// <param name="noun">The name of such a thing in messages: <c>image</c>.</param>
    /// <exception cref="ImageCmdletsException">InvalidResourceName, InvalidArgument.</exception>
    public static void Check(IEnumerable<(string SourceId, string Id)> copies, string resourceType, string noun)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string sourceId, string copyId) in copies)
        {
            ResourceId id = ResourceId.TryParse(copyId)!;
            ResourceNames.Require(resourceType, id.Name);
            if (!seen.Add(copyId))
                throw Wrong($"Two copies would get the name '{id.Name}' in the resource group '{id.ResourceGroupName}'.", copyId);
            if (Same(copyId, sourceId))
                throw Wrong($"The copy of '{id.Name}' would get the id of the {noun} itself.", copyId);
        }
    }

    private static ImageCmdletsException Wrong(string message, string id) =>
        new(ErrorIds.InvalidArgument, message, id, "Pass another -TargetName or -TargetResourceGroupName.");

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
