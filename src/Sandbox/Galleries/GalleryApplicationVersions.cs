using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Tags;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>Application versions: a package and how it is installed, in as many regions as it is published to.</summary>
internal static class GalleryApplicationVersions
{
    private const string WriteKind = "GalleryApplicationVersions.Write";
    private const string Publishing = "properties.publishingProfile";

    private static readonly string[] s_order = ["publishingProfile", "safetyProfile", "replicationStatus", "provisioningState"];

    private static readonly string[] s_publishingOrder =
    [
        "source", "manageActions", "settings", "advancedSettings", "enableHealthCheck", "targetRegions", "replicaCount",
        "excludeFromLatest", "publishedDate", "endOfLifeDate", "storageAccountType", "replicationMode", "customActions",
    ];

    private static readonly string[] s_package =
        ["source", "manageActions", "settings", "advancedSettings", "enableHealthCheck", "customActions"];

    public static void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(
            new ResourceType(ComputeSubject.Namespace, "galleries/applications/versions", GalleryApi.Applications)
            {
                DeletionOrder = 46,
                DeletionTime = GalleryProfiles.DeleteVersion.Duration,
                CheckName = GalleryNames.CheckApplicationVersion,
                View = View,
            });
        registry.Put(type, "GalleryApplicationVersions_CreateOrUpdate", Put);
        registry.Patch(type, "GalleryApplicationVersions_Update", Update);
        registry.Get(type, "GalleryApplicationVersions_Get");
        registry.Delete(type, "GalleryApplicationVersions_Delete", Delete);
        registry.ListInGroup(type, "GalleryApplicationVersions_ListByGalleryApplication");
        registry.Effect(WriteKind, new OperationEffect(Written) { Failed = WriteFailed });
    }

    private static ArmResponse Put(RequestContext context) => context.Existing is null ? Create(context) : Update(context);

    private static ArmResponse Create(RequestContext context)
    {
        TagRules.Check(context.Body.Object("tags"));
        GalleryShape.ApplicationVersion.Apply(context);
        GalleryApplicationRules.CheckPackage(context, isNew: true);
        JsonObject properties = JsonText.NewObject();
        properties["publishingProfile"] = Profile(context, null);
        properties["safetyProfile"] = Safety(context, null);
        JsonObject body = GalleryBodies.New(context, GalleryTypes.ApplicationVersion, properties, s_order);
        var entry = new ResourceEntry(context.Target!.ToString(), GalleryTypes.ApplicationVersion, body);
        context.World.Store.Put(entry);
        return Begin(context, entry, 201);
    }

    private static ArmResponse Update(RequestContext context)
    {
        ResourceEntry entry = context.Resource;
        TagRules.Check(context.Body.Object("tags"));
        GalleryLifecycle.CheckFree(context);
        GalleryShape.ApplicationVersion.Apply(context);
        GalleryApplicationRules.CheckPackage(context, isNew: false);
        JsonObject publishing = Profile(context, entry.Body.Object(Publishing)), safety = Safety(context, entry.Body.Object("properties.safetyProfile"));
        GalleryApplicationRules.CheckChange(context, entry, publishing, safety);
        entry.Properties["publishingProfile"] = publishing;
        entry.Properties["safetyProfile"] = safety;
        entry.Body["properties"] = PropertyOrder.Sort(entry.Properties, s_order);
        entry.Body = GalleryBodies.SetTags(context, entry.Body);
        entry.ProvisioningState = "Updating";
        return Begin(context, entry, 200);
    }

    private static ArmResponse Begin(RequestContext context, ResourceEntry entry, int status)
    {
        OperationProfile profile = GalleryProfiles.WriteVersion with { Duration = Replication.Plan(entry, context.Now) };
        return GalleryLifecycle.Begin(context, entry, WriteKind, profile, status);
    }

    private static JsonObject Profile(RequestContext context, JsonObject? present)
    {
        JsonObject profile = GalleryVersionProfile.Publishing(context, present);
        GalleryBodies.Take(context.Body.Object(Publishing), profile, s_package);
        profile["enableHealthCheck"] ??= false;
        return PropertyOrder.Sort(profile, s_publishingOrder);
    }

    // The safety profile of an image says more: an application is never reported, and its deletion cannot be blocked.
    private static JsonObject Safety(RequestContext context, JsonObject? present)
    {
        const string allow = "allowDeletionOfReplicatedLocations";
        return new JsonObject
        {
            [allow] = GalleryVersionProfile.Safety(context, present)[allow]!.DeepClone(),
        };
    }

    private static ArmResponse Delete(RequestContext context) => GalleryLifecycle.Delete(context, GalleryProfiles.DeleteVersion);

    private static void Written(OperationContext context)
    {
        if (context.Subject is { } entry) entry.ProvisioningState = "Succeeded";
    }

    private static void WriteFailed(OperationContext context)
    {
        if (context.Subject is not { } entry) return;
        entry.ProvisioningState = "Failed";
        Replication.Break(entry, context.Operation.Start, context.Now, context.Operation.Error.Text("message") ?? string.Empty);
    }

    private static JsonObject View(RequestContext context, ResourceEntry entry)
    {
        JsonObject body = GalleryBodies.Show(context, entry, ("safetyProfile", GalleryApi.SafetyProfile));
        JsonObject properties = body.Object("properties")!;
        if (string.Equals(context.Query["$expand"], "ReplicationStatus", StringComparison.OrdinalIgnoreCase))
            properties["replicationStatus"] = Replication.Status(entry, context.Now);
        body["properties"] = PropertyOrder.Sort(properties, s_order);
        return body;
    }
}
