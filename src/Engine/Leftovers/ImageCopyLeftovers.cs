using ImageCmdlets.Engine.Tracking;

namespace ImageCmdlets.Engine.Leftovers;

/// <summary>What <c>az image copy</c> left. It tags all that it makes, its images and their resource group also; so the tag alone says nothing.</summary>
/// <remarks>Source: the extension image-copy of Azure/azure-cli-extensions, create_target.py and custom.py: <c>&lt;source&gt;_os_disk_snapshot</c>
/// beside the source; in the temporary group (<c>image-copy-rg</c>, or <c>--temporary-resource-group-name</c>) a storage account whose name
/// begins with its region, and <c>&lt;source&gt;_os_disk_snapshot-&lt;region&gt;</c>. With <c>--export-as-snapshot</c> that last one is in the
/// target's group, and what the user wanted.</remarks>
internal static class ImageCopyLeftovers
{
    private const string Tag = "created_by";
    private const string TagValue = "image-copy-extension";
    private const string SourceSuffix = "_os_disk_snapshot";
    private const string UsualGroup = "image-copy-rg";

    public static IReadOnlyList<Leftover> Find(LeftoverScene scene)
    {
        SeenResource[] tagged = [.. scene.Survey.All.Where(IsTagged)];
        var groups = new HashSet<string>(tagged.Where(IsAccount).Select(account => account.Id.ResourceGroupName!), StringComparer.OrdinalIgnoreCase);
        groups.UnionWith(scene.Groups.Where(group => IsTagged(group) && Same(group.Id.Name, UsualGroup)).Select(group => group.Id.Name));

        var found = new List<Leftover>();
        foreach (SeenResource resource in tagged)
        {
            if (ReasonOf(resource, groups) is { } reason)
                found.Add(new Leftover(resource, LeftoverMaker.AzImageCopy, nameof(LeftoverMaker.AzImageCopy), reason));
        }

        // The group of its images is tagged, too.
        found.AddRange(scene.Groups.Where(group => IsTagged(group) && groups.Contains(group.Id.Name) && !tagged.Any(other => IsImage(other) && Same(other.Id.ResourceGroupName, group.Id.Name)))
            .Select(group => new Leftover(group, LeftoverMaker.AzImageCopy, nameof(LeftoverMaker.AzImageCopy), $"Its tag is {Tag}={TagValue}, and it is the temporary group of copies.")));
        return found;
    }

    private static string? ReasonOf(SeenResource resource, HashSet<string> groups)
    {
        string marks = $"Its tag is {Tag}={TagValue}, and its name that of";
        if (IsAccount(resource))
            return $"{marks} a storage account through which a copy goes.";
        if (!resource.Id.Is(ResourceTypes.Snapshot))
            return null;
        if (resource.Id.Name.EndsWith(SourceSuffix, StringComparison.OrdinalIgnoreCase))
            return $"{marks} the snapshot from which copies go to all regions.";
        bool hasArrived = resource.Location is { } location && resource.Id.Name.EndsWith($"{SourceSuffix}-{location}", StringComparison.OrdinalIgnoreCase);
        return hasArrived && groups.Contains(resource.Id.ResourceGroupName!) ? $"{marks} a snapshot of which an image is made, in the temporary group." : null;
    }

    // Names that begin with a region and end at random, 24 letters and digits in all.
    private static bool IsAccount(SeenResource resource) => resource.Id.Is(ResourceTypes.StorageAccount)
        && resource.Id.Name.Length == 24 && resource.Location is { } location && resource.Id.Name.StartsWith(location, StringComparison.OrdinalIgnoreCase);

    private static bool IsImage(SeenResource resource) => resource.Id.Is(ResourceTypes.Image);

    private static bool IsTagged(SeenResource resource) => resource.Tag.TryGetValue(Tag, out string? value) && value == TagValue;

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
