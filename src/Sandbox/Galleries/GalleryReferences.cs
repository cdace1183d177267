using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Marketplace;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>Finds the version that a machine, a disk or another version means.</summary>
internal static class GalleryReferences
{
    /// <summary>The newest version of a definition that a region may use.</summary>
    /// <param name="world">The world.</param>
    /// <param name="definitionId">Id of the definition.</param>
    /// <param name="region">Short name.</param>
    /// <param name="now">The time at which its replication counts.</param>
    /// <returns>Null when there is none.</returns>
    /// <remarks>Documented: Succeeded, excluded neither everywhere nor in the region, replicated to it; ordered by numbers.</remarks>
    public static ResourceEntry? Latest(SandboxWorld world, string definitionId, string region, DateTimeOffset now) => world.Store
        .Below(definitionId)
        .Where(version => version.Type == GalleryTypes.Version && version.ProvisioningState == "Succeeded")
        .Where(static version => version.Body.Flag("properties.publishingProfile.excludeFromLatest") != true)
        .Where(version => !IsExcluded(version, region) && Replication.IsAvailable(version, region, now))
        .OrderByDescending(static version => version.Name, ImageVersionOrder.Instance)
        .FirstOrDefault();

    /// <summary>The version behind an id of a community gallery; null when there is none.</summary>
    public static ResourceEntry? Community(RequestContext context, string id) => null;

    private static bool IsExcluded(ResourceEntry version, string region) =>
        version.Body.Items("properties.publishingProfile.targetRegions")
            .Any(target => Locations.Regions.Normalize(target.Text("name")!) == region &&
                           target.Flag("excludeFromLatest") == true);
}
