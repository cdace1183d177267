using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Tags;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>Galleries, and through the subjects that it registers all that is in them.</summary>
internal sealed class GallerySubject : IResourceSubject
{
    private static readonly string[] s_order =
        ["description", "identifier", "sharingProfile", "provisioningState", "softDeletePolicy", "sharingStatus"];

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType(ComputeSubject.Namespace, "galleries", ComputeApiVersions.Galleries)
        {
            UpperCaseInSubscriptionLists = true,
            UpperCaseInGroupLists = true,
            DeletionOrder = 50,
            DeletionTime = GalleryProfiles.DeleteGallery.Duration,
            CheckName = GalleryNames.CheckGallery,
            View = GalleryView.Show,
        });
        registry.Put(type, "Galleries_CreateOrUpdate", Put, GalleryRateLimits.PutGallery);
        registry.Patch(type, "Galleries_Update", Update, GalleryRateLimits.PutGallery);
        registry.Get(type, "Galleries_Get", GalleryRateLimits.GetGallery);
        registry.Delete(type, "Galleries_Delete", Delete, GalleryRateLimits.DeleteGallery);
        registry.ListInGroup(type, "Galleries_ListByResourceGroup", GalleryRateLimits.ListGalleriesInGroup);
        registry.ListInSubscription(type, "Galleries_List", GalleryRateLimits.ListGalleries);
        GalleryLifecycle.Register(registry);
        GalleryImages.Register(registry);
        GalleryVersions.Register(registry);
        GalleryApplications.Register(registry);
        GalleryApplicationVersions.Register(registry);
        GallerySharing.Register(registry, type);
        SoftDeletion.Register(registry);
        SharedGalleryLists.Register(registry);
        CommunityGalleryLists.Register(registry);
    }

    private static ArmResponse Put(RequestContext context) => context.Existing is null ? Create(context) : Update(context);

    private static ArmResponse Create(RequestContext context)
    {
        TagRules.Check(context.Body.Object("tags"));
        GalleryRules.Check(context);
        GalleryRules.CheckUnique(context);
        JsonObject properties = JsonText.NewObject();
        properties["identifier"] = new JsonObject
        {
            ["uniqueName"] = $"{context.SubscriptionId}-{context.Target!.Name.ToUpperInvariant()}",
        };
        Apply(context, properties);
        JsonObject body = GalleryBodies.New(context, GalleryTypes.Gallery, properties, s_order);
        var entry = new ResourceEntry(context.Target.ToString(), GalleryTypes.Gallery, body);
        return GalleryLifecycle.Create(context, entry, GalleryProfiles.CreateGallery);
    }

    // PATCH, and PUT of what exists: what the request does not name stays (recorded for the soft deletion policy).
    private static ArmResponse Update(RequestContext context)
    {
        ResourceEntry entry = context.Resource;
        TagRules.Check(context.Body.Object("tags"));
        GalleryLifecycle.CheckFree(context);
        GalleryRules.Check(context);
        Apply(context, entry.Properties);
        if (entry.Body.Flag("properties.softDeletePolicy.isSoftDeleteEnabled") == false)
            SoftDeletion.GiveUp(context.World, entry.Id);
        entry.Body["properties"] = PropertyOrder.Sort(entry.Properties, s_order);
        entry.Body = GalleryBodies.SetTags(context, entry.Body);
        return GalleryLifecycle.Update(context, entry, GalleryProfiles.UpdateGallery);
    }

    private static ArmResponse Delete(RequestContext context)
    {
        NestedResources.CheckNone(context);
        SoftDeletion.CheckNone(context);
        return GalleryLifecycle.Delete(context, GalleryProfiles.DeleteGallery);
    }

    private static void Apply(RequestContext context, JsonObject properties)
    {
        GalleryBodies.Take(context.Body.Object("properties"), properties, ["description", "softDeletePolicy"]);
        if (context.Body.Object("properties.sharingProfile") is not null)
            properties["sharingProfile"] = GallerySharingProfile.Complete(context, properties.Object("sharingProfile"));
    }
}
