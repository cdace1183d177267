using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Naming;

namespace ImageCmdlets.Engine.SnapshotCopying;

/// <summary>What copies of snapshots are to be made, a pure function of what the user asked for.</summary>
internal static class SnapshotCopyTargets
{
    /// <summary>One target for each region; a region named twice counts once.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId.</exception>
    public static IReadOnlyList<SnapshotCopyTarget> Of(CopySnapshotOptions options)
    {
        ResourceId source = CopyPlaces.RequireSource(options.SourceId, ResourceTypes.Snapshot, "a snapshot");
        string? name = options.TargetName is { } given ? given + PartOf(source.Name) : null;
        (string?, string?, string?) target = (options.TargetSubscriptionId, options.TargetResourceGroupName, name);
        return [.. CopyPlaces.Of(source, ResourceTypes.Snapshot, options.Location, target).Select(copy => new SnapshotCopyTarget
        {
            SourceId = source.Text,
            Location = copy.Location,
            Id = copy.Id,
            Tag = options.Tag,
        })];
    }

    /// <summary>The <c>-TargetName</c> by which one copy gets a name.</summary>
    public static string TargetNameOf(string copyName, string sourceName) => PartOf(sourceName) is { Length: > 0 } part && copyName.EndsWith(part, StringComparison.OrdinalIgnoreCase)
        ? copyName.Substring(0, copyName.Length - part.Length) : copyName;

    // What New-ImageSnapshot puts behind the name of a set.
    private static string PartOf(string name) => Regex.Match(name, "-(os|lun[0-9]+)$", RegexOptions.CultureInvariant).Value;
}
