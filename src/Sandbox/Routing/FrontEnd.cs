using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.Moves;
using ImageCmdlets.Sandbox.Providers;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Routing;

/// <summary>What ARM's front end checks before a provider sees the request.</summary>
internal static class FrontEnd
{
    /// <summary>The subscription must be a GUID and exist.</summary>
    public static void CheckSubscription(SandboxWorld world, ArmPath path)
    {
        if (path.SubscriptionId is not { } id) return;
        if (!Guid.TryParse(id, out _)) throw GatewayErrors.InvalidSubscriptionId(id);
        if (world.Store.Find($"/subscriptions/{id}") is null) throw GatewayErrors.SubscriptionNotFound(id);
    }

    /// <summary>A provider that the subscription has not registered takes no writes.</summary>
    public static void CheckRegistration(SandboxWorld world, RequestContext context)
    {
        string name = context.Operation.Type.Namespace;
        if (context.Request.Method is "GET" or "HEAD" or "DELETE" || name == "Microsoft.Resources") return;
        if (ProviderSubject.State(world, $"/subscriptions/{context.SubscriptionId}", name) != "Registered")
            throw GatewayErrors.SubscriptionNotRegistered(name);
    }

    /// <summary>The group of a resource must exist, and must not be going away when the request writes.</summary>
    public static void CheckGroup(RequestContext context)
    {
        if (context.Path.ResourceGroup is not { } name || context.Operation.Type.FullName == ResourceStore.GroupType) return;
        if (context.Group is not { } group) throw GatewayErrors.ResourceGroupNotFound(name);
        if (context.Request.Method is "PUT" or "PATCH" && group.ProvisioningState == "Deleting")
            throw GatewayErrors.ResourceGroupBeingDeleted(group.Name);
        if (context.Request.Method is not ("GET" or "HEAD")) GroupMoves.CheckStill(group);
    }

    /// <summary>A resource that an operation reads, changes or acts on must exist.</summary>
    public static void CheckResource(RequestContext context)
    {
        if (!context.Operation.NeedsResource || context.Existing is not null || context.Target is null) return;
        throw context.Operation.Type.Missing?.Invoke(context) ??
            GatewayErrors.ResourceNotFound(context.Target.TypeAndNames, context.Group?.Name ?? string.Empty);
    }

    /// <summary>What a PUT of a tracked resource must hold whatever its type.</summary>
    public static void CheckPut(RequestContext context)
    {
        ResourceType type = context.Operation.Type;
        if (context.Request.Method is "PUT" or "PATCH" && (type.Tracked || type.FullName == ResourceStore.GroupType)) Envelope.Check(context.Body, context.Request.Body);
        if (context.Request.Method != "PUT" || !type.Tracked || context.Target is not { } target) return;
        if (target.Parent is { } parent && context.World.Store.Find(parent.ToString()) is null)
            throw GatewayErrors.ParentResourceNotFound(string.Join("/", parent.Names));
        if (type.NeedsLocation) CheckLocation(context, type, target);
        if (context.Existing is null) type.CheckName?.Invoke(target.Name);
    }

    private static void CheckLocation(RequestContext context, ResourceType type, ResourceId target)
    {
        string? location = context.Body.Text("location");
        if (string.IsNullOrWhiteSpace(location)) throw GatewayErrors.LocationRequired();
        if (Regions.Find(location!) is not { } region)
            throw GatewayErrors.LocationNotAvailable(location!, type.FullName, Regions.All.Select(static r => r.Name));
        if (context.Existing is { Location: { } present } && Regions.Normalize(present) != region.Name)
            throw GatewayErrors.InvalidResourceLocation(target.Name, present, context.Group!.Name, region.Name);
    }
}
