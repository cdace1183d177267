using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Copying;

/// <summary>Refuses what the user got wrong before anything is changed.</summary>
internal static class CopyPreflight
{
    /// <summary>The regions that can be copied to. One that the subscription does not have fails alone, as any region does, and is
    /// said before anything is changed.</summary>
    /// <exception cref="ImageCmdletsException">ResourceGroupNotFound, InvalidResourceName, InvalidArgument; AuthenticationFailed: the target is of a tenant
    /// at which the session is not signed in.</exception>
    public static async Task<IReadOnlyList<CopyRegion>> CheckAsync(Operation operation, IReadOnlyList<ImageCopyTarget> targets, bool noWait)
    {
        var regions = new List<CopyRegion>(targets.Count);
        var unknown = new List<ImageCopyResult>();
        var groups = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (ImageCopyTarget target in targets)
        {
            ResourceId id = ResourceId.TryParse(target.Id)!;
            Operation asking = target.TargetSession is null ? operation : operation.With(CopyTenants.Require(operation, target));
            if (groups.Add($"{id.SubscriptionId}/{id.ResourceGroupName}"))
                await OtherTenant.AskAsync(asking, id.SubscriptionId, there => ResourceGroups.RequireAsync(there, id.SubscriptionId, id.ResourceGroupName!)).ConfigureAwait(false);
            EngineSession there = asking.Session.Elsewhere(id.SubscriptionId) ?? asking.Session;
            CopyTenants.RequireMethod(operation.Session, there, target, noWait);
            try
            {
                Region region = await LocationCatalog.RequireAsync(operation.With(there), id.SubscriptionId, target.Location).ConfigureAwait(false);
                regions.Add(new CopyRegion(target, id, region) { There = there == operation.Session ? null : there });
            }
            catch (ImageCmdletsException exception) when (exception.ErrorId == ErrorIds.InvalidLocation)
            {
                unknown.Add(new ImageCopyResult(target.Id) { SourceId = target.SourceId, Location = target.Location, State = "Failed", Method = target.Method == ImageCopyMethod.Auto ? null : target.Method.ToString(), Error = exception });
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
