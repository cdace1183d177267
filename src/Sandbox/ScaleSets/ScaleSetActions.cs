using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>Actions on a set that reach all its instances, or those that the request names.</summary>
internal static class ScaleSetActions
{
    private const string InstancesKey = "instances";

    /// <summary>Registers actions and effects.</summary>
    public static void Register(SandboxRegistry registry, ResourceType type)
    {
        Add(registry, type, "start", "Start", VmTransitions.Start);
        Add(registry, type, "powerOff", "PowerOff", VmTransitions.PowerOff);
        Add(registry, type, "deallocate", "Deallocate", VmTransitions.Deallocate);
        Add(registry, type, "restart", "Restart", VmTransitions.Restart, running: true);
        Add(registry, type, "redeploy", "Redeploy", VmTransitions.Restart, running: true);
        Add(registry, type, "reimage", "Reimage", VmTransitions.Reimage);
        Add(registry, type, "reimageall", "ReimageAll", VmTransitions.Reimage);
        Add(registry, type, "reapply", "Reapply", static (_, instance, now) => VmChanges.Finish(instance, now));
        RateLimitPolicy update = ComputeRateLimits.UpdateVM;
        registry.Action(type, "manualupgrade", "VirtualMachineScaleSets_UpdateInstances", ManualUpgrade, update);
        registry.Action(type, "delete", "VirtualMachineScaleSets_DeleteInstances", Delete, ComputeRateLimits.DeleteVM);
        registry.Action(type, "performMaintenance", "VirtualMachineScaleSets_PerformMaintenance", Maintain, update);
        Effect(registry, "manualupgrade", Upgraded);
        Effect(registry, "delete", Deleted);
    }

    private static void Add(
        SandboxRegistry registry,
        ResourceType type,
        string action,
        string name,
        Action<SandboxWorld, ResourceEntry, DateTimeOffset> transition,
        bool running = false)
    {
        registry.Action(
            type,
            action,
            $"VirtualMachineScaleSets_{name}",
            context => Begin(context, action, name, running),
            action == "deallocate" ? ComputeRateLimits.DeleteVM : ComputeRateLimits.UpdateVM);
        Effect(registry, action, context =>
        {
            foreach (ResourceEntry instance in Targets(context)) transition(context.World, instance, context.Now);
        });
    }

    private static ArmResponse Begin(RequestContext context, string action, string name, bool running)
    {
        ResourceEntry[] targets = Targets(context, $"{name}.POST", required: false, "instanceIds");
        // What is off has nothing to restart.
        if (running) targets = [.. targets.Where(static i => VmFacts.PowerState(i) == VmFacts.Running)];
        return Accept(context, action, ScaleSetProfiles.Of(action), targets, "Updating");
    }

    private static ArmResponse ManualUpgrade(RequestContext context)
    {
        ResourceEntry set = context.Resource;
        ResourceEntry[] targets = Targets(context, "ManualUpgrade.POST", required: true, "upgradePolicies.instanceIds");
        OperationProfile profile = ScaleSetProfiles.ManualUpgrade;
        foreach (ResourceEntry instance in targets.Where(i => !ScaleSetFacts.IsLatest(set, i)))
        {
            TimeSpan duration = InstanceUpgrade.Apply(context.World, set, instance, context.Now);
            if (duration > profile.Duration) profile = profile with { Duration = duration };
        }

        return Accept(context, "manualupgrade", profile, targets, "Updating");
    }

    private static ArmResponse Delete(RequestContext context)
    {
        ResourceEntry[] targets = Targets(context, "DeleteInstances.POST", required: true, "instanceIds", protectedToo: true);
        InstanceRemoval.Begin(context.World, targets);
        return Accept(context, "delete", ScaleSetProfiles.DeleteInstances, targets, "Deleting");
    }

    // Azure offers it only while it plans maintenance of its own (recorded: always refused).
    private static ArmResponse Maintain(RequestContext context)
    {
        ResourceEntry[] targets = Targets(context, "PerformMaintenance.POST", required: false, "instanceIds");
        throw ScaleSetErrors.MaintenanceNotEligible(targets.FirstOrDefault()?.Name ?? context.Resource.Name);
    }

    private static ArmResponse Accept(
        RequestContext context, string action, OperationProfile profile, ResourceEntry[] targets, string state)
    {
        ResourceEntry set = context.Resource;
        foreach (ResourceEntry instance in targets) VmChanges.Begin(instance, state);
        VmChanges.Begin(set, "Updating");
        JsonObject arguments = JsonText.NewObject();
        arguments[InstancesKey] = new JsonArray([.. targets.Select(static i => (JsonNode)i.Id)]);
        LongRunningOperation operation = context.Begin($"ScaleSets.{action}", profile, set.Id, set.Location!, arguments);
        return context.Accepted(operation, profile, 202);
    }

    private static ResourceEntry[] Targets(
        RequestContext context, string operation, bool required, string target, bool protectedToo = false)
    {
        ResourceEntry set = context.Resource;
        if (ScaleSetFacts.IsFlexible(set)) throw ScaleSetErrors.NotForFlexible(operation, set.Name);
        ScaleSetRules.CheckFree(context.World, set);
        if (required && context.Body.Array("instanceIds") is not { Count: > 0 }) throw ComputeErrors.Missing("instanceIds");
        string[] asked = [.. context.Body.Array("instanceIds")?.Select(static id => id?.ToString() ?? string.Empty) ?? []];
        if (asked.Contains("*") && asked.Length > 1) throw ScaleSetErrors.StarWithOthers(target);
        ResourceEntry[] active =
            [.. ScaleSetFacts.Instances(context.World, set).Where(static i => i.ProvisioningState != "Deleting")];
        bool all = asked.Length == 0 || asked[0] == "*";
        if (asked.FirstOrDefault(id => !all && active.All(i => ScaleSetFacts.InstanceId(i) != id)) is { } unknown)
            throw ScaleSetErrors.NotActive(unknown);
        // Naming an instance overrides no protection but that from deletion (documented).
        ResourceEntry[] targets = [.. active.Where(i => (all || asked.Contains(ScaleSetFacts.InstanceId(i)))
            && (protectedToo || !Protection.FromActions(i)))];
        if (targets.Any(i => context.World.Operations.Pending(i.Id) is not null)) throw ComputeErrors.Conflict();
        return targets;
    }

    private static void Effect(SandboxRegistry registry, string action, Action<OperationContext> ended) =>
        registry.Effect($"ScaleSets.{action}", new OperationEffect(context =>
        {
            ended(context);
            if (context.Subject is { } set && context.Failure is null) VmChanges.Finish(set, context.Now);
        })
        {
            Failed = static context =>
            {
                foreach (ResourceEntry instance in Targets(context).Where(static i => i.ProvisioningState is "Updating" or "Deleting"))
                    VmChanges.Fail(instance, context);
                if (context.Subject is { } set) VmChanges.Fail(set, context);
            },
        });

    private static void Upgraded(OperationContext context)
    {
        ArmError? failure = null;
        foreach (ResourceEntry instance in Targets(context)) failure = ScaleSetEnd.Finish(context.World, instance, context.Now) ?? failure;
        if (failure is not null) context.Fail(failure);
    }

    private static void Deleted(OperationContext context)
    {
        foreach (ResourceEntry instance in Targets(context)) InstanceRemoval.Remove(context.World, instance);
        if (context.Subject is { } set) set.Body.Ensure("sku")["capacity"] = ScaleSetFacts.Instances(context.World, set).Count;
    }

    private static IEnumerable<ResourceEntry> Targets(OperationContext context) => [.. context.Arguments.Array(InstancesKey)!
        .Select(id => context.World.Store.Find(id!.ToString())).OfType<ResourceEntry>()];
}
