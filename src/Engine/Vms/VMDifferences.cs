using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Vms;

/// <summary>In what a machine that is there differs from the one that a command would make.</summary>
/// <remarks>Whatever Azure leaves out of its answer is no difference: sizes and kinds of the disks of a deallocated machine, and passwords always. Nor
/// are tags that somebody else added: policies do.</remarks>
internal static class VMDifferences
{
    /// <param name="vm">The machine, as Azure answered, with its instance view.</param>
    /// <param name="networkInterface">Its network interface; null where it has none, or another than the command would make.</param>
    /// <param name="plan">What the command would make.</param>
    /// <returns>One text for each difference, such as <c>size Standard_B2s, not Standard_D2s_v5</c>.</returns>
    public static IReadOnlyList<string> Find(JsonElement vm, JsonElement? networkInterface, VMPlan plan)
    {
        ImageVM found = VMMapper.Map(vm);
        var differences = new List<string>();
        CheckPlatform(found, plan, differences);
        CheckTies(vm, networkInterface, plan, differences);
        CheckState(found, differences);
        if (!plan.Platform.Image.IsSpecialized)
            CheckAccount(found, vm, plan, differences);
        CheckDisks(found, plan, differences);
        CheckNetwork(networkInterface, plan, differences);
        CheckExtensions(vm, plan, differences);
        MachineDifferences.CheckTags(found.Tag, plan.Options.Tag, differences);
        return differences;
    }

    private static void CheckPlatform(ImageVM found, VMPlan plan, List<string> differences)
    {
        VMPlatform platform = plan.Platform;
        if (!OperationTags.IsMadeFor(found.Tag, VMCreation.OperationName, platform.Image.Reference))
            differences.Add($"image {found.Image ?? "unknown"}, not {platform.Image.Reference}");
        MachineDifferences.Compare("size", found.Size, platform.Size.Name, differences);
        MachineDifferences.Compare("region", found.Location, LocationCatalog.Normalize(platform.Location), differences);
        MachineDifferences.Compare("zone", found.Zone.FirstOrDefault() ?? "none", plan.Options.Zone ?? "none", differences);
        MachineDifferences.Compare("security type", found.SecurityType, plan.Options.SecurityType, differences);
        MachineDifferences.Compare("purchase plan", found.Plan?.ToString() ?? "none", (plan.Options.Plan ?? platform.Image.Plan)?.ToString() ?? "none", differences);
    }

    // Azure does not tell custom data; the machine has what it began with.
    private static void CheckTies(JsonElement vm, JsonElement? networkInterface, VMPlan plan, List<string> differences)
    {
        MachineDifferences.CheckTies(vm, vm.Text("properties", "priority"), plan.Options, plan.Platform, differences);
        if (networkInterface?.Items("properties", "ipConfigurations").FirstOrDefault() is { } configuration)
            MachineDifferences.CheckPools(configuration, plan.Platform, differences);
    }

    private static void CheckState(ImageVM found, List<string> differences)
    {
        if (found.ProvisioningState is not ("Creating" or "Updating" or "Succeeded"))
            differences.Add($"provisioning state {found.ProvisioningState ?? "unknown"}");
        if (found.OSState is { } state)
            differences.Add($"OS state {state}");
    }

    private static void CheckAccount(ImageVM found, JsonElement vm, VMPlan plan, List<string> differences)
    {
        bool isWindows = plan.Platform.Image.IsWindows;
        MachineDifferences.Compare("user", found.AdminUserName, plan.Options.AdminUserName ?? AdminAccount.DefaultUserName, differences);
        MachineDifferences.Compare("computer name", found.ComputerName, plan.Options.ComputerName ?? ComputerName.Of(plan.Options.Name, isWindows), differences);

        if (!isWindows)
            MachineDifferences.CheckKeys(vm.Find("properties", "osProfile") ?? default, plan.Options, differences);
    }

    private static void CheckDisks(ImageVM found, VMPlan plan, List<string> differences)
    {
        var there = new SortedDictionary<int, int?>();
        foreach (DiskReference disk in found.DataDisk)
            there[disk.Lun ?? 0] = disk.DiskSizeGB;
        MachineDifferences.CheckDisks(there, VMDefinition.DataDisks(plan.Platform.Image, plan.Options.DataDiskSizeGB), differences);
        if (plan.Options.StorageAccountType is { } type && found.OSDisk?.StorageAccountType is not null)
            MachineDifferences.Compare("disks of type", found.OSDisk.StorageAccountType, type, differences);
    }

    private static void CheckNetwork(JsonElement? networkInterface, VMPlan plan, List<string> differences)
    {
        if (networkInterface is not { } there)
        {
            differences.Add("another network interface");
            return;
        }

        JsonElement configuration = there.Items("properties", "ipConfigurations").FirstOrDefault();
        bool hasAddress = configuration.Text("properties", "publicIPAddress", "id") is not null;
        if (hasAddress == plan.Options.NoPublicIPAddress)
            differences.Add(hasAddress ? "a public address" : "no public address");

        // Without -Subnet the command takes what is there, and the machine is in it.
        string? subnet = configuration.Text("properties", "subnet", "id");
        if (plan.Options.Subnet is not null && !Same(subnet, plan.Platform.SubnetId))
            differences.Add($"subnet {subnet ?? "none"}, not {plan.Platform.SubnetId}");
    }

    // Those that are missing, or failed, are installed; nobody else's is replaced.
    private static void CheckExtensions(JsonElement vm, VMPlan plan, List<string> differences)
    {
        foreach (JsonElement there in vm.Items("resources"))
        {
            string handler = $"{there.Text("properties", "publisher")}.{there.Text("properties", "type")}";
            if (plan.Options.Extension.FirstOrDefault(extension => Same(extension.Name, there.Text("name"))) is { } wanted && !Same(handler, VMExtensions.HandlerOf(wanted)))
                differences.Add($"the extension '{wanted.Name}' of {handler}, not of {VMExtensions.HandlerOf(wanted)}");
        }
    }

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
