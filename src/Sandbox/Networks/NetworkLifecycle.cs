using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Tags;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>What all resources of Network have in common: how they are made, updated, tagged and deleted.</summary>
internal static class NetworkLifecycle
{
    private const string UpdateKind = "Networks.Update";
    private const string DeleteKind = "Networks.Delete";
    private const string Child = "child";

    public static void Register(SandboxRegistry registry)
    {
        registry.Effect(UpdateKind, new OperationEffect(Updated));
        registry.Effect(DeleteKind, new OperationEffect(Deleted));
    }

    /// <summary>Declares the seven operations that every top-level resource of Network has, under the specification's names.</summary>
    public static void RegisterTopLevel(
        SandboxRegistry registry, ResourceType type, string group, Func<RequestContext, ArmResponse> put, Func<RequestContext, ArmResponse> delete)
    {
        registry.Add(type);
        registry.Put(type, $"{group}_CreateOrUpdate", put);
        registry.Patch(type, $"{group}_UpdateTags", PatchTags);
        registry.Get(type, $"{group}_Get");
        registry.Delete(type, $"{group}_Delete", delete);
        registry.ListInGroup(type, $"{group}_List");
        registry.ListInSubscription(type, $"{group}_ListAll");
    }

    /// <summary>
    /// Keeps a top-level resource with new properties. A running operation gives way: Network lets a later write supersede
    /// an earlier one.
    /// </summary>
    public static ResourceEntry Store(RequestContext context, JsonObject properties)
    {
        TagRules.Check(context.Body.Object("tags"));
        string id = context.Target!.ToString();
        context.World.Operations.Preempt(id);
        ResourceEntry? present = context.Existing;
        properties["resourceGuid"] =
            present?.Body.Text("properties.resourceGuid") ?? context.World.Ids.NextGuid($"resourceGuid|{id}");
        JsonObject body = JsonText.NewObject();
        body["name"] = context.Target.Name;
        body["id"] = id;
        body["etag"] = null;
        body["type"] = context.Operation.Type.FullName;
        body["location"] = context.Location;
        if (context.Body.Object("tags") is { } tags) body["tags"] = tags.Copy();
        body["properties"] = properties;
        var entry = new ResourceEntry(id, context.Operation.Type.FullName, body, present?.State);
        context.World.Store.Put(entry);
        Renew(context.World, entry);
        return entry;
    }

    /// <summary>Answers the PUT of a resource that has been stored: 201, or 200 when it was there before.</summary>
    /// <param name="context">The request.</param>
    /// <param name="entry">The resource.</param>
    /// <param name="profile">How the operation is announced.</param>
    /// <param name="location">Region of a resource that has none of its own.</param>
    public static ArmResponse Announce(
        RequestContext context, ResourceEntry entry, OperationProfile profile, string? location = null)
    {
        // The address of the operation keeps the region as the client wrote it.
        string region = context.Body.Text("location") ?? location ?? entry.Location!;
        LongRunningOperation operation = context.Begin(UpdateKind, profile, entry.Id, region);
        return context.Accepted(operation, profile, context.Existing is null ? 201 : 200, ResourceReads.Show(context, entry));
    }

    /// <summary>Answers the PUT of a child. Meanwhile the parent is Updating too, and takes no other write of a child.</summary>
    public static ArmResponse PutChild(
        RequestContext context, ResourceEntry parent, ResourceEntry child, OperationProfile profile)
    {
        parent.ProvisioningState = "Updating";
        child.ProvisioningState = "Updating";
        Renew(context.World, parent);
        LongRunningOperation operation = context.Begin(UpdateKind, profile, parent.Id, parent.Location!);
        return context.Accepted(
            operation, profile, context.Existing is null ? 201 : 200, ResourceReads.Show(context, child));
    }

    /// <summary>Refuses the write of a child while its parent is being changed.</summary>
    /// <exception cref="Errors.ArmException">409 AnotherOperationInProgress.</exception>
    public static void CheckFree(RequestContext context, ResourceEntry parent)
    {
        if (context.World.Operations.Pending(parent.Id) is not { } running) return;
        string root = context.Request.Uri.GetLeftPart(UriPartial.Authority);
        throw NetworkErrors.AnotherOperationInProgress(
            $"{root}/subscriptions/{context.SubscriptionId}/providers/{NetworkTypes.Namespace}/locations/{parent.Location}" +
            $"/operations/{running.Id}?api-version={context.ApiVersion}");
    }

    /// <summary>Answers the DELETE of a top-level resource that nothing uses.</summary>
    public static ArmResponse Delete(RequestContext context)
    {
        ResourceEntry entry = context.Resource;
        context.World.Operations.Preempt(entry.Id);
        entry.ProvisioningState = "Deleting";
        return Delete(context, entry, JsonText.NewObject());
    }

    /// <summary>Answers the DELETE of a child that nothing uses.</summary>
    public static ArmResponse DeleteChild(RequestContext context, ResourceEntry parent)
    {
        parent.ProvisioningState = "Updating";
        context.Resource.ProvisioningState = "Deleting";
        return Delete(context, parent, new JsonObject { [Child] = context.Resource.Id });
    }

    /// <summary>PATCH of the tags, at once.</summary>
    public static ArmResponse PatchTags(RequestContext context)
    {
        JsonObject tags = context.Body.Object("tags") ?? JsonText.NewObject();
        TagRules.Check(tags);
        context.Resource.Body["tags"] = tags.DeepClone();
        Renew(context.World, context.Resource);
        return ArmResponse.Ok(ResourceReads.Show(context, context.Resource));
    }

    /// <summary>A new etag.</summary>
    public static void Renew(SandboxWorld world, ResourceEntry entry) =>
        entry.Body["etag"] = $"W/\"{world.Ids.NextGuid($"etag|{entry.Id}")}\"";

    /// <summary>Takes a resource and its children out of the world, their ties to others included.</summary>
    public static void Remove(SandboxWorld world, ResourceEntry entry)
    {
        foreach (ResourceEntry child in NetworkChildren.Of(world, entry)) Remove(world, child);
        world.Registry.FindType(entry.Type)?.Removed?.Invoke(world, entry);
        world.Store.Remove(entry.Id);
    }

    private static ArmResponse Delete(RequestContext context, ResourceEntry subject, JsonObject arguments)
    {
        OperationProfile profile = NetworkProfiles.Delete;
        LongRunningOperation operation = context.Begin(DeleteKind, profile, subject.Id, subject.Location!, arguments);
        return context.Accepted(operation, profile, 202);
    }

    private static void Updated(OperationContext context)
    {
        // An interface was Succeeded from the start; its etag stays what its PUT said.
        if (context.Subject is not { } entry || entry.ProvisioningState == "Succeeded") return;
        Settle(context.World, entry);
    }

    private static void Deleted(OperationContext context)
    {
        if (context.Subject is not { } entry) return;
        if (context.Arguments.Text(Child) is not { } child)
        {
            Remove(context.World, entry);
            return;
        }

        if (context.World.Store.Find(child) is { } gone) Remove(context.World, gone);
        Settle(context.World, entry);
    }

    private static void Settle(SandboxWorld world, ResourceEntry entry)
    {
        entry.ProvisioningState = "Succeeded";
        foreach (ResourceEntry child in NetworkChildren.Of(world, entry)) child.ProvisioningState = "Succeeded";
        if (entry.Type == NetworkTypes.PublicIPAddresses) PublicAddresses.Provisioned(world, entry);
        Renew(world, entry);
    }
}
