using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Fleets;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.ScaleSets;

/// <summary>Makes a plan of a request: every check that can be made, before anything is changed.</summary>
internal static class ScaleSetPlanner
{
    private const string Fewer = "a smaller -Capacity, another -Size or another region with -Location";

    // Documented: a set of a managed image is smaller than others.
    private const int MostOfManagedImage = 600;

    /// <exception cref="ImageCmdletsException">The first of all problems; the message names the others.</exception>
    public static async Task<ScaleSetPlan> PlanAsync(Operation operation, NewScaleSetOptions options)
    {
        var problems = new Problems();
        CheckOptions(options, problems);
        problems.ThrowIfAny();
        ScaleSetPlan? plan = null;
        await VMPlatformResolver.ResolveAsync(operation, options.Machine with { Zone = options.Zone.FirstOrDefault() },
            async (platform, found) => plan = await CheckAsync(operation, options, platform, found).ConfigureAwait(false)).ConfigureAwait(false);
        return plan!;
    }

    private static async Task<ScaleSetPlan> CheckAsync(Operation operation, NewScaleSetOptions options, VMPlatform platform, Problems problems)
    {
        var plan = new ScaleSetPlan(options, platform, Model(options.Machine.Image, platform.Image));
        foreach (string zone in options.Zone.Skip(1).Where(zone => !platform.Size.Zones.Contains(zone)))
            problems.Add(ErrorIds.ZoneNotSupported, $"{platform.Location} has no zone '{zone}' for the size {platform.Size.Name}.", zone, "Pass other zones with -Zone, or leave it out.");
        if (platform.Image.IsManagedImage && options.Capacity > MostOfManagedImage)
            problems.Add(ErrorIds.InvalidArgument, $"A scale set of a managed image has {MostOfManagedImage} machines at the most, not {options.Capacity}.", options.Capacity, "Pass a smaller -Capacity, or take a gallery image.");
        VMPlanner.CheckOptions(options.Machine, platform.Image, problems);
        VMExtensions.Check(ScaleSetExtensions.Of(options, platform.Image.IsWindows), problems);
        if (options.Health?.ProbeId is { } probe)
            await problems.TryAsync(() => ScaleSetHealth.RequireProbeAsync(operation, probe, platform)).ConfigureAwait(false);
        ArmAnswer? existing = platform.IsGroupMissing ? null : await operation.Arm.FindAsync(plan.Id.Text, ArmApiVersions.Compute, operation.CancellationToken).ConfigureAwait(false);
        if (existing is null)
            await CheckNewAsync(operation, plan, problems).ConfigureAwait(false);
        return plan with { Existing = existing };
    }

    // What stands against making a set that is not there yet.
    private static async Task CheckNewAsync(Operation operation, ScaleSetPlan plan, Problems problems)
    {
        VMPlatform platform = plan.Platform;
        await FleetQuota.CheckAsync(operation, platform, plan.Options.Machine.Spot, plan.Options.Capacity, problems, "pass " + Fewer).ConfigureAwait(false);
        // A subnet that was asked for and is not there is told already.
        if (platform.SubnetId is null && plan.Options.Machine.Subnet is not null)
            return;

        await ScaleSetRights.CheckAsync(operation, plan, problems).ConfigureAwait(false);
        problems.Add(await FleetNetwork.ProblemAsync(operation, platform, plan.Options.Capacity, Fewer).ConfigureAwait(false));
        if (platform.SubnetId is null && !platform.IsGroupMissing
            && await operation.Arm.FindAsync(plan.Names.VirtualNetworkId, ArmApiVersions.Network, operation.CancellationToken).ConfigureAwait(false) is { } network
            && !OperationTags.IsMadeFor(network.Body.Map("tags"), ScaleSetCreation.OperationName, plan.Id.Text))
        {
            problems.Add(ErrorIds.ResourceAlreadyExists, $"'{network.Body.Text("name")}' exists already: a virtual network that New-ImageScaleSet did not make for this set.", plan.Names.VirtualNetworkId,
                "Pass a subnet with -Subnet, or choose another -Name.");
        }
    }

    /// <summary>Refuses a set that is there and is not what the plan would make.</summary>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists.</exception>
    public static void RequireSame(ScaleSetPlan plan, JsonElement item)
    {
        if (!OperationTags.IsMadeBy(item.Map("tags"), ScaleSetCreation.OperationName))
            throw new ImageCmdletsException(ErrorIds.ResourceAlreadyExists, $"'{plan.Id.Name}' exists already: a scale set that New-ImageScaleSet did not make.", plan.Id.Text);

        IReadOnlyList<string> differences = ScaleSetDifferences.Find(item, plan);
        if (differences.Count > 0)
        {
            throw new ImageCmdletsException(ErrorIds.ResourceAlreadyExists, $"The scale set '{plan.Id.Name}' exists already, and is not what was asked for: it has {string.Join("; ", differences)}.",
                plan.Id.Text, "Choose another -Name, ask for what the set has, or remove it first with Remove-ImageScaleSet.");
        }
    }

    private static void CheckOptions(NewScaleSetOptions options, Problems problems)
    {
        problems.Add(ResourceNames.Problem(ResourceTypes.ScaleSet, options.Machine.Name));
        foreach (ImageCmdletsException problem in ScaleSetUpgradeRules.Problems(options))
            problems.Add(problem);
        // Documented: "User Assigned Identity Only" (orchestration modes of scale sets).
        if (string.Equals(options.OrchestrationMode, ScaleSetDefinition.Flexible, StringComparison.OrdinalIgnoreCase) && options.Machine.Identity.FirstOrDefault(VMTies.IsSystem) is { } own)
            problems.Add(ErrorIds.InvalidArgument, "A flexible scale set has no identity of its own.", own, "Pass the ids of user-assigned identities with -AssignIdentity, or -OrchestrationMode Uniform.");
    }

    /// <summary>What a model names: what follows the latest version goes on following it, the exact one was only needed for the checks.</summary>
    public static string Model(string asked, MachineSource found)
    {
        bool follows = ImageUrn.TryParse(asked)?.IsLatest == true || ResourceId.TryParse(asked)?.Is(ResourceTypes.GalleryImage) == true;
        return follows ? asked : found.Urn?.Urn ?? found.Reference;
    }
}
