using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Copying;

/// <summary>Refuses what the user got wrong before anything is changed.</summary>
internal static class CopyPreflight
{
    /// <summary>The regions that can be copied to. One that the subscription does not have fails alone, as any region does, and is
    /// said before anything is changed.</summary>
    /// <exception cref="ImageCmdletsException">ResourceGroupNotFound, InvalidResourceName, InvalidArgument.</exception>
    public static async Task<IReadOnlyList<CopyRegion>> CheckAsync(Operation operation, IReadOnlyList<ImageCopyTarget> targets)
    {
        var regions = new List<CopyRegion>(targets.Count);
        var unknown = new List<ImageCopyResult>();
        var groups = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (ImageCopyTarget target in targets)
        {
            ResourceId id = ResourceId.TryParse(target.Id)!;
            if (groups.Add($"{id.SubscriptionId}/{id.ResourceGroupName}"))
                await ResourceGroups.RequireAsync(operation, id.SubscriptionId, id.ResourceGroupName!).ConfigureAwait(false);
            try
            {
                Region region = await LocationCatalog.RequireAsync(operation, id.SubscriptionId, target.Location).ConfigureAwait(false);
                regions.Add(new CopyRegion(target, id, region));
            }
            catch (ImageCmdletsException exception) when (exception.ErrorId == ErrorIds.InvalidLocation)
            {
                unknown.Add(new ImageCopyResult(target.Id) { SourceId = target.SourceId, Location = target.Location, State = "Failed", Method = target.Method.ToString(), Error = exception });
            }
        }

        CheckNames([.. regions.Select(region => region.Target)]);
        foreach (ImageCopyResult result in unknown)
        {
            await operation.ErrorAsync(result.Error!).ConfigureAwait(false);
            await operation.WriteAsync(result).ConfigureAwait(false);
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
