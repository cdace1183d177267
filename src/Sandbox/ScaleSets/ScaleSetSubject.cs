using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>Scale sets, uniform and flexible, with their instances, upgrades and extensions.</summary>
internal sealed class ScaleSetSubject : IResourceSubject
{
    /// <summary>Path of a set.</summary>
    public const string Path = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/" +
        "Microsoft.Compute/virtualMachineScaleSets/{vmScaleSetName}";

    private const string DeleteKind = "ScaleSets.DeleteSet";
    private const string OrchestrationKind = "ScaleSets.Orchestration";

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType(
            ComputeSubject.Namespace, "virtualMachineScaleSets", ComputeApiVersions.Compute)
        {
            UpperCaseInSubscriptionLists = true,
            DeletionOrder = 20,
            DeletionTime = ScaleSetProfiles.Delete.Duration,
            CheckName = EntityName.Check,
            View = ScaleSetViews.Show,
        });
        RateLimitPolicy get = ComputeRateLimits.GetVM;
        registry.Put(type, "VirtualMachineScaleSets_CreateOrUpdate", ScaleSetWrite.Put, ComputeRateLimits.PutVM);
        registry.Patch(type, "VirtualMachineScaleSets_Update", ScaleSetWrite.Update, ComputeRateLimits.UpdateVM);
        registry.Get(type, "VirtualMachineScaleSets_Get", get);
        registry.Delete(type, "VirtualMachineScaleSets_Delete", Delete, ComputeRateLimits.DeleteVM);
        registry.ListInGroup(type, "VirtualMachineScaleSets_List", ComputeRateLimits.ListVMs);
        registry.ListInSubscription(type, "VirtualMachineScaleSets_ListAll", ComputeRateLimits.ListVMs);
        registry.Map(
            "GET",
            "/subscriptions/{subscriptionId}/providers/Microsoft.Compute/locations/{location}/virtualMachineScaleSets",
            "VirtualMachineScaleSets_ListByLocation",
            registry.FindType("Microsoft.Compute/locations/vmSizes")!,
            ScaleSetViews.ListByLocation,
            ComputeRateLimits.ListVMs);
        Read(registry, type, "instanceView", "VirtualMachineScaleSets_GetInstanceView", ScaleSetViews.InstanceView);
        Read(registry, type, "skus", "VirtualMachineScaleSets_ListSkus", ScaleSetViews.Skus);
        Read(registry, type, "osUpgradeHistory", "VirtualMachineScaleSets_GetOSUpgradeHistory", ScaleSetViews.UpgradeHistory);
        RegisterSmallActions(registry, type);
        ScaleSetActions.Register(registry, type);
        ScaleSetUpgrades.Register(registry, type);
        ScaleSetEnd.Register(registry);
        RollingUpgrade.Register(registry);
        ScaleSetExtensions.Register(registry);
        InstanceEndpoints.Register(registry);
        registry.Effect(DeleteKind, new OperationEffect(Deleted));
    }

    private static void RegisterSmallActions(SandboxRegistry registry, ResourceType type)
    {
        RateLimitPolicy update = ComputeRateLimits.UpdateVM;
        registry.Action(
            type,
            "forceRecoveryServiceFabricPlatformUpdateDomainWalk",
            "VirtualMachineScaleSets_ForceRecoveryServiceFabricPlatformUpdateDomainWalk",
            Walk,
            update);
        registry.Action(
            type,
            "convertToSinglePlacementGroup",
            "VirtualMachineScaleSets_ConvertToSinglePlacementGroup",
            Convert,
            update);
        registry.Action(
            type,
            "setOrchestrationServiceState",
            "VirtualMachineScaleSets_SetOrchestrationServiceState",
            Orchestrate,
            update);
        registry.Effect(OrchestrationKind, new OperationEffect(static context =>
        {
            if (context.Subject is { } set) set.State["repairs"] = context.Arguments.Text("state");
        }));
    }

    private static void Read(
        SandboxRegistry registry, ResourceType type, string part, string name, Func<RequestContext, ArmResponse> handler) =>
        registry.Map("GET", $"{Path}/{part}", name, type, handler, ComputeRateLimits.GetVM, needsResource: true);

    private static ArmResponse Delete(RequestContext context)
    {
        ResourceEntry set = context.Resource;
        // A deletion takes the place of whatever runs.
        context.World.Operations.Preempt(set.Id);
        InstanceRemoval.Begin(context.World, ScaleSetFacts.Instances(context.World, set));
        VmChanges.Begin(set, "Deleting");
        LongRunningOperation operation = context.Begin(DeleteKind, ScaleSetProfiles.Delete, set.Id, set.Location!);
        return context.Accepted(operation, ScaleSetProfiles.Delete, 202);
    }

    private static void Deleted(OperationContext context)
    {
        if (context.Subject is not { } set) return;
        foreach (ResourceEntry instance in ScaleSetFacts.Instances(context.World, set))
            InstanceRemoval.Remove(context.World, instance);
        foreach (ResourceEntry child in context.World.Store.Below(set.Id).ToArray()) context.World.Store.Remove(child.Id);
        context.World.Store.Remove(set.Id);
    }

    // Recorded three times with a body and at once; there are five update domains.
    private static ArmResponse Walk(RequestContext context)
    {
        if (!int.TryParse(context.Query["platformUpdateDomain"], out int domain))
            throw ComputeErrors.Missing("platformUpdateDomain");
        var body = new JsonObject { ["walkPerformed"] = domain < 5 };
        if (domain + 1 < 5) body["nextPlatformUpdateDomain"] = domain + 1;
        return ArmResponse.Ok(body);
    }

    private static ArmResponse Convert(RequestContext context)
    {
        ResourceEntry set = context.Resource;
        ScaleSetRules.CheckFree(context.World, set);
        if (ScaleSetFacts.Capacity(set) > 100) throw ScaleSetErrors.Capacity(ScaleSetFacts.Capacity(set), 100);
        set.Properties["singlePlacementGroup"] = true;
        return ArmResponse.Ok();
    }

    private static ArmResponse Orchestrate(RequestContext context)
    {
        ResourceEntry set = context.Resource;
        if (context.Body.Text("serviceName") != "AutomaticRepairs") throw ComputeErrors.Invalid("serviceName");
        string state = context.Body.Text("action") switch
        {
            "Resume" => "Running",
            "Suspend" => "Suspended",
            _ => throw ComputeErrors.Invalid("action"),
        };
        ScaleSetRules.CheckFree(context.World, set);
        JsonObject arguments = JsonText.NewObject();
        arguments["state"] = state;
        OperationProfile profile = ScaleSetProfiles.Orchestration;
        LongRunningOperation operation = context.Begin(OrchestrationKind, profile, set.Id, set.Location!, arguments);
        return context.Accepted(operation, profile, 202);
    }
}
