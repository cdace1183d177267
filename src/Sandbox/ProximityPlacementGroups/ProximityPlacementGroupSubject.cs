using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.AvailabilitySets;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ProximityPlacementGroups;

/// <summary>Proximity placement groups: written at once, 201 for a new one, 200 for one that is there (recorded).</summary>
internal sealed class ProximityPlacementGroupSubject : IResourceSubject
{
    // The lists of a group, with the types they hold.
    private static readonly (string List, string Type)[] s_members =
    [
        ("virtualMachines", VmFacts.Type),
        ("virtualMachineScaleSets", VmFacts.ScaleSetType),
        ("availabilitySets", AvailabilitySetFacts.Type),
    ];

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType(
            ComputeSubject.Namespace, "proximityPlacementGroups", ComputeApiVersions.Compute)
        {
            UpperCaseInSubscriptionLists = true,
            DeletionOrder = 40,
            CheckName = EntityName.Check,
            View = Show,
        });
        registry.Put(type, "ProximityPlacementGroups_CreateOrUpdate", Put, ComputeRateLimits.PutVM);
        registry.Patch(type, "ProximityPlacementGroups_Update", Put, ComputeRateLimits.PutVM);
        registry.Get(type, "ProximityPlacementGroups_Get", ComputeRateLimits.GetVM);
        registry.Delete(type, "ProximityPlacementGroups_Delete", Delete, ComputeRateLimits.DeleteVM);
        registry.ListInGroup(type, "ProximityPlacementGroups_ListByResourceGroup", ComputeRateLimits.GetVM);
        registry.ListInSubscription(type, "ProximityPlacementGroups_ListBySubscription", ComputeRateLimits.ListVMs);
    }

    private static ArmResponse Put(RequestContext context)
    {
        JsonObject properties = ImmediateBody.Settings(context, "proximityPlacementGroupType", "intent");
        properties["proximityPlacementGroupType"] ??= "Standard";
        if (properties.Text("proximityPlacementGroupType") is not ("Standard" or "Ultra"))
            throw ComputeErrors.Invalid("proximityPlacementGroupType");
        if (context.Existing is { } present &&
            properties.Text("proximityPlacementGroupType") != present.Properties.Text("proximityPlacementGroupType"))
        {
            throw ComputeErrors.PropertyChange("proximityPlacementGroupType");
        }

        JsonObject body = ImmediateBody.Write(context, properties, "zones");
        var entry = new ResourceEntry(context.Target!.ToString(), PlacementReference.Type, body);
        context.World.Store.Put(entry);
        return new ArmResponse(context.Existing is null ? 201 : 200, Show(context, entry));
    }

    private static ArmResponse Delete(RequestContext context)
    {
        ResourceEntry group = context.Resource;
        if (s_members.Any(m => PlacementReference.Members(context.World, group.Id, m.Type).Any()))
        {
            // The text is an assumption.
            throw ComputeErrors.NotAllowed(
                $"Proximity Placement Group '{group.Name}' cannot be deleted. Before deleting a Proximity Placement Group " +
                "please ensure that it does not contain any VM, VM Scale Set or Availability Set.");
        }

        context.World.Store.Remove(group.Id);
        return ArmResponse.Ok();
    }

    private static JsonObject Show(RequestContext context, ResourceEntry group)
    {
        JsonObject body = group.Body.Copy();
        bool status = string.Equals(context.Query["includeColocationStatus"], "true", StringComparison.OrdinalIgnoreCase);
        foreach ((string list, string type) in s_members)
        {
            JsonNode[] members = [.. PlacementReference.Members(context.World, group.Id, type)
                .Select(entry => (JsonNode)Member(entry, status))];
            if (members.Length > 0) body.Ensure("properties")[list] = new JsonArray(members);
        }

        if (status) body.Ensure("properties")["colocationStatus"] = Aligned("All resources in the proximity placement group are aligned.");
        return body;
    }

    private static JsonObject Member(ResourceEntry entry, bool status)
    {
        var member = new JsonObject { ["id"] = ResourceId.UpperCaseGroup(entry.Id) };
        if (status) member["colocationStatus"] = Aligned("The resource is aligned.");
        return member;
    }

    // Everything that the sandbox places together is together; the texts are assumptions.
    private static JsonObject Aligned(string message) => new()
    {
        ["code"] = "ColocationStatus/Aligned",
        ["level"] = "Info",
        ["displayStatus"] = "Aligned",
        ["message"] = message,
    };
}
