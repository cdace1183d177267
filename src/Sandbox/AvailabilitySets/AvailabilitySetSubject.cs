using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.ProximityPlacementGroups;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.AvailabilitySets;

/// <summary>Availability sets. PUT is always answered 200 and at once, also for a new one (55 recorded).</summary>
internal sealed class AvailabilitySetSubject : IResourceSubject
{
    // Documented defaults; the most that any region offers.
    private const int FaultDomains = 2;
    private const int UpdateDomains = 5;
    private const int MostFaultDomains = 3;
    private const int MostUpdateDomains = 20;

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType(
            ComputeSubject.Namespace, "availabilitySets", ComputeApiVersions.Compute)
        {
            UpperCaseInSubscriptionLists = true,
            DeletionOrder = 30,
            CheckName = EntityName.Check,
            View = Show,
        });
        registry.Put(type, "AvailabilitySets_CreateOrUpdate", Write, ComputeRateLimits.PutVM);
        registry.Patch(type, "AvailabilitySets_Update", Write, ComputeRateLimits.PutVM);
        registry.Get(type, "AvailabilitySets_Get", ComputeRateLimits.GetVM);
        registry.Delete(type, "AvailabilitySets_Delete", Delete, ComputeRateLimits.DeleteVM);
        registry.ListInGroup(type, "AvailabilitySets_List", ComputeRateLimits.GetVM);
        registry.ListInSubscription(type, "AvailabilitySets_ListBySubscription", ComputeRateLimits.ListVMs);
        registry.Map(
            "GET",
            "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/" +
            "availabilitySets/{availabilitySetName}/vmSizes",
            "AvailabilitySets_ListAvailableSizes",
            type,
            static context => VmLookups.SizesIn(context.Resource.Location!),
            ComputeRateLimits.GetVM,
            needsResource: true);
    }

    private static ArmResponse Write(RequestContext context)
    {
        JsonObject properties = ImmediateBody.Settings(
            context, "platformUpdateDomainCount", "platformFaultDomainCount", "proximityPlacementGroup");
        properties["platformUpdateDomainCount"] ??= UpdateDomains;
        properties["platformFaultDomainCount"] ??= FaultDomains;
        Check(context, properties);
        PlacementReference.Check(context, properties, context.Location);
        JsonObject body = ImmediateBody.Write(context, properties, "sku");
        body["sku"] ??= new JsonObject { ["name"] = "Classic" };
        var entry = new ResourceEntry(context.Target!.ToString(), AvailabilitySetFacts.Type, body);
        context.World.Store.Put(entry);
        return ArmResponse.Ok(Show(context, entry));
    }

    private static void Check(RequestContext context, JsonObject properties)
    {
        long faults = properties.Number("platformFaultDomainCount") ?? FaultDomains;
        long updates = properties.Number("platformUpdateDomainCount") ?? UpdateDomains;
        if (faults is < 1 or > MostFaultDomains) throw AvailabilitySetErrors.FaultDomains(faults, MostFaultDomains);
        if (updates is < 1 or > MostUpdateDomains) throw AvailabilitySetErrors.UpdateDomains(updates, MostUpdateDomains);
        if (context.Body.Text("sku.name") is { } sku && !Same(sku, "Classic") && !Same(sku, "Aligned"))
            throw ComputeErrors.Invalid("sku.name");
        if (context.Existing is not { } present) return;
        foreach (string name in new[] { "platformFaultDomainCount", "platformUpdateDomainCount" })
        {
            if (properties.Number(name) != present.Properties.Number(name)) throw ComputeErrors.PropertyChange(name);
        }
    }

    private static ArmResponse Delete(RequestContext context)
    {
        ResourceEntry entry = context.Resource;
        if (AvailabilitySetFacts.Machines(context.World, entry.Id).Any()) throw AvailabilitySetErrors.NotEmpty(entry.Name);
        context.World.Store.Remove(entry.Id);
        return ArmResponse.Ok();
    }

    private static JsonObject Show(RequestContext context, ResourceEntry entry)
    {
        JsonObject body = entry.Body.Copy();
        var machines = new JsonArray([.. AvailabilitySetFacts.Machines(context.World, entry.Id)
            .Select(static vm => (JsonNode)new JsonObject { ["id"] = ResourceId.UpperCaseGroup(vm.Id) })]);
        if (machines.Count > 0 || context.Request.Method == "GET") body.Ensure("properties")["virtualMachines"] = machines;
        return body;
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
