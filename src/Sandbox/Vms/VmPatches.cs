using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>Assessment and installation of patches. Assumption: there are never any; guests of the sandbox are up to date.</summary>
internal static class VmPatches
{
    private const string AssessKind = "Vms.AssessPatches";
    private const string InstallKind = "Vms.InstallPatches";

    /// <summary>Registers actions and effects.</summary>
    public static void Register(SandboxRegistry registry, ResourceType type)
    {
        RateLimitPolicy update = ComputeRateLimits.UpdateVM;
        registry.Action(type, "assessPatches", "VirtualMachines_AssessPatches", Assess, update);
        registry.Action(type, "installPatches", "VirtualMachines_InstallPatches", Install, update);
        registry.Effect(AssessKind, new OperationEffect(Assessed) { Failed = static _ => { } });
        registry.Effect(InstallKind, new OperationEffect(Installed) { Failed = static _ => { } });
    }

    private static ArmResponse Assess(RequestContext context) => Begin(context, "Assess Patches", AssessKind, VmProfiles.AssessPatches);

    private static ArmResponse Install(RequestContext context)
    {
        if (context.Body.Text("rebootSetting") is not ("IfRequired" or "Never" or "Always"))
            throw context.Body["rebootSetting"] is null ? ComputeErrors.Missing("rebootSetting") : ComputeErrors.Invalid("rebootSetting");
        return Begin(context, "Install Patches", InstallKind, VmProfiles.InstallPatches);
    }

    private static ArmResponse Begin(RequestContext context, string name, string kind, OperationProfile profile)
    {
        ResourceEntry vm = context.Resource;
        VmRules.CheckFree(context, vm, name);
        if (VmFacts.PowerState(vm) != VmFacts.Running) throw VmErrors.NotRunning();
        LongRunningOperation operation = context.Begin(kind, profile, vm.Id, vm.Location!);
        return context.Accepted(operation, profile, 202);
    }

    private static void Assessed(OperationContext context) => context.Operation.Output = new JsonObject
    {
        ["status"] = "Succeeded",
        ["assessmentActivityId"] = context.Operation.Id,
        ["rebootPending"] = false,
        ["criticalAndSecurityPatchCount"] = 0,
        ["otherPatchCount"] = 0,
        ["startDateTime"] = ArmTime.Format(context.Operation.Start),
        ["availablePatches"] = new JsonArray(),
    };

    private static void Installed(OperationContext context) => context.Operation.Output = new JsonObject
    {
        ["status"] = "Succeeded",
        ["installationActivityId"] = context.Operation.Id,
        ["rebootStatus"] = "NotNeeded",
        ["maintenanceWindowExceeded"] = false,
        ["excludedPatchCount"] = 0,
        ["notSelectedPatchCount"] = 0,
        ["pendingPatchCount"] = 0,
        ["installedPatchCount"] = 0,
        ["failedPatchCount"] = 0,
        ["startDateTime"] = ArmTime.Format(context.Operation.Start),
        ["patches"] = new JsonArray(),
    };
}
