using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.ScaleSets;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>What a GET or a list shows of a machine.</summary>
internal static class VmViews
{
    private static readonly Regex s_filter = new(
        @"^\s*'?virtualMachineScaleSet/id'?\s+eq\s+'(?<id>[^']+)'\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    // From here on machines have an etag; older versions show none.
    private const string FirstWithEtag = "2024-07-01";

    /// <summary>Whether a request asks for a part that is not shown otherwise, by <c>$expand</c> or <c>$select</c>.</summary>
    public static bool Expands(RequestContext context, string part) =>
        $"{context.Query["$expand"]},{context.Query["$select"]}".IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>Whether the version of a request is one that shows etags of machines and scale sets.</summary>
    public static bool HasEtag(RequestContext context) => string.CompareOrdinal(context.ApiVersion, FirstWithEtag) >= 0;

    /// <summary>The machine by <c>$expand</c>, <c>statusOnly</c> and api-version.</summary>
    public static JsonObject Show(RequestContext context, ResourceEntry vm)
    {
        JsonObject body = vm.Body.Copy();
        JsonObject properties = body.Object("properties")!;
        bool statusOnly = string.Equals(context.Query["statusOnly"], "true", StringComparison.OrdinalIgnoreCase);
        if (statusOnly)
        {
            JsonArray statuses = VmInstanceView.Statuses(vm, context.Now);
            properties.Insert(0, "instanceView", new JsonObject { ["statuses"] = statuses });
        }
        else if (Expands(context, "instanceView"))
        {
            JsonNode created = properties["timeCreated"]!.DeepClone();
            properties.Remove("timeCreated");
            properties["instanceView"] = VmInstanceView.Of(context.World, vm, context.Now);
            properties["timeCreated"] = created;
        }

        if (Expands(context, "userData") && vm.State.Text("userData") is { } user)
            properties["userData"] = user;
        if (HasEtag(context)) body["etag"] = $"\"{VmChanges.Etag(vm)}\"";
        ResourceEntry[] extensions = [.. InstanceExtensions.Of(context.World, vm)];
        bool listed = context.Operation.Name.StartsWith("VirtualMachines_List", StringComparison.Ordinal);
        if (extensions.Length > 0)
        {
            // A list names them only (recorded in 2018).
            body["resources"] = new JsonArray([.. extensions.Select(e => (JsonNode)(listed ? new JsonObject { ["id"] = e.Id } : e.Body.Copy()))]);
        }

        if (vm.ProvisioningState == "Creating") VmBodies.HideSizes(vm, properties);
        if (VmFacts.PowerState(vm) == VmFacts.Deallocated) HideDisks(properties);
        return body;
    }

    /// <summary>The only filter of machines: those of a flexible scale set, <c>'virtualMachineScaleSet/id' eq '…'</c>.</summary>
    public static Func<ResourceEntry, bool> Filter(RequestContext context)
    {
        string filter = context.Query["$filter"] ?? string.Empty;
        if (filter.Length == 0) return static _ => true;
        Match match = s_filter.Match(filter);
        if (!match.Success) throw ComputeErrors.Invalid("$filter");
        string set = match.Groups["id"].Value;
        return vm => string.Equals(
            vm.Body.Text("properties.virtualMachineScaleSet.id"), set, StringComparison.OrdinalIgnoreCase);
    }

    // A deallocated machine knows its managed disks by their ids only: they can have changed (recorded seven times, 2020 to 2024).
    private static void HideDisks(JsonObject properties)
    {
        IEnumerable<JsonObject> disks = properties.Items("storageProfile.dataDisks");
        if (properties.Object("storageProfile.osDisk") is { } system) disks = disks.Append(system);
        foreach (JsonObject disk in disks)
        {
            if (disk.Object("managedDisk") is not { } managed) continue;
            managed.Remove("storageAccountType");
            disk.Remove("diskSizeGB");
        }
    }

    /// <summary>GET of the instance view alone.</summary>
    public static ArmResponse InstanceView(RequestContext context) =>
        ArmResponse.Ok(VmInstanceView.Of(context.World, context.Resource, context.Now));

    /// <summary>The machines of a region.</summary>
    public static ArmResponse ListByLocation(RequestContext context)
    {
        string location = VmLookups.Location(context);
        var page = ListPage.Of(context);
        IEnumerable<ResourceEntry> machines =
            context.World.Store.OfTypeAfter(page.After, VmFacts.Type, context.SubscriptionId, null).Where(vm => vm.Location == location);
        return ArmResponse.Ok(page.Fill(machines, vm =>
        {
            JsonObject body = Show(context, vm);
            body["id"] = vm.Id.Replace(
                $"/resourceGroups/{vm.ResourceGroup}/", $"/resourceGroups/{vm.ResourceGroup!.ToUpperInvariant()}/");
            return body;
        }));
    }
}
