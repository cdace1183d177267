using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Tags;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>Image definitions: what all versions of an image have in common. They hold no bytes.</summary>
internal static class GalleryImages
{
    private static readonly string[] s_order =
    [
        "hyperVGeneration", "architecture", "features", "description", "eula", "privacyStatementUri", "releaseNoteUri", "osType",
        "osState", "endOfLifeDate", "identifier", "recommended", "disallowed", "purchasePlan", "provisioningState",
    ];

    private static readonly string[] s_fixed = ["osType", "osState", "hyperVGeneration", "architecture", "identifier"];

    private static readonly string[] s_changeable =
    [
        "description", "eula", "privacyStatementUri", "releaseNoteUri", "recommended", "disallowed", "purchasePlan", "features",
    ];

    public static void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(
            new ResourceType(ComputeSubject.Namespace, "galleries/images", ComputeApiVersions.Galleries)
            {
                DeletionOrder = 48,
                DeletionTime = GalleryProfiles.DeleteImage.Duration,
                CheckName = GalleryNames.CheckImage,
                View = View,
            });
        registry.Put(type, "GalleryImages_CreateOrUpdate", Put, GalleryRateLimits.PutImage);
        registry.Patch(type, "GalleryImages_Update", Update, GalleryRateLimits.PutImage);
        registry.Get(type, "GalleryImages_Get", GalleryRateLimits.GetImage);
        registry.Delete(type, "GalleryImages_Delete", Delete, GalleryRateLimits.DeleteImage);
        registry.ListInGroup(type, "GalleryImages_ListByGallery", GalleryRateLimits.ListImages);
    }

    private static ArmResponse Put(RequestContext context) => context.Existing is null ? Create(context) : Update(context);

    private static ArmResponse Create(RequestContext context)
    {
        TagRules.Check(context.Body.Object("tags"));
        GalleryImageRules.CheckNew(context);
        JsonObject? sent = context.Body.Object("properties");
        JsonObject properties = JsonText.NewObject();
        GalleryBodies.Take(sent, properties, s_fixed);
        // Defaults of the service (recorded).
        properties["hyperVGeneration"] ??= "V1";
        properties["architecture"] ??= "x64";
        Apply(context, properties);
        JsonObject body = GalleryBodies.New(context, GalleryTypes.Image, properties, s_order);
        var entry = new ResourceEntry(context.Target!.ToString(), GalleryTypes.Image, body);
        return GalleryLifecycle.Create(context, entry, GalleryProfiles.CreateImage);
    }

    private static ArmResponse Update(RequestContext context)
    {
        ResourceEntry entry = context.Resource;
        TagRules.Check(context.Body.Object("tags"));
        GalleryLifecycle.CheckFree(context);
        GalleryImageRules.CheckChange(context, entry);
        Apply(context, entry.Properties);
        entry.Body["properties"] = PropertyOrder.Sort(entry.Properties, s_order);
        entry.Body = GalleryBodies.SetTags(context, entry.Body);
        return GalleryLifecycle.Update(context, entry, GalleryProfiles.UpdateImage);
    }

    private static void Apply(RequestContext context, JsonObject properties)
    {
        GalleryBodies.Take(context.Body.Object("properties"), properties, s_changeable);
        if (GalleryBodies.EndOfLife(context, "endOfLifeDate", "galleryImage.properties.endOfLifeDate") is { } end)
            properties["endOfLifeDate"] = end;
        // An empty one is dropped (recorded).
        if (properties.Object("disallowed") is { Count: 0 }) properties.Remove("disallowed");
    }

    private static ArmResponse Delete(RequestContext context)
    {
        NestedResources.CheckNone(context);
        SoftDeletion.CheckNone(context);
        return GalleryLifecycle.Delete(context, GalleryProfiles.DeleteImage);
    }

    private static JsonObject View(RequestContext context, ResourceEntry entry) => GalleryBodies.Show(
        context,
        entry,
        ("hyperVGeneration", GalleryApi.StorageProfile),
        ("features", GalleryApi.SharingStatus),
        ("architecture", GalleryApi.Architecture));
}
