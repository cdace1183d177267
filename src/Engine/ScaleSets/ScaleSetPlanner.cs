using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Fleets;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.ScaleSets;

/// <summary>Makes a plan of a request: every check that can be made, before anything is changed.</summary>
internal static class ScaleSetPlanner
{
    /// <exception cref="ImageCmdletsException">The first of all problems; the message names the others.</exception>
    public static async Task<ScaleSetPlan> PlanAsync(Operation operation, NewScaleSetOptions options)
    {
        var problems = new Problems();
        CheckOptions(options, problems);
        problems.ThrowIfAny();
        VMPlatform platform = await VMPlatformResolver.ResolveAsync(operation, options.Machine with { Zone = options.Zone.FirstOrDefault() }).ConfigureAwait(false);
        foreach (string zone in options.Zone.Where(zone => !platform.Size.Zones.Contains(zone)))
            problems.Add(ErrorIds.ZoneNotSupported, $"{platform.Location} has no zone '{zone}' for the size {platform.Size.Name}.", zone, "Pass other zones with -Zone, or leave it out.");
        VMPlanner.CheckOptions(options.Machine, platform.Image, problems);
        if (options.Health?.ProbeId is { } probe)
            await problems.TryAsync(() => ScaleSetHealth.RequireProbeAsync(operation, probe, platform)).ConfigureAwait(false);
        problems.ThrowIfAny();
        return new ScaleSetPlan(options, platform, Model(options, platform));
    }

    /// <summary>What stands against making a set that is not there yet.</summary>
    /// <exception cref="ImageCmdletsException">QuotaExceeded, ResourceAlreadyExists.</exception>
    public static async Task CheckNewAsync(Operation operation, ScaleSetPlan plan)
    {
        var problems = new Problems();
        await FleetQuota.CheckAsync(operation, plan.Platform, isSpot: false, plan.Options.Capacity, problems).ConfigureAwait(false);
        if (plan.Platform.SubnetId is null && !plan.Platform.IsGroupMissing
            && await operation.Arm.FindAsync(plan.Names.VirtualNetworkId, ArmApiVersions.Network, operation.CancellationToken).ConfigureAwait(false) is { } network
            && !OperationTags.IsMadeFor(network.Body.Map("tags"), ScaleSetCreation.OperationName, plan.Id.Text))
        {
            problems.Add(ErrorIds.ResourceAlreadyExists, $"'{network.Body.Text("name")}' exists already: a virtual network that New-ImageScaleSet did not make for this set.", plan.Names.VirtualNetworkId,
                "Pass a subnet with -Subnet, or choose another -Name.");
        }

        problems.ThrowIfAny();
    }

    /// <summary>Refuses a set that is there and is not what the plan would make.</summary>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists.</exception>
    public static void RequireSame(ScaleSetPlan plan, JsonElement item)
    {
        ImageScaleSet there = ScaleSetMapper.Map(item);
        if (!OperationTags.IsMadeBy(there.Tag, ScaleSetCreation.OperationName))
            throw new ImageCmdletsException(ErrorIds.ResourceAlreadyExists, $"'{plan.Id.Name}' exists already: a scale set that New-ImageScaleSet did not make.", plan.Id.Text);

        string[] differences = [.. Differences(plan, there, item)];
        if (differences.Length > 0)
        {
            throw new ImageCmdletsException(ErrorIds.ResourceAlreadyExists, $"The scale set '{plan.Id.Name}' exists already, and is not what was asked for: it has {string.Join("; ", differences)}.",
                plan.Id.Text, "Choose another -Name, ask for what the set has, or remove it first with Remove-ImageScaleSet.");
        }
    }

    private static IEnumerable<string> Differences(ScaleSetPlan plan, ImageScaleSet there, JsonElement item)
    {
        NewVMOptions machine = plan.Options.Machine;
        JsonElement account = item.Find("properties", "virtualMachineProfile", "osProfile") ?? default;
        JsonElement network = item.Items("properties", "virtualMachineProfile", "networkProfile", "networkInterfaceConfigurations").FirstOrDefault()
            .Items("properties", "ipConfigurations").FirstOrDefault();
        (string What, string? There, string? Wanted)[] pairs =
        [
            ("image", there.Image, plan.Model),
            ("size", there.Size, plan.Platform.Size.Name),
            ("region", there.Location, LocationCatalog.Normalize(plan.Platform.Location)),
            ("capacity", $"{there.Capacity}", $"{plan.Options.Capacity}"),
            ("orchestration mode", there.OrchestrationMode, plan.Options.OrchestrationMode),
            ("upgrade mode", there.UpgradeMode, plan.Options.UpgradeMode),
            ("rolling policy", ScaleSetUpgradePolicy.Describe(ScaleSetUpgradePolicy.Read(item)), ScaleSetUpgradePolicy.Describe(ScaleSetUpgradePolicy.Wanted(plan.Options))),
            ("health source", ScaleSetHealth.Describe(item), ScaleSetHealth.Describe(plan.Options.Health)),
            ("zones", Text(there.Zone), Text(plan.Options.Zone)),
            ("user", account.Text("adminUsername"), plan.Platform.Image.IsSpecialized ? null : machine.AdminUserName ?? AdminAccount.DefaultUserName),
            ("security type", item.Text("properties", "virtualMachineProfile", "securityProfile", "securityType") ?? "Standard", machine.SecurityType),
            ("subnet", machine.Subnet is null ? null : network.Text("properties", "subnet", "id"), machine.Subnet is null ? null : plan.Platform.SubnetId),
        ];
        foreach ((string what, string? found, string? wanted) in pairs)
        {
            if (!string.Equals(found, wanted, StringComparison.OrdinalIgnoreCase))
                yield return $"{what} {found ?? "unknown"}, not {wanted ?? "none"}";
        }

        foreach (KeyValuePair<string, string> tag in machine.Tag ?? new Dictionary<string, string>())
        {
            if (!there.Tag.TryGetValue(tag.Key, out string? value) || value != tag.Value)
                yield return value is null ? $"no tag '{tag.Key}'" : $"the tag '{tag.Key}' with '{value}', not '{tag.Value}'";
        }

        if (there.ProvisioningState is not ("Creating" or "Updating" or "Succeeded"))
            yield return $"provisioning state {there.ProvisioningState ?? "unknown"}";
    }

    private static string Text(IReadOnlyList<string> zones) => zones.Count == 0 ? "none" : string.Join(", ", zones.OrderBy(zone => zone, StringComparer.Ordinal));

    private static void CheckOptions(NewScaleSetOptions options, Problems problems)
    {
        problems.Add(ResourceNames.Problem(ResourceTypes.ScaleSet, options.Machine.Name));
        foreach (ImageCmdletsException problem in ScaleSetUpgradeRules.Problems(options))
            problems.Add(problem);
    }

    // What follows the latest version goes on following it: the exact one was only needed for the checks.
    private static string Model(NewScaleSetOptions options, VMPlatform platform)
    {
        string image = options.Machine.Image;
        bool follows = ImageUrn.TryParse(image)?.IsLatest == true || ResourceId.TryParse(image)?.Is(ResourceTypes.GalleryImage) == true;
        return follows ? image : platform.Image.Urn?.Urn ?? platform.Image.Reference;
    }
}
