using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Galleries;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Tags;

namespace ImageCmdlets.Sandbox.Images;

/// <summary>Managed images.</summary>
internal sealed class ImageSubject : IResourceSubject
{
    public const string Type = "Microsoft.Compute/images";

    private const string PutKind = "Images.Put";
    private const string DeleteKind = "Images.Delete";

    // Medians of the recordings.
    private static readonly OperationProfile s_create = Profile(5.2);
    private static readonly OperationProfile s_update = Profile(5.1);
    private static readonly OperationProfile s_delete = Profile(5.1) with { LocationHeader = true };

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType(ComputeSubject.Namespace, "images", ComputeApiVersions.Compute)
        {
            // Not recorded with items; the same as all other types of Compute.
            UpperCaseInSubscriptionLists = true,
            DeletionOrder = 50,
            DeletionTime = s_delete.Duration,
            CheckName = EntityName.Check,
        });
        registry.Put(type, "Images_CreateOrUpdate", Put, ComputeRateLimits.CreateImages);
        registry.Patch(type, "Images_Update", Update, ComputeRateLimits.CreateImages);
        registry.Get(type, "Images_Get", ComputeRateLimits.GetImages);
        registry.Delete(type, "Images_Delete", Delete, ComputeRateLimits.DeleteImages);
        registry.ListInGroup(type, "Images_ListByResourceGroup", ComputeRateLimits.ListImages);
        registry.ListInSubscription(type, "Images_List", ComputeRateLimits.ListImages);
        registry.Effect(PutKind, new OperationEffect(Written));
        registry.Effect(DeleteKind, new OperationEffect(Deleted));
    }

    private static OperationProfile Profile(double seconds) =>
        new(ComputeSubject.Namespace, "operations", TimeSpan.FromSeconds(seconds)) { Notifies = true };

    private static ArmResponse Put(RequestContext context) => context.Existing is null ? Create(context) : Update(context);

    private static ArmResponse Create(RequestContext context)
    {
        TagRules.Check(context.Body.Object("tags"));
        ImageDraft draft = ImageSources.Resolve(context);
        JsonObject body = Body(context, draft.ToProperties(finished: false));
        var entry = new ResourceEntry(context.Target!.ToString(), Type, body, draft.ToState());
        context.World.Store.Put(entry);
        return Begin(context, s_create, 201, entry, Body(context, draft.ToProperties(finished: true)));
    }

    private static JsonObject Body(RequestContext context, JsonObject properties)
    {
        JsonObject body = JsonText.NewObject();
        body["name"] = context.Target!.Name;
        body["id"] = context.Target.ToString();
        body["type"] = Type;
        body["location"] = context.Location;
        if (context.Body["tags"] is JsonObject tags) body["tags"] = tags.DeepClone();
        if (context.Body["extendedLocation"] is JsonObject edge) body["extendedLocation"] = edge.DeepClone();
        body["properties"] = properties;
        return body;
    }

    // PATCH, and PUT of what exists: only the tags can change.
    private static ArmResponse Update(RequestContext context)
    {
        ResourceEntry entry = context.Resource;
        TagRules.Check(context.Body.Object("tags"));
        if (entry.ProvisioningState == "Deleting") throw ImageErrors.MarkedForDeletion("Image Update", entry.Name);
        if (context.World.Operations.Pending(entry.Id) is not null) throw ComputeErrors.Conflict();
        ImageChanges.Check(context, entry);
        if (context.Body["tags"] is JsonObject tags)
            SetTags(entry.Body, tags);
        else if (context.Request.Method == "PUT")
            entry.Body.Remove("tags");
        JsonObject finished = entry.Body.Copy();
        entry.ProvisioningState = "Updating";
        return Begin(context, s_update, 200, entry, finished);
    }

    // Tags stand before the properties, as Azure writes them.
    private static void SetTags(JsonObject body, JsonObject tags)
    {
        JsonNode properties = body["properties"]!.DeepClone();
        body.Remove("properties");
        body["tags"] = tags.DeepClone();
        body["properties"] = properties;
    }

    private static ArmResponse Begin(
        RequestContext context, OperationProfile profile, int status, ResourceEntry entry, JsonObject finished)
    {
        JsonObject arguments = JsonText.NewObject();
        arguments["finished"] = finished;
        string location = context.Body.Text("location") ?? entry.Location!;
        LongRunningOperation operation = context.Begin(PutKind, profile, entry.Id, location, arguments);
        return context.Accepted(operation, profile, status, entry.Body.Copy());
    }

    private static ArmResponse Delete(RequestContext context)
    {
        ResourceEntry entry = context.Resource;
        ImageChanges.CheckUnused(context.World, entry);
        GalleryVersions.Lose(context.World, entry);
        // Assumption: as with machines, a deletion takes the place of what still runs.
        context.World.Operations.Preempt(entry.Id);
        LongRunningOperation operation = context.Begin(DeleteKind, s_delete, entry.Id, entry.Location!);
        entry.ProvisioningState = "Deleting";
        return context.Accepted(operation, s_delete, 202);
    }

    private static void Written(OperationContext context)
    {
        JsonObject finished = context.Arguments.Object("finished")!.Copy();
        context.Arguments.Remove("finished");
        if (context.Subject is not { } entry) return;
        entry.Body = finished;
        entry.ProvisioningState = "Succeeded";
    }

    private static void Deleted(OperationContext context) => context.World.Store.Remove(context.Operation.SubjectId);
}
