using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>Sizes, SKUs and usages: lists that belong to a region.</summary>
internal static class VmLookups
{
    /// <summary>Registers the lists.</summary>
    public static void Register(SandboxRegistry registry, ResourceType machines)
    {
        ResourceType lookups = registry.Add(
            new ResourceType(ComputeSubject.Namespace, "locations/vmSizes", ComputeApiVersions.Compute)
        {
            Tracked = false,
            NeedsLocation = false,
        });
        ResourceType skus = registry.Add(new ResourceType(ComputeSubject.Namespace, "skus", ComputeApiVersions.Skus)
        {
            Tracked = false,
            NeedsLocation = false,
        });
        const string root = "/subscriptions/{subscriptionId}/providers/Microsoft.Compute";
        registry.Map("GET", root + "/locations/{location}/vmSizes", "VirtualMachineSizes_List", lookups, Sizes,
            ComputeRateLimits.GetVM);
        registry.Map("GET", root + "/locations/{location}/usages", "Usage_List", lookups, Usages, ComputeRateLimits.GetVM);
        registry.Map("GET", root + "/locations/{location}/runCommands", "VirtualMachineRunCommands_List", lookups,
            RunCommandDocuments.List, ComputeRateLimits.GetVM);
        registry.Map("GET", root + "/locations/{location}/runCommands/{commandId}", "VirtualMachineRunCommands_Get", lookups,
            RunCommandDocuments.Get, ComputeRateLimits.GetVM);
        registry.Map(
            "GET",
            root + "/locations/{location}/virtualMachines",
            "VirtualMachines_ListByLocation",
            lookups,
            VmViews.ListByLocation,
            ComputeRateLimits.ListVMs);
        registry.Map("GET", root + "/skus", "ResourceSkus_List", skus, Skus);
        registry.Map(
            "GET",
            VmSubject.Path + "/vmSizes",
            "VirtualMachines_ListAvailableSizes",
            machines,
            SizesOfMachine,
            ComputeRateLimits.GetVM,
            needsResource: true);
    }

    /// <summary>The short name of the region in a path.</summary>
    public static string Location(RequestContext context)
    {
        string location = context.Route["location"];
        return Regions.Find(location)?.Name ?? throw GatewayErrors.NoRegisteredProviderFound(
            location,
            context.ApiVersion,
            "locations/vmSizes",
            ComputeApiVersions.Compute,
            Regions.All.Select(static r => r.Name));
    }

    /// <summary>The sizes that a region offers.</summary>
    public static ArmResponse SizesIn(string location) =>
        List(VmSizeCatalogue.Sizes.Where(s => s.IsOfferedIn(location)).Select(VmSizeBodies.Size));

    private static ArmResponse Sizes(RequestContext context) => SizesIn(Location(context));

    private static ArmResponse SizesOfMachine(RequestContext context)
    {
        ResourceEntry vm = context.Resource;
        return List(VmSizeCatalogue.Sizes
            .Where(s => s.IsOfferedIn(vm.Location!) && s.Boots(vm.State.Text("generation") ?? "V1")
                && s.Architecture == (vm.State.Text("architecture") ?? "x64"))
            .Select(VmSizeBodies.Size));
    }

    private static ArmResponse Usages(RequestContext context) => ArmResponse.Ok(new JsonObject
    {
        ["value"] = VmQuota.Usages(context.World, context.SubscriptionId, Location(context)),
    });

    // Without a filter Azure lists every size once for every region.
    private static ArmResponse Skus(RequestContext context)
    {
        Match filter = Regex.Match(
            context.Query["$filter"] ?? string.Empty, @"location\s+eq\s+'(?<name>[^']*)'", RegexOptions.IgnoreCase);
        string wanted = Regions.Normalize(filter.Groups["name"].Value);
        IEnumerable<Region> regions = Regions.All.Where(r => !filter.Success || r.Name == wanted);
        return List(regions.SelectMany(static r => VmSizeCatalogue.Sizes.Select(s =>
            VmSizeBodies.Sku(s, r.Name, r.HasZones ? ["1", "2", "3"] : []))));
    }

    private static ArmResponse List(IEnumerable<JsonObject> items) =>
        ArmResponse.Ok(new JsonObject { ["value"] = new JsonArray([.. items.Select(static i => (JsonNode)i)]) });
}
