using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Copying;

/// <summary>Refuses what the user got wrong before anything is changed.</summary>
internal static class CopyPreflight
{
    /// <summary>The regions to copy to, all of them good ones.</summary>
    /// <exception cref="ImageCmdletsException">InvalidLocation, ResourceGroupNotFound, InvalidResourceName, InvalidArgument.</exception>
    public static async Task<IReadOnlyList<CopyRegion>> CheckAsync(Operation operation, IReadOnlyList<ImageCopyTarget> targets)
    {
        CheckNames(targets);
        var regions = new List<CopyRegion>(targets.Count);
        var groups = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (ImageCopyTarget target in targets)
        {
            ResourceId id = ResourceId.TryParse(target.Id)!;
            Region region = await LocationCatalog.RequireAsync(operation, id.SubscriptionId, target.Location).ConfigureAwait(false);
            if (groups.Add($"{id.SubscriptionId}/{id.ResourceGroupName}"))
                await ResourceGroups.RequireAsync(operation, id.SubscriptionId, id.ResourceGroupName!).ConfigureAwait(false);
            regions.Add(new CopyRegion(target, id, region));
        }

        return regions;
    }

    private static void CheckNames(IReadOnlyList<ImageCopyTarget> targets)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (ImageCopyTarget target in targets)
        {
            ResourceId id = ResourceId.TryParse(target.Id)!;
            ResourceNames.Require(ResourceTypes.Image, id.Name);
            if (!seen.Add(target.Id))
                throw Wrong($"Two copies would get the name '{id.Name}' in the resource group '{id.ResourceGroupName}'.", target.Id);
            if (string.Equals(target.Id, target.SourceId, StringComparison.OrdinalIgnoreCase))
                throw Wrong($"The copy of '{id.Name}' would get the id of the image itself.", target.Id);
        }
    }

    private static ImageCmdletsException Wrong(string message, string id) =>
        new(ErrorIds.InvalidArgument, message, id, "Pass another -TargetName or -TargetResourceGroupName.");
}
