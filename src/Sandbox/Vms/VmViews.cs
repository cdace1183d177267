using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Guest;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>What a GET or a list shows of a machine.</summary>
internal static class VmViews
{
    // From here on machines have an etag; older versions show none.
    private const string FirstWithEtag = "2024-07-01";

    /// <summary>The machine by <c>$expand</c>, <c>statusOnly</c> and api-version.</summary>
    public static JsonObject Show(RequestContext context, ResourceEntry vm)
    {
        JsonObject body = vm.Body.Copy();
        JsonObject properties = body.Object("properties")!;
        string expand = context.Query["$expand"] ?? string.Empty;
        bool statusOnly = string.Equals(context.Query["statusOnly"], "true", StringComparison.OrdinalIgnoreCase);
        if (statusOnly)
        {
            GuestMachine? guest = VmGuest.Exists(vm) ? VmGuest.At(vm, context.Now).Machine : null;
            properties.Insert(0, "instanceView", new JsonObject { ["statuses"] = VmInstanceView.Statuses(vm, guest) });
        }
        else if (expand.IndexOf("instanceView", StringComparison.OrdinalIgnoreCase) >= 0)
        {
            JsonNode created = properties["timeCreated"]!.DeepClone();
            properties.Remove("timeCreated");
            properties["instanceView"] = VmInstanceView.Of(context.World, vm, context.Now);
            properties["timeCreated"] = created;
        }

        if (expand.IndexOf("userData", StringComparison.OrdinalIgnoreCase) >= 0 && vm.State.Text("userData") is { } user)
            properties["userData"] = user;
        if (string.CompareOrdinal(context.ApiVersion, FirstWithEtag) >= 0) body["etag"] = $"\"{VmChanges.Etag(vm)}\"";
        ResourceEntry[] extensions = [.. context.World.Store.Below(vm.Id).Where(static e => e.Type == VmExtensions.TypeName)];
        if (extensions.Length > 0) body["resources"] = new JsonArray([.. extensions.Select(static e => (JsonNode)e.Body.Copy())]);
        return body;
    }

    /// <summary>GET of the instance view alone.</summary>
    public static ArmResponse InstanceView(RequestContext context) =>
        ArmResponse.Ok(VmInstanceView.Of(context.World, context.Resource, context.Now));

    /// <summary>The machines of a region.</summary>
    public static ArmResponse ListByLocation(RequestContext context)
    {
        string location = VmLookups.Location(context);
        ResourceEntry[] machines = [.. context.World.Store.OfType(VmFacts.Type, context.SubscriptionId)
            .Where(vm => vm.Location == location)];
        return ArmResponse.Ok(ResourceReads.Page(context, machines, vm =>
        {
            JsonObject body = Show(context, vm);
            body["id"] = vm.Id.Replace(
                $"/resourceGroups/{vm.ResourceGroup}/", $"/resourceGroups/{vm.ResourceGroup!.ToUpperInvariant()}/");
            return body;
        }));
    }
}
