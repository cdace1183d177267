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

        CopyPlaces.Check(regions.Select(region => (region.Target.SourceId, region.Target.Id)), ResourceTypes.Image, "image");
        foreach (ImageCopyResult result in unknown)
        {
            await operation.ErrorAsync(result.Error!).ConfigureAwait(false);
            await operation.WriteAsync(result).ConfigureAwait(false);
        }

        return regions;
    }
}
