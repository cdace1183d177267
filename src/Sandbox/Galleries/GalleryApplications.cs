using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Tags;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>Application definitions: what all versions of an application have in common. They hold no package.</summary>
internal static class GalleryApplications
{
    private static readonly string[] s_order =
    [
        "description", "eula", "privacyStatementUri", "releaseNoteUri", "endOfLifeDate", "supportedOSType", "customActions",
        "provisioningState",
    ];

    private static readonly string[] s_changeable =
        ["description", "eula", "privacyStatementUri", "releaseNoteUri", "customActions"];

    public static void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(
            new ResourceType(ComputeSubject.Namespace, "galleries/applications", GalleryApi.Applications)
            {
                DeletionOrder = 48,
                DeletionTime = GalleryProfiles.DeleteImage.Duration,
                CheckName = GalleryNames.CheckImage,
                View = View,
            });
        registry.Put(type, "GalleryApplications_CreateOrUpdate", Put);
        registry.Patch(type, "GalleryApplications_Update", Update);
        registry.Get(type, "GalleryApplications_Get");
        registry.Delete(type, "GalleryApplications_Delete", Delete);
        registry.ListInGroup(type, "GalleryApplications_ListByGallery");
    }

    private static ArmResponse Put(RequestContext context) => context.Existing is null ? Create(context) : Update(context);

    private static ArmResponse Create(RequestContext context)
    {
        TagRules.Check(context.Body.Object("tags"));
        GalleryShape.Application.Apply(context);
        JsonObject properties = JsonText.NewObject();
        properties["supportedOSType"] = GalleryApplicationRules.OSType(context)
            ?? throw ComputeErrors.Missing($"{GalleryApplicationRules.Root}.supportedOSType");
        Apply(context, properties);
        JsonObject body = GalleryBodies.New(context, GalleryTypes.Application, properties, s_order);
        var entry = new ResourceEntry(context.Target!.ToString(), GalleryTypes.Application, body);
        return GalleryLifecycle.Create(context, entry, GalleryProfiles.CreateImage);
    }

    private static ArmResponse Update(RequestContext context)
    {
        ResourceEntry entry = context.Resource;
        TagRules.Check(context.Body.Object("tags"));
        GalleryLifecycle.CheckFree(context);
        GalleryShape.Application.Apply(context);
        if (GalleryApplicationRules.OSType(context) is { } system && system != entry.Body.Text("properties.supportedOSType"))
            throw ComputeErrors.PropertyChange($"{GalleryApplicationRules.Root}.supportedOSType");
        Apply(context, entry.Properties);
        entry.Body["properties"] = PropertyOrder.Sort(entry.Properties, s_order);
        entry.Body = GalleryBodies.SetTags(context, entry.Body);
        return GalleryLifecycle.Update(context, entry, GalleryProfiles.UpdateImage);
    }

    private static void Apply(RequestContext context, JsonObject properties)
    {
        GalleryApplicationRules.CheckActions(context.Body.Items("properties.customActions"), $"{GalleryApplicationRules.Root}.customActions");
        if (GalleryBodies.EndOfLife(context, "endOfLifeDate", $"{GalleryApplicationRules.Root}.endOfLifeDate") is { } end)
            properties["endOfLifeDate"] = end;
        GalleryBodies.Take(context.Body.Object("properties"), properties, s_changeable);
    }

    private static ArmResponse Delete(RequestContext context)
    {
        NestedResources.CheckNone(context);
        return GalleryLifecycle.Delete(context, GalleryProfiles.DeleteImage);
    }

    // The specification gives a definition no state, unlike everything else in a gallery.
    private static JsonObject View(RequestContext context, ResourceEntry entry)
    {
        JsonObject body = GalleryBodies.Show(context, entry);
        body.Object("properties")!.Remove("provisioningState");
        return body;
    }
}
