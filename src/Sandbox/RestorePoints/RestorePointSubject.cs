using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.RestorePoints;

/// <summary>Restore point collections, written at once (201, 200), and the restore points in them.</summary>
internal sealed class RestorePointSubject : IResourceSubject
{
    private const string Type = "Microsoft.Compute/restorePointCollections";
    private const string DeleteKind = "RestorePoints.DeleteCollection";

    // Recorded.
    private static readonly OperationProfile s_delete = RestorePointWrite.Action(0.1);

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType(
            ComputeSubject.Namespace, "restorePointCollections", ComputeApiVersions.Compute)
        {
            UpperCaseInSubscriptionLists = true,
            DeletionOrder = 10,
            CheckName = EntityName.Check,
            View = Show,
        });
        registry.Put(type, "RestorePointCollections_CreateOrUpdate", Write, ComputeRateLimits.PutVM);
        registry.Patch(type, "RestorePointCollections_Update", Write, ComputeRateLimits.UpdateVM);
        registry.Get(type, "RestorePointCollections_Get", ComputeRateLimits.GetVM);
        registry.Delete(type, "RestorePointCollections_Delete", Delete, ComputeRateLimits.DeleteVM);
        registry.ListInGroup(type, "RestorePointCollections_List", ComputeRateLimits.GetVM);
        registry.ListInSubscription(type, "RestorePointCollections_ListAll", ComputeRateLimits.ListVMs);
        registry.Effect(DeleteKind, new OperationEffect(Deleted));
        RestorePointWrite.Register(registry);
    }

    private static ArmResponse Write(RequestContext context)
    {
        JsonObject properties = context.Existing?.Properties.Copy() ?? JsonText.NewObject();
        string? id = context.Body.Text("properties.source.id");
        if (context.Existing is null) properties["source"] = Source(context, id ?? throw ComputeErrors.Missing("source.id"));
        else if (id is not null && !Same(id, properties.Text("source.id"))) throw ComputeErrors.PropertyChange("source");
        properties["provisioningState"] = "Succeeded";
        properties["restorePointCollectionId"] ??= context.World.Ids.NextGuid($"rpc|{context.Target}");
        JsonObject body = ImmediateBody.Write(context, properties);
        var entry = new ResourceEntry(context.Target!.ToString(), Type, body);
        context.World.Store.Put(entry);
        return new ArmResponse(context.Existing is null ? 201 : 200, body.Copy());
    }

    // A machine, or a collection of another region whose points are to be copied.
    private static JsonObject Source(RequestContext context, string id)
    {
        LinkedResource.Parse(context, id, "properties.source.id");
        ResourceEntry source = context.World.Store.Find(id, VmFacts.Type) ?? context.World.Store.Find(id, Type)
            ?? throw ComputeErrors.NotFound($"The entity with id '{id}' was not found.");
        if (source.Type == VmFacts.Type && source.Location != context.Location)
            throw ComputeErrors.Invalid("location");
        return new JsonObject { ["id"] = source.Id, ["location"] = source.Location };
    }

    private static ArmResponse Delete(RequestContext context)
    {
        context.Resource.ProvisioningState = "Deleting";
        LongRunningOperation operation = context.Begin(DeleteKind, s_delete, context.Resource.Id, context.Resource.Location!);
        return context.Accepted(operation, s_delete, 202);
    }

    private static void Deleted(OperationContext context)
    {
        if (context.Subject is not { } collection) return;
        foreach (ResourceEntry point in context.World.Store.Below(collection.Id).ToArray()) context.World.Store.Remove(point.Id);
        context.World.Store.Remove(collection.Id);
    }

    private static JsonObject Show(RequestContext context, ResourceEntry collection)
    {
        JsonObject body = collection.Body.Copy();
        if (!VmViews.Expands(context, "restorePoints")) return body;
        body.Object("properties")!["restorePoints"] = new JsonArray(
            [.. context.World.Store.Below(collection.Id).Select(static point => (JsonNode)point.Body.Copy())]);
        return body;
    }

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
