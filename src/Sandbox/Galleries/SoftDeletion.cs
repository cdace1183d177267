using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>
/// Versions deleted in a gallery with a soft deletion policy: gone for every reader, kept for seven days (documented), and
/// brought back by a PUT that names no source (recorded). Turning the policy off gives them up (recorded: the definition can be
/// deleted after that).
/// </summary>
internal static class SoftDeletion
{
    private const string PurgeKind = "GalleryVersions.Purge";
    private const string ArtifactType = "Images";

    private static readonly TimeSpan s_kept = TimeSpan.FromDays(7);

    public static void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(
            new ResourceType(
                "Microsoft.Compute", "galleries/softDeletedArtifactTypes/artifacts/versions", [GalleryApi.SoftDeletedLists])
            {
                Tracked = false,
                NeedsLocation = false,
            });
        registry.Map(
            "GET",
            "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/galleries/" +
            "{galleryName}/softDeletedArtifactTypes/{artifactType}/artifacts/{artifactName}/versions",
            "SoftDeletedResource_ListByArtifactName",
            type,
            List,
            GalleryRateLimits.ListVersions);
        registry.Effect(PurgeKind, new OperationEffect(Purge) { Failed = static _ => { } });
    }

    /// <summary>Whether versions of a gallery are kept when they are deleted.</summary>
    public static bool IsOn(SandboxWorld world, ResourceEntry version) => world.Store
        .Find(ResourceId.TryParse(version.Id)!.Parent!.Parent!.ToString())?
        .Body.Flag("properties.softDeletePolicy.isSoftDeleteEnabled") == true;

    /// <summary>Puts a version aside.</summary>
    public static void Keep(SandboxWorld world, ResourceEntry version)
    {
        string id = Id(version.Id);
        JsonObject body = JsonText.NewObject();
        body["id"] = id;
        body["name"] = version.Name;
        body["type"] = GalleryTypes.SoftDeleted;
        body["location"] = version.Location;
        body["properties"] = new JsonObject
        {
            ["resourceArmId"] = version.Id,
            ["softDeletedArtifactType"] = ArtifactType,
            ["softDeletedTime"] = ArmTime.Format(world.Now),
        };
        var kept = new ResourceEntry(id, GalleryTypes.SoftDeleted, body);
        kept.State["body"] = version.Body.DeepClone();
        kept.State["state"] = version.State.DeepClone();
        world.Store.Put(kept);
        world.Operations.Wake(PurgeKind, version.SubscriptionId, id, world.Now + s_kept);
    }

    /// <summary>The version of a request as it was when it was deleted; null when none was.</summary>
    public static ResourceEntry? Find(RequestContext context) =>
        context.World.Store.Find(Id(context.Target!.ToString()), GalleryTypes.SoftDeleted);

    /// <summary>Brings a version back.</summary>
    /// <returns>The version as it was, in its old place.</returns>
    public static ResourceEntry Restore(RequestContext context, ResourceEntry kept)
    {
        if (GalleryVersionSources.NamesSource(context)) throw GalleryVersionErrors.SoftDeleted(kept.Name);
        if (!string.Equals(context.Location, kept.Location, StringComparison.Ordinal))
            throw GatewayErrors.InvalidResourceLocation(kept.Name, kept.Location!, context.Group!.Name, context.Location);
        var version = new ResourceEntry(
            context.Target!.ToString(),
            GalleryTypes.Version,
            kept.State.Object("body")!.Copy(),
            kept.State.Object("state")!.Copy());
        context.World.Store.Remove(kept.Id);
        context.World.Store.Put(version);
        return version;
    }

    /// <summary>Gives up all that is kept of a gallery.</summary>
    public static void GiveUp(SandboxWorld world, string galleryId)
    {
        foreach (ResourceEntry kept in Below(world, galleryId)) world.Store.Remove(kept.Id);
    }

    /// <summary>Refuses the deletion of a definition or gallery of which something is kept.</summary>
    public static void CheckNone(RequestContext context)
    {
        ResourceEntry entry = context.Resource;
        string prefix = entry.Type == GalleryTypes.Image ? Artifact(context.Target!) : entry.Id;
        if (Below(context.World, prefix).Length > 0) throw GalleryErrors.HasSoftDeleted(entry.Name);
    }

    private static ArmResponse List(RequestContext context)
    {
        string group = $"/subscriptions/{context.SubscriptionId}/resourceGroups/{context.Path.ResourceGroup}";
        ResourceEntry gallery =
            context.World.Store.Find($"{group}/providers/{GalleryTypes.Gallery}/{context.Route["galleryName"]}")
            ?? throw GatewayErrors.ResourceNotFound(
                $"{GalleryTypes.Gallery}/{context.Route["galleryName"]}", context.Path.ResourceGroup!);
        string prefix = $"{gallery.Id}/softDeletedArtifactTypes/{context.Route["artifactType"]}/artifacts/" +
                        context.Route["artifactName"];
        return ArmResponse.Ok(ResourceReads.Page(context, Below(context.World, prefix), static kept => kept.Body.Copy()));
    }

    // Within seven days the version may have been restored and deleted again; then a later appointment counts.
    private static void Purge(OperationContext context)
    {
        context.World.Operations.Forget(context.Operation.Id);
        if (context.Subject is not { } kept) return;
        DateTimeOffset end = ArmTime.Parse(kept.Body.Text("properties.softDeletedTime")!) + s_kept;
        if (end <= context.Now)
            context.World.Store.Remove(kept.Id);
        else
            context.World.Operations.Wake(PurgeKind, kept.SubscriptionId, kept.Id, end);
    }

    private static ResourceEntry[] Below(SandboxWorld world, string prefix) =>
        [.. world.Store.Below(prefix).Where(static entry => entry.Type == GalleryTypes.SoftDeleted)];

    private static string Id(string versionId)
    {
        ResourceId version = ResourceId.TryParse(versionId)!;
        return $"{Artifact(version.Parent!)}/versions/{version.Name}";
    }

    // What is kept of a definition stands below this id.
    private static string Artifact(ResourceId definition) =>
        $"{definition.Parent}/softDeletedArtifactTypes/{ArtifactType}/artifacts/{definition.Name}";
}
