using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Marketplace;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>Finds the version that a machine, a disk or another version means.</summary>
internal static class GalleryReferences
{
    /// <summary>The version that a reference means in the region of the request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="reference">Object with <c>id</c>, <c>sharedGalleryImageId</c> or <c>communityGalleryImageId</c>.</param>
    /// <param name="target">Name of the object, as error texts show it.</param>
    /// <exception cref="Errors.ArmException">
    /// 404 GalleryImageNotFound: no such version, or not there; 400 InvalidParameter: the id is of something else.
    /// </exception>
    public static ResourceEntry Find(RequestContext context, JsonObject reference, string target)
    {
        if (reference.Text("sharedGalleryImageId") is { } shared)
            return Public(context, SharedGalleries.Parse(shared), shared, target, SharedGalleries.Find);
        if (reference.Text("communityGalleryImageId") is { } community)
            return Public(context, CommunityGalleries.Parse(community), community, target, CommunityGalleries.Find);
        string id = reference.Text("id") ?? throw ComputeErrors.Missing($"{target}.id");
        ResourceId parsed = LinkedResource.Parse(context, id, $"properties.{target}.id");
        if (parsed.IsOf(GalleryTypes.Version)) return Available(context, context.World.Store.Find(id), id, target);
        if (!parsed.IsOf(GalleryTypes.Image)) throw ComputeErrors.Invalid(target);
        if (context.World.Store.Find(id, GalleryTypes.Image) is null)
            throw GalleryErrors.NotAvailable(id, context.Location, target);
        return Latest(context.World, id, context.Location, context.Now) ?? throw GalleryErrors.NoLatest(id, target);
    }

    /// <summary>The newest version of a definition that a region may use.</summary>
    /// <param name="world">The world.</param>
    /// <param name="definitionId">Id of the definition.</param>
    /// <param name="region">Short name.</param>
    /// <param name="now">The time at which its replication counts.</param>
    /// <returns>Null when there is none.</returns>
    /// <remarks>
    /// Documented: Succeeded, excluded neither everywhere nor in the region, replicated to it; ordered by numbers.
    /// </remarks>
    public static ResourceEntry? Latest(SandboxWorld world, string definitionId, string region, DateTimeOffset now) =>
        world.Store.Below(definitionId)
        .Where(version => version.Type == GalleryTypes.Version && version.ProvisioningState == "Succeeded")
        .Where(static version => version.Body.Flag("properties.publishingProfile.excludeFromLatest") != true)
        .Where(version => !IsExcluded(version, region) && Replication.IsAvailable(version, region, now))
        .OrderByDescending(static version => version.Name, ImageVersionOrder.Instance)
        .FirstOrDefault();

    // A version named "latest", or left out, is the newest one of the image.
    private static ResourceEntry Public(
        RequestContext context,
        PublicImageName? name,
        string id,
        string target,
        Func<RequestContext, string, ResourceEntry?> find)
    {
        if (name is null) throw ComputeErrors.Invalid(target);
        ResourceEntry gallery = find(context, name.Gallery) ?? throw GalleryErrors.NotAvailable(id, context.Location, target);
        string definition = $"{gallery.Id}/images/{name.Image}";
        if (name.Version is null || string.Equals(name.Version, "latest", StringComparison.OrdinalIgnoreCase))
            return Latest(context.World, definition, context.Location, context.Now) ?? throw GalleryErrors.NoLatest(id, target);
        return Available(context, context.World.Store.Find($"{definition}/versions/{name.Version}"), id, target);
    }

    private static ResourceEntry Available(RequestContext context, ResourceEntry? version, string id, string target) =>
        version?.Type == GalleryTypes.Version && Replication.IsAvailable(version, context.Location, context.Now)
            ? version
            : throw GalleryErrors.NotAvailable(id, context.Location, target);

    private static bool IsExcluded(ResourceEntry version, string region) =>
        version.Body.Items("properties.publishingProfile.targetRegions")
            .Any(target => Locations.Regions.Normalize(target.Text("name")!) == region &&
                           target.Flag("excludeFromLatest") == true);
}
