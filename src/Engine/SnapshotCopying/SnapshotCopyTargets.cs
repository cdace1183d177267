using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Locations;

namespace ImageCmdlets.Engine.SnapshotCopying;

/// <summary>The rule by which copies of snapshots get their ids, a pure function of what the user asked for.</summary>
internal static class SnapshotCopyTargets
{
    /// <summary>One target for each region; a region named twice counts once.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId.</exception>
    public static IReadOnlyList<SnapshotCopyTarget> Of(CopySnapshotOptions options)
    {
        ResourceId source = ResourceId.TryParse(options.SourceId) is { } parsed && parsed.Is(ResourceTypes.Snapshot)
            ? parsed
            : throw new ImageCmdletsException(ErrorIds.InvalidResourceId, $"'{options.SourceId}' is not the id of a snapshot.", options.SourceId);
        string subscription = options.TargetSubscriptionId ?? source.SubscriptionId;
        string group = options.TargetResourceGroupName ?? source.ResourceGroupName!;
        string[] locations = [.. options.Location.GroupBy(LocationCatalog.Normalize, StringComparer.Ordinal).Select(same => same.First())];
        bool sameGroup = Same(subscription, source.SubscriptionId) && Same(group, source.ResourceGroupName);
        bool withRegion = locations.Length > 1 || (sameGroup && options.TargetName is null);
        string name = options.TargetName is { } given ? given + PartOf(source.Name) : source.Name;
        return [.. locations.Select(location => new SnapshotCopyTarget
        {
            SourceId = source.Text,
            Location = location,
            Id = ResourceId.Of(subscription, group, ResourceTypes.Snapshot, withRegion ? $"{name}-{LocationCatalog.NamePart(location)}" : name).Text,
            Tag = options.Tag,
        })];
    }

    /// <summary>The <c>-TargetName</c> by which one copy gets a name.</summary>
    public static string TargetNameOf(string copyName, string sourceName) => PartOf(sourceName) is { Length: > 0 } part && copyName.EndsWith(part, StringComparison.OrdinalIgnoreCase)
        ? copyName.Substring(0, copyName.Length - part.Length) : copyName;

    // What New-ImageSnapshot puts behind the name of a set.
    private static string PartOf(string name) => Regex.Match(name, "-(os|lun[0-9]+)$", RegexOptions.CultureInvariant).Value;

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
