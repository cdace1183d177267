using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.ScaleSets;

/// <summary>In what a scale set that is there differs from the one that a command would make.</summary>
internal static class ScaleSetDifferences
{
    /// <param name="set">The set, as Azure answered.</param>
    /// <param name="plan">What the command would make.</param>
    /// <returns>One text for each difference, such as <c>capacity 2, not 3</c>.</returns>
    public static IReadOnlyList<string> Find(JsonElement set, ScaleSetPlan plan)
    {
        ImageScaleSet there = ScaleSetMapper.Map(set);
        JsonElement profile = set.Find("properties", "virtualMachineProfile") ?? default;
        NewVMOptions machine = plan.Options.Machine;
        var differences = new List<string>();
        CheckSet(there, set, plan, differences);
        if (!plan.Platform.Image.IsSpecialized)
            CheckAccount(profile.Find("osProfile") ?? default, plan, differences);
        MachineDifferences.Compare("security type", profile.Text("securityProfile", "securityType") ?? "Standard", machine.SecurityType, differences);
        MachineDifferences.CheckTies(set, profile.Text("priority"), machine, plan.Platform, differences);
        CheckNetwork(profile, plan, differences);
        ScaleSetExtensions.Compare(profile, plan.Options, plan.Platform.Image.IsWindows, differences);
        MachineDifferences.CheckDisks(DataDisks(profile), VMDefinition.DataDisks(plan.Platform.Image, machine.DataDiskSizeGB), differences);
        if (machine.StorageAccountType is { } type)
            MachineDifferences.Compare("disks of type", profile.Text("storageProfile", "osDisk", "managedDisk", "storageAccountType"), type, differences);
        MachineDifferences.CheckTags(there.Tag, machine.Tag, differences);
        if (there.ProvisioningState is not ("Creating" or "Updating" or "Succeeded"))
            differences.Add($"provisioning state {there.ProvisioningState ?? "unknown"}");
        return differences;
    }

    private static void CheckSet(ImageScaleSet there, JsonElement set, ScaleSetPlan plan, List<string> differences)
    {
        NewScaleSetOptions options = plan.Options;
        (string What, string? There, string Wanted)[] pairs =
        [
            ("image", there.Image ?? "unknown", plan.Model),
            ("size", there.Size, plan.Platform.Size.Name),
            ("region", there.Location, LocationCatalog.Normalize(plan.Platform.Location)),
            ("capacity", $"{there.Capacity}", $"{options.Capacity}"),
            ("orchestration mode", there.OrchestrationMode, options.OrchestrationMode),
            ("upgrade mode", there.UpgradeMode, options.UpgradeMode),
            ("rolling policy", ScaleSetUpgradePolicy.Describe(ScaleSetUpgradePolicy.Read(set)), ScaleSetUpgradePolicy.Describe(ScaleSetUpgradePolicy.Wanted(options))),
            ("health source", ScaleSetHealth.Describe(set), options.Health is null && ScaleSetHealth.IsWanted(options) ? ScaleSetHealth.Describe(set) : ScaleSetHealth.Describe(options.Health)),
            ("zones", Text(there.Zone), Text(options.Zone)),
            ("purchase plan", there.Plan?.ToString() ?? "none", (options.Machine.Plan ?? plan.Platform.Image.Plan)?.ToString() ?? "none"),
        ];
        foreach ((string what, string? found, string wanted) in pairs)
            MachineDifferences.Compare(what, found, wanted, differences);
    }

    // Azure does not tell passwords and custom data.
    private static void CheckAccount(JsonElement account, ScaleSetPlan plan, List<string> differences)
    {
        NewVMOptions machine = plan.Options.Machine;
        MachineDifferences.Compare("user", account.Text("adminUsername"), machine.AdminUserName ?? AdminAccount.DefaultUserName, differences);
        if (!plan.Platform.Image.IsWindows)
            MachineDifferences.CheckKeys(account, machine, differences);
    }

    // Without -Subnet the command takes what is there, and the set is in it.
    private static void CheckNetwork(JsonElement profile, ScaleSetPlan plan, List<string> differences)
    {
        JsonElement configuration = profile.Items("networkProfile", "networkInterfaceConfigurations").FirstOrDefault().Items("properties", "ipConfigurations").FirstOrDefault();
        MachineDifferences.CheckPools(configuration, plan.Platform, differences);
        if (plan.Options.Machine.Subnet is not null)
            MachineDifferences.Compare("subnet", configuration.Text("properties", "subnet", "id") ?? "unknown", plan.SubnetId, differences);
    }

    private static SortedDictionary<int, int?> DataDisks(JsonElement profile)
    {
        var disks = new SortedDictionary<int, int?>();
        foreach (JsonElement disk in profile.Items("storageProfile", "dataDisks"))
            disks[disk.Number("lun") ?? 0] = disk.Number("diskSizeGB");
        return disks;
    }

    private static string Text(IReadOnlyList<string> zones) => zones.Count == 0 ? "none" : string.Join(", ", zones.OrderBy(zone => zone, StringComparer.Ordinal));
}
