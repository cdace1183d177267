using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>How every write in a gallery begins and every deletion goes.</summary>
internal static class GalleryLifecycle
{
    private const string WriteKind = "Galleries.Write";
    private const string DeleteKind = "Galleries.Delete";

    /// <summary>Registers what the operations do when they end.</summary>
    public static void Register(SandboxRegistry registry)
    {
        registry.Effect(WriteKind, new OperationEffect(Written));
        registry.Effect(DeleteKind, new OperationEffect(Deleted) { Failed = Restore });
    }

    /// <summary>Refuses a second write while one goes on.</summary>
    public static void CheckFree(RequestContext context)
    {
        if (context.Existing is { } entry && context.World.Operations.Pending(entry.Id) is not null)
            throw ComputeErrors.Conflict();
    }

    /// <summary>Keeps a new resource and answers 201.</summary>
    public static ArmResponse Create(RequestContext context, ResourceEntry entry, OperationProfile profile)
    {
        context.World.Store.Put(entry);
        return Begin(context, entry, WriteKind, profile, 201);
    }

    /// <summary>Answers a write of a resource whose body is changed already.</summary>
    public static ArmResponse Update(RequestContext context, ResourceEntry entry, OperationProfile profile)
    {
        entry.ProvisioningState = "Updating";
        return Begin(context, entry, WriteKind, profile, UpdateStatus(context));
    }

    /// <summary>Begins an operation on a resource and shows the resource.</summary>
    public static ArmResponse Begin(
        RequestContext context,
        ResourceEntry entry,
        string kind,
        OperationProfile profile,
        int status,
        JsonObject? arguments = null)
    {
        string location = context.Body.Text("location") ?? entry.Location!;
        LongRunningOperation operation = context.Begin(kind, profile, entry.Id, location, arguments);
        OperationProfile announced = profile with { LocationHeader = profile.LocationHeader || status == 202 };
        return context.Accepted(operation, announced, status, ResourceReads.Show(context, entry));
    }

    /// <summary>202 with <c>Location</c> in the first api-version (recorded), 200 since.</summary>
    public static int UpdateStatus(RequestContext context) =>
        context.Request.Method == "PUT" && context.ApiVersion == GalleryApi.First ? 202 : 200;

    /// <summary>Deletes what holds nothing.</summary>
    public static ArmResponse Delete(RequestContext context, OperationProfile profile, string kind = DeleteKind)
    {
        ResourceEntry entry = context.Resource;
        // Assumption: as with machines, a deletion takes the place of what still runs.
        context.World.Operations.Preempt(entry.Id);
        JsonObject arguments = JsonText.NewObject();
        arguments["state"] = entry.ProvisioningState;
        LongRunningOperation operation = context.Begin(kind, profile, entry.Id, entry.Location!, arguments);
        entry.ProvisioningState = "Deleting";
        return context.Accepted(operation, profile, 202);
    }

    /// <summary>Puts back the state that a deletion which failed found.</summary>
    public static void Restore(OperationContext context)
    {
        if (context.Subject is { } entry) entry.ProvisioningState = context.Arguments.Text("state");
    }

    private static void Written(OperationContext context)
    {
        if (context.Subject is { } entry) entry.ProvisioningState = "Succeeded";
    }

    private static void Deleted(OperationContext context)
    {
        string id = context.Operation.SubjectId;
        if (context.World.Store.Remove(id)) NestedResources.Remember(context.World, id);
    }
}
