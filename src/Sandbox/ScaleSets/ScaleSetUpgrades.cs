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

/// <summary>Rolling upgrades that are asked for: of operating systems, of extensions; and their end before time.</summary>
internal static class ScaleSetUpgrades
{
    private const string StartKind = "ScaleSets.StartUpgrade";
    private const string CancelKind = "ScaleSets.CancelUpgrade";

    /// <summary>Registers operations and effects.</summary>
    public static void Register(SandboxRegistry registry, ResourceType type)
    {
        const string group = "VirtualMachineScaleSetRollingUpgrades";
        RateLimitPolicy update = ComputeRateLimits.UpdateVM;
        registry.Action(type, "osRollingUpgrade", $"{group}_StartOSUpgrade", StartOs, update);
        registry.Action(type, "extensionRollingUpgrade", $"{group}_StartExtensionUpgrade", StartExtensions, update);
        ResourceType upgrades = registry.Add(new ResourceType(
            ComputeSubject.Namespace, "virtualMachineScaleSets/rollingUpgrades", ComputeApiVersions.Compute)
        {
            Tracked = false,
            NeedsLocation = false,
        });
        const string path = ScaleSetSubject.Path + "/rollingUpgrades";
        registry.Map(
            "GET", $"{path}/latest", $"{group}_GetLatest", upgrades, ScaleSetViews.LatestUpgrade, ComputeRateLimits.GetVM);
        registry.Map("POST", $"{path}/cancel", $"{group}_Cancel", upgrades, Cancel, update);
        registry.Effect(StartKind, new OperationEffect(static _ => { }) { Failed = static _ => { } });
        registry.Effect(CancelKind, new OperationEffect(Cancelled) { Failed = static _ => { } });
    }

    private static ArmResponse StartOs(RequestContext context)
    {
        ResourceEntry set = context.Resource;
        CheckStart(context, "OsRollingUpgrade.POST");
        JsonObject? reference = set.Body.Object($"{ScaleSetFacts.ProfilePath}.storageProfile.imageReference");
        if (!ScaleSetModel.FollowsLatest(reference)) throw ScaleSetErrors.OsUpgradeNeedsLatest();
        VmSource source = VmSources.Resolve(ScaleSetModel.AsMachine(context, set.Body));
        ScaleSetModel.MoveOn(context.World, set, source, isSame: true);
        RollingUpgrade.Start(context.World, set, "os");
        return Accept(context, context.Resource, StartKind, ScaleSetProfiles.StartUpgrade);
    }

    private static ArmResponse StartExtensions(RequestContext context)
    {
        CheckStart(context, "ExtensionRollingUpgrade.POST");
        RollingUpgrade.Start(context.World, context.Resource, "extension");
        return Accept(context, context.Resource, StartKind, ScaleSetProfiles.StartUpgrade);
    }

    private static void CheckStart(RequestContext context, string operation)
    {
        ResourceEntry set = context.Resource;
        if (ScaleSetFacts.IsFlexible(set)) throw ScaleSetErrors.NotForFlexible(operation, set.Name);
        ScaleSetRules.CheckFree(context.World, set);
        if (ScaleSetFacts.UpgradeMode(set) != "Rolling") throw ScaleSetErrors.OsUpgradeNeedsRolling();
    }

    private static ArmResponse Cancel(RequestContext context)
    {
        ResourceEntry set = ScaleSetFacts.ParentSet(context);
        if (!RollingUpgrade.IsRunning(set)) throw ScaleSetErrors.NoOngoingUpgrade();
        return Accept(context, set, CancelKind, ScaleSetProfiles.CancelUpgrade);
    }

    private static void Cancelled(OperationContext context)
    {
        if (context.Subject is { } set && RollingUpgrade.IsRunning(set)) RollingUpgrade.Cancel(set, context.Now);
    }

    private static ArmResponse Accept(
        RequestContext context, ResourceEntry set, string kind, OperationProfile profile)
    {
        LongRunningOperation operation = context.Begin(kind, profile, set.Id, set.Location!);
        return context.Accepted(operation, profile, 202);
    }
}
