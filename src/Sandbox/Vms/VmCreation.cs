using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.AvailabilitySets;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Guest;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.ProximityPlacementGroups;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.ScaleSets;
using ImageCmdlets.Sandbox.Tags;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>PUT of a new machine.</summary>
internal static class VmCreation
{
    public const string Kind = "Vms.Create";

    // The guest has told Azure that it is set up some seconds before the operation ends.
    private static readonly TimeSpan s_setUp = VmProfiles.Create.Duration - TimeSpan.FromSeconds(11);

    // A refusal by the marketplace comes soon; not recorded with times.
    private static readonly TimeSpan s_purchase = TimeSpan.FromSeconds(10);

    /// <summary>Registers what the operation does when it ends.</summary>
    public static void Register(SandboxRegistry registry) =>
        registry.Effect(Kind, new OperationEffect(Created) { Failed = Failed });

    public static ArmResponse Create(RequestContext context)
    {
        TagRules.Check(context.Body.Object("tags"));
        VmSource source = VmSources.Resolve(context);
        VmSize size = VmRules.Size(context, context.Body.Text("properties.hardwareProfile.vmSize"), context.Location);
        VmRules.CheckFit(size, source.Generation, source.Architecture);
        VmRules.CheckSecurity(context.Body, source);
        if (source.IsSpecialized && context.Body.Object("properties.osProfile") is not null)
            throw VmRequestErrors.ParameterNotAllowed("osProfile");
        if (source.Attached is null && !source.IsSpecialized)
            OsProfileRules.Check(context.Body.Object("properties.osProfile"), source.OsType == "Windows");
        if (VmNicConfigurations.Any(context))
            VmNicConfigurations.Check(context, size);
        else
            VmNics.Check(context, size, context.Location);
        VmRules.CheckPlan(context);
        VmRules.CheckZones(context, size);
        VmRules.CheckPriority(context.Body.Object("properties"));
        FlexibleMachines.Check(context);
        AvailabilitySetFacts.Check(context, managedDisks: context.Body.Text("properties.storageProfile.osDisk.vhd.uri") is null);
        PlacementReference.Check(context, context.Body.Object("properties"), context.Location);
        var disks = new VmDisks(context, size, context.Location);
        VmDisk system = disks.System(source);
        IReadOnlyList<VmDisk> data = disks.Data(source, []);

        var vm = new ResourceEntry(context.Target!.ToString(), VmFacts.Type, VmBodies.New(context, source, size, system, data));
        context.World.Store.Put(vm);
        FlexibleMachines.Joined(context.World, vm);
        if (VmNicConfigurations.Any(context)) VmNicConfigurations.Make(context, vm);
        VmNics.Attach(context.World, vm, []);
        JsonObject arguments = JsonText.NewObject();
        OperationProfile profile = VmProfiles.Create;
        if (Purchase(context, source, vm.Id, system.Shown.Text("name")) is { } refusal)
        {
            arguments["refusal"] = refusal.ToJson();
            profile = profile with { Duration = s_purchase };
        }
        else
        {
            VmDisks.Make(context.World, [system, .. data], vm, context.Now);
            VmNics.Started(context.World, vm);
            if (context.Body.Text("properties.osProfile.customData") is { } custom) vm.State["customData"] = custom;
            profile = profile with { Duration = Boot(context.World, vm, source, context.Now) };
        }

        KeepSecrets(context, vm, source);
        VmBodies.NoteSizes(context, vm);
        string location = context.Body.Text("location") ?? context.Location;
        LongRunningOperation operation = context.Begin(Kind, profile, vm.Id, location, arguments);
        return context.Accepted(operation, profile, 201, VmBodies.Announced(context, vm));
    }

    /// <summary>The profile the guest sets itself up with.</summary>
    public static GuestProfile Profile(ResourceEntry vm) => new()
    {
        VmId = vm.Body.Text("properties.vmId")!,
        ComputerName = vm.Body.Text("properties.osProfile.computerName") ?? vm.Name,
        AdminUserName = vm.Body.Text("properties.osProfile.adminUsername"),
        SshKeys = [.. vm.Body.Items("properties.osProfile.linuxConfiguration.ssh.publicKeys")
            .Select(static k => k.Text("keyData") ?? string.Empty)],
        CustomData = vm.State.Text("customData"),
    };

    /// <summary>Switches a new machine on for the first time.</summary>
    /// <returns>How long the operation takes that makes it.</returns>
    public static TimeSpan Boot(SandboxWorld world, ResourceEntry vm, VmSource source, DateTimeOffset now)
    {
        bool asItIs = source.Attached is not null || source.IsSpecialized;
        vm.State["attached"] = asItIs;
        VmGuest.Install(world, vm, Profile(vm), now, s_setUp);
        bool generalized = VmGuest.Content(world, vm) is not { } content || GuestDisk.Load(content).IsGeneralized;
        if (generalized || asItIs) return VmProfiles.Create.Duration;
        return source.OsType == "Windows" ? VmProfiles.WindowsProvisioning : VmProfiles.LinuxProvisioning;
    }

    /// <summary>Why a machine that has been given its time has not come up; null when it has.</summary>
    public static ArmError? Failure(ResourceEntry vm, DateTimeOffset now)
    {
        GuestMachine machine = VmGuest.At(vm, now).Machine;
        if (machine.IsProvisioned || vm.State.Flag("attached") == true) return null;
        return machine.IsAgentReady
            ? VmErrors.ProvisioningTimedOut(vm.Name)
            : VmErrors.ProvisioningTimedOutSilently(vm.Name);
    }

    /// <summary>Whether the plan of a request is the one that its image needs.</summary>
    /// <param name="context">The request.</param>
    /// <param name="source">What the machine is made of.</param>
    /// <param name="vmId">Id of the machine or the scale set.</param>
    /// <param name="osDisk">Name of the machine's OS disk; a scale set has none.</param>
    /// <returns>The refusal, which comes in the operation; null when all is well.</returns>
    public static ArmError? Purchase(RequestContext context, VmSource source, string vmId, string? osDisk = null)
    {
        JsonObject? plan = context.Body.Object("plan");
        if (source.Plan is null) return plan is null ? null : VmErrors.PlanNotNeeded(vmId);
        if (plan is null) return VmErrors.PlanMissing(vmId);
        return source.Plan.Matches(plan.Text("publisher"), plan.Text("product"), plan.Text("name"))
            ? null
            : VmErrors.PlanOfOtherImage(osDisk ?? string.Empty);
    }

    private static void KeepSecrets(RequestContext context, ResourceEntry vm, VmSource source)
    {
        vm.State["generation"] = source.Generation;
        vm.State["architecture"] = source.Architecture;
        if (context.Body.Text("properties.userData") is { } user) vm.State["userData"] = user;
    }

    private static void Created(OperationContext context)
    {
        if (context.Subject is not { } vm) return;
        if (context.Arguments.Object("refusal") is { } refusal)
        {
            context.Fail(new ArmError(refusal.Text("code")!, refusal.Text("message")!));
            return;
        }

        if (Failure(vm, context.Now) is { } failure)
            context.Fail(failure);
        else
            VmChanges.Finish(vm, context.Now);
    }

    private static void Failed(OperationContext context)
    {
        if (context.Subject is { } vm) VmChanges.Fail(vm, context);
    }
}
