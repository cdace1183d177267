using System.Text.RegularExpressions;

namespace ImageCmdlets.Engine.Arm;

/// <summary>Finds what it is that Azure did not find. Often it is not the resource that the request was about.</summary>
internal static class ArmMissingThing
{
    // Namespace, then type and name in turn: 'Microsoft.Compute/galleries/g/images/d'.
    private static readonly Regex s_named = new("The Resource '(?<path>[^']+)' under resource group", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    private static readonly Regex s_source = new("^Resource (?<name>\\S+) is not found", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public static string ErrorIdOf(ArmErrorDetails details)
    {
        if (TypeInText(details.ServiceMessage) is { } named)
            return ErrorIdOfType(named);

        ResourceId? target = ResourceId.TryParse(details.ResourceId);
        if (IsTheSource(details.ServiceMessage, target))
            return ErrorIds.SourceNotFound;

        if (target is { ResourceType: null })
            return target.ResourceGroupName is null ? ErrorIds.SubscriptionNotFound : ErrorIds.ResourceGroupNotFound;

        // Only a list of the marketplace has such a path; extensions have /artifacttypes/vmextension/.
        return details.ResourceId?.IndexOf("/artifacttypes/vmimage", StringComparison.OrdinalIgnoreCase) > 0
            ? ErrorIds.MarketplaceImageNotFound
            : ErrorIdOfType(target?.ResourceType);
    }

    // "Resource d1 is not found." to the PUT of a snapshot s1: the disk that it was to be made from is missing.
    private static bool IsTheSource(string? message, ResourceId? target) =>
        message is not null && s_source.Match(message) is { Success: true } match && !Is(target?.Name, match.Groups["name"].Value);

    private static string? TypeInText(string? message)
    {
        if (message is null || s_named.Match(message) is not { Success: true } match)
            return null;

        string[] parts = match.Groups["path"].Value.Split('/');
        return string.Join("/", parts.Where((_, index) => index == 0 || index % 2 == 1));
    }

    private static string ErrorIdOfType(string? type)
    {
        if (Is(type, ResourceTypes.VirtualMachine))
            return ErrorIds.VMNotFound;
        if (Is(type, ResourceTypes.Image) || Is(type, ResourceTypes.GalleryImage) || Is(type, ResourceTypes.GalleryImageVersion))
            return ErrorIds.ImageNotFound;
        if (Is(type, ResourceTypes.Snapshot))
            return ErrorIds.SnapshotNotFound;
        return Is(type, ResourceTypes.Disk) ? ErrorIds.DiskNotFound : ErrorIds.ResourceNotFound;
    }

    private static bool Is(string? a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
