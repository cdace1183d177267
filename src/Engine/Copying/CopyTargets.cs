using ImageCmdlets.Engine.Locations;

namespace ImageCmdlets.Engine.Copying;

/// <summary>The rule by which copies get their ids, a pure function of what the user asked for.</summary>
internal static class CopyTargets
{
    /// <summary>One target for each region; a region named twice counts once.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId.</exception>
    public static IReadOnlyList<ImageCopyTarget> Of(CopyImageOptions options)
    {
        ResourceId source = ResourceId.TryParse(options.SourceId) is { } parsed && parsed.Is(ResourceTypes.Image)
            ? parsed
            : throw new ImageCmdletsException(ErrorIds.InvalidResourceId, $"'{options.SourceId}' is not the id of an image.", options.SourceId);
        string subscription = options.TargetSubscriptionId ?? source.SubscriptionId;
        string group = options.TargetResourceGroupName ?? source.ResourceGroupName!;
        string[] locations = [.. options.Location.GroupBy(LocationCatalog.Normalize, StringComparer.Ordinal).Select(same => same.First())];
        bool sameGroup = Same(subscription, source.SubscriptionId) && Same(group, source.ResourceGroupName);
        bool withRegion = locations.Length > 1 || (sameGroup && options.TargetName is null);
        string name = options.TargetName ?? source.Name;
        return [.. locations.Select(location => new ImageCopyTarget
        {
            SourceId = source.Text,
            Location = location,
            Id = ResourceId.Of(subscription, group, ResourceTypes.Image, withRegion ? $"{name}-{LocationCatalog.NamePart(location)}" : name).Text,
            Method = options.Method,
            Tag = options.Tag,
        })];
    }

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
