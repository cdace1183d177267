using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Images;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Tags;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>Image versions: the bytes, in as many regions as they are published to.</summary>
internal static class GalleryVersions
{
    private const string WriteKind = "GalleryVersions.Write";
    private const string DeleteKind = "GalleryVersions.Delete";

    private static readonly string[] s_order =
        ["publishingProfile", "storageProfile", "safetyProfile", "securityProfile", "replicationStatus", "provisioningState"];

    // Assumption: that a source does not fit is found out soon, long before anything is copied.
    private static readonly TimeSpan s_refusal = TimeSpan.FromSeconds(10);

    public static void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(
            new ResourceType(ComputeSubject.Namespace, "galleries/images/versions", ComputeApiVersions.Galleries)
            {
                DeletionOrder = 46,
                DeletionTime = GalleryProfiles.DeleteVersion.Duration,
                CheckName = GalleryNames.CheckVersion,
                View = GalleryVersionView.Show,
            });
        registry.Put(type, "GalleryImageVersions_CreateOrUpdate", Put, GalleryRateLimits.PutVersion);
        registry.Patch(type, "GalleryImageVersions_Update", Update, GalleryRateLimits.PutVersion);
        registry.Get(type, "GalleryImageVersions_Get", GalleryRateLimits.GetVersion);
        registry.Delete(type, "GalleryImageVersions_Delete", Delete, GalleryRateLimits.DeleteVersion);
        registry.ListInGroup(type, "GalleryImageVersions_ListByGalleryImage", GalleryRateLimits.ListVersions);
        registry.Effect(WriteKind, new OperationEffect(Written) { Failed = WriteFailed });
        registry.Effect(DeleteKind, new OperationEffect(Deleted) { Failed = GalleryLifecycle.Restore });
    }

    private static ArmResponse Put(RequestContext context) => context.Existing is null ? Create(context) : Update(context);

    private static ArmResponse Create(RequestContext context)
    {
        TagRules.Check(context.Body.Object("tags"));
        GalleryVersionRequests.Normalize(context);
        if (SoftDeletion.Find(context) is { } kept) return Restore(context, kept);
        GalleryVersionDraft draft = GalleryVersionSources.Resolve(context);
        JsonObject properties = JsonText.NewObject();
        properties["publishingProfile"] = GalleryVersionProfile.Publishing(context, null);
        properties["storageProfile"] = draft.ToStorageProfile(finished: false);
        properties["safetyProfile"] = GalleryVersionProfile.Safety(context, null);
        if (context.Body.Object("properties.securityProfile") is { } security)
            properties["securityProfile"] = security.DeepClone();
        JsonObject body = GalleryBodies.New(context, GalleryTypes.Version, properties, s_order);
        var entry = new ResourceEntry(context.Target!.ToString(), GalleryTypes.Version, body);
        context.World.Store.Put(entry);
        return Make(context, entry, draft, 201);
    }

    private static ArmResponse Restore(RequestContext context, ResourceEntry kept)
    {
        ResourceEntry entry = SoftDeletion.Restore(context, kept);
        entry.Body = GalleryBodies.SetTags(context, entry.Body);
        entry.ProvisioningState = "Updating";
        return GalleryLifecycle.Begin(context, entry, WriteKind, GalleryProfiles.WriteVersion, 200);
    }

    // PATCH, and PUT of what exists: the source may be left out (recorded), and what the request does not name stays.
    private static ArmResponse Update(RequestContext context)
    {
        ResourceEntry entry = context.Resource;
        TagRules.Check(context.Body.Object("tags"));
        GalleryLifecycle.CheckFree(context);
        GalleryVersionRequests.Normalize(context);
        JsonObject publishing = GalleryVersionProfile.Publishing(context, entry.Body.Object("properties.publishingProfile"));
        JsonObject safety = GalleryVersionProfile.Safety(context, entry.Body.Object("properties.safetyProfile"));
        GalleryVersionRules.CheckChange(context, entry, publishing, safety);
        GalleryVersionDraft? again = ImageDisks.Source(entry, null) is null ? Again(context, entry) : null;
        entry.Properties["publishingProfile"] = publishing;
        entry.Properties["safetyProfile"] = safety;
        entry.Body["properties"] = PropertyOrder.Sort(entry.Properties, s_order);
        entry.Body = GalleryBodies.SetTags(context, entry.Body);
        entry.ProvisioningState = "Updating";
        if (again is not null) return Make(context, entry, again, GalleryLifecycle.UpdateStatus(context));
        OperationProfile profile =
            GalleryProfiles.WriteVersion with { Duration = Replication.Plan(entry, context.Now) };
        return GalleryLifecycle.Begin(context, entry, WriteKind, profile, GalleryLifecycle.UpdateStatus(context));
    }

    // A version that failed before it got its bytes is made once more, from the source that it was given.
    private static GalleryVersionDraft Again(RequestContext context, ResourceEntry entry)
    {
        context.Body.Ensure("properties")["storageProfile"] = entry.Body.Object("properties.storageProfile")!.DeepClone();
        return GalleryVersionSources.Resolve(context);
    }

    private static ArmResponse Make(RequestContext context, ResourceEntry entry, GalleryVersionDraft draft, int status)
    {
        JsonObject arguments = JsonText.NewObject();
        TimeSpan duration = s_refusal;
        entry.State["copiedBytes"] = draft.UsedBytes;
        if (draft.Refusal is { } refusal)
        {
            arguments["refusal"] = refusal.ToJson();
            Replication.Plan(entry, context.Now);
        }
        else
        {
            draft.Keep(entry.State);
            arguments["storageProfile"] = draft.ToStorageProfile(finished: true);
            duration = Replication.Plan(entry, context.Now);
        }

        OperationProfile profile = GalleryProfiles.WriteVersion with { Duration = duration };
        return GalleryLifecycle.Begin(context, entry, WriteKind, profile, status, arguments);
    }

    /// <summary>Breaks the versions that still read a source which goes away. Assumption: Azure's answer is not known, the text is that for a missing source.</summary>
    public static void Lose(SandboxWorld world, ResourceEntry source)
    {
        foreach (ResourceEntry version in world.Store.OfType(GalleryTypes.Version).Where(version => Reads(version, source.Id, world.Now)))
        {
            if (world.Operations.Pending(version.Id) is not { Kind: WriteKind } operation) continue;
            operation.Arguments["refusal"] = GalleryVersionErrors.SourceNotFound(source.Id).Error.ToJson();
            operation.End = world.Now + s_refusal;
        }
    }

    private static bool Reads(ResourceEntry version, string id, DateTimeOffset now) => version.ProvisioningState == "Creating" &&
        string.Equals(version.Body.Text("properties.storageProfile.source.id"), id, StringComparison.OrdinalIgnoreCase) &&
        !Replication.IsMade(version, now);

    private static ArmResponse Delete(RequestContext context)
    {
        GalleryVersionRules.CheckDeletion(context, context.Resource);
        return GalleryLifecycle.Delete(context, GalleryProfiles.DeleteVersion, DeleteKind);
    }

    private static void Written(OperationContext context)
    {
        if (context.Subject is not { } entry) return;
        if (context.Arguments.Object("refusal") is { } refusal)
        {
            context.Fail(new ArmError(refusal.Text("code")!, refusal.Text("message")!));
            return;
        }

        if (context.Arguments.Object("storageProfile") is { } storage) entry.Properties["storageProfile"] = storage.DeepClone();
        context.Arguments.Remove("storageProfile");
        entry.Body["properties"] = PropertyOrder.Sort(entry.Properties, s_order);
        entry.ProvisioningState = "Succeeded";
    }

    private static void WriteFailed(OperationContext context)
    {
        if (context.Subject is not { } entry) return;
        entry.ProvisioningState = "Failed";
        Replication.Break(
            entry, context.Operation.Start, context.Now, context.Operation.Error.Text("message") ?? string.Empty);
    }

    private static void Deleted(OperationContext context)
    {
        if (context.Subject is not { } entry) return;
        context.World.Store.Remove(entry.Id);
        NestedResources.Remember(context.World, entry.Id);
        if (SoftDeletion.IsOn(context.World, entry)) SoftDeletion.Keep(context.World, entry);
    }
}
