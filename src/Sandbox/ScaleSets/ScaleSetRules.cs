using System.Text.Json.Nodes;
using System.Xml;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.LoadBalancers;
using ImageCmdlets.Sandbox.Networks;
using ImageCmdlets.Sandbox.ProximityPlacementGroups;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>What Azure looks at before it makes or changes a scale set.</summary>
internal static class ScaleSetRules
{
    // Documented: one placement group holds 100 machines; a set 1,000, or 600 of an image of one's own.
    private const int PlacementGroup = 100;
    private const int Largest = 1000;
    private const int LargestOfCustomImage = 600;

    // Properties that stay as they were made, and their names in the refusal.
    private static readonly (string Path, string Property)[] s_fixed =
    [
        ("properties.orchestrationMode", "orchestrationMode"),
        ("properties.virtualMachineProfile.priority", "priority"),
        ("properties.virtualMachineProfile.osProfile.computerNamePrefix", "osProfile.computerNamePrefix"),
        ("properties.virtualMachineProfile.osProfile.adminUsername", "osProfile.adminUsername"),
        ("properties.virtualMachineProfile.storageProfile.imageReference.publisher", "imageReference.publisher"),
        ("properties.virtualMachineProfile.storageProfile.imageReference.offer", "imageReference.offer"),
    ];

    /// <summary>Whether one of a set's operations, a rolling upgrade included, stands in the way of another.</summary>
    public static void CheckFree(SandboxWorld world, ResourceEntry set)
    {
        if (world.Operations.Pending(set.Id) is not null || RollingUpgrade.IsRunning(set)) throw ComputeErrors.Conflict();
    }

    /// <summary>Shape and settings of the set itself.</summary>
    /// <param name="context">The request.</param>
    /// <param name="set">The set after the request.</param>
    public static void CheckSet(RequestContext context, JsonObject set)
    {
        bool flexible = set.Text("properties.orchestrationMode") == "Flexible";
        if (set.Text("properties.orchestrationMode") is not ("Uniform" or "Flexible"))
            throw ComputeErrors.Invalid("orchestrationMode");
        // Only uniform sets have a default (recorded, test_specialized_image).
        if (set.Number("properties.platformFaultDomainCount") is null) throw ComputeErrors.Missing("platformFaultDomainCount");
        CheckSku(set, flexible);
        CheckUpgradePolicy(set, flexible);
        foreach (JsonNode? rule in set.Array("properties.scaleInPolicy.rules") ?? [])
        {
            if (rule?.ToString() is not ("Default" or "OldestVM" or "NewestVM")) throw ComputeErrors.Invalid("scaleInPolicy.rules");
        }

        VmRules.CheckPriority(set.Object(ScaleSetFacts.ProfilePath));
        PlacementReference.Check(context, set.Object("properties"), set.Text("location")!);
    }

    /// <summary>The size of a set's machines, fit for its image and within the quota.</summary>
    public static VmSize Size(RequestContext machine, JsonObject set, VmSource source)
    {
        int capacity = (int)(set.Number("sku.capacity") ?? 0);
        VmSize size = VmRules.Size(machine, set.Text("sku.name"), set.Text("location")!, capacity);
        VmRules.CheckFit(size, source.Generation, source.Architecture);
        VmRules.CheckSecurity(machine.Body, source);
        VmRules.CheckZones(machine, size);
        return size;
    }

    /// <summary>Networks that the model names have to be there.</summary>
    public static void CheckNetworks(RequestContext machine)
    {
        const string path = "properties.networkProfile.networkInterfaceConfigurations";
        JsonObject[] nics = [.. machine.Body.Items(path)];
        if (nics.Length == 0) throw ComputeErrors.Missing("networkInterfaceConfigurations");
        if (nics.Length > 1 && nics.Count(static n => n.Flag("properties.primary") == true) != 1)
            throw VmRequestErrors.NoPrimaryNic(machine.Target!.Name);
        foreach (JsonObject nic in nics)
        {
            if (nic.Text("name") is null) throw ComputeErrors.Missing("networkInterfaceConfiguration.name");
            JsonObject[] configurations = [.. nic.Items("properties.ipConfigurations")];
            if (configurations.Length == 0) throw ComputeErrors.Missing("networkInterfaceConfiguration.ipConfigurations");
            NetworkReferences.Find(
                machine, nic.At("properties.networkSecurityGroup"), NetworkTypes.SecurityGroups, $"{path}[0].networkSecurityGroup");
            foreach (JsonObject configuration in configurations) CheckConfiguration(machine, configuration, path);
        }

        CheckHealthProbe(machine, nics);
    }

    /// <summary>What a set was made of cannot be changed afterwards.</summary>
    public static void CheckFixed(RequestContext context, ResourceEntry set)
    {
        const string reference = $"{ScaleSetFacts.ProfilePath}.storageProfile.imageReference";
        bool platform = set.Body.Text($"{reference}.publisher") is not null;
        if (context.Body.Text($"{reference}.id") is not null && platform) throw ScaleSetErrors.ImageType();
        if (context.Body.Text($"{reference}.publisher") is not null && !platform && set.Body.Object(reference) is not null)
            throw ScaleSetErrors.ImageType();
        foreach ((string path, string property) in s_fixed)
        {
            string? sent = context.Body.Text(path);
            string? present = set.Body.Text(path) ?? (property == "priority" ? "Regular" : null);
            if (sent is not null && !Same(sent, present)) throw ComputeErrors.PropertyChange(property);
        }

        bool one = set.Body.Flag("properties.singlePlacementGroup") == true;
        if (!one && context.Body.Flag("properties.singlePlacementGroup") == true)
            throw ComputeErrors.PropertyChange("singlePlacementGroup");
        if (context.Body.Array("zones") is { } zones && set.Body.Array("zones") is { } before &&
            before.Select(Text).Except(zones.Select(Text)).Any())
        {
            throw ComputeErrors.PropertyChange("zones");
        }
    }

    private static void CheckSku(JsonObject set, bool flexible)
    {
        if (set.Object(ScaleSetFacts.ProfilePath) is null)
        {
            if (!flexible) throw ComputeErrors.Missing("virtualMachineProfile");
            return;
        }

        if (set.Text("sku.name") is null) throw ComputeErrors.Missing("sku.name");
        long capacity = set.Number("sku.capacity") ?? throw ComputeErrors.Missing("sku.capacity");
        bool custom = set.Text($"{ScaleSetFacts.ProfilePath}.storageProfile.imageReference.id") is not null;
        long most = set.Flag("properties.singlePlacementGroup") == true
            ? PlacementGroup
            : custom ? LargestOfCustomImage : Largest;
        if (capacity < 0 || capacity > most) throw ScaleSetErrors.Capacity(capacity, most);
    }

    private static void CheckUpgradePolicy(JsonObject set, bool flexible)
    {
        string? mode = set.Text("properties.upgradePolicy.mode");
        if (mode is null && !flexible) throw ComputeErrors.Missing("upgradePolicy.mode");
        // Assumption: until 2024 a flexible set had no other mode than the manual one.
        if (mode is not (null or "Manual" or "Automatic" or "Rolling") || (flexible && mode is not (null or "Manual")))
            throw ComputeErrors.Invalid("upgradePolicy.mode");
        if (mode == "Rolling" && !ScaleSetHealth.IsWatched(set)) throw ScaleSetErrors.NoHealthProbe();
        JsonObject? policy = set.Object("properties.upgradePolicy.rollingUpgradePolicy");
        foreach ((string name, int least) in new[]
                 {
                     ("maxBatchInstancePercent", 5), ("maxUnhealthyInstancePercent", 5), ("maxUnhealthyUpgradedInstancePercent", 0),
                 })
        {
            if (policy.Number(name) is { } percent && (percent < least || percent > 100))
                throw ComputeErrors.OutOfRange(name, percent, least, 100);
        }

        if (policy.Text("pauseTimeBetweenBatches") is { } pause && !IsDuration(pause))
            throw ComputeErrors.Invalid("pauseTimeBetweenBatches");
    }

    private static void CheckConfiguration(RequestContext machine, JsonObject configuration, string path)
    {
        if (configuration.Text("name") is null) throw ComputeErrors.Missing("ipConfiguration.name");
        JsonNode subnet = configuration.At("properties.subnet") ?? throw ComputeErrors.Missing("ipConfiguration.subnet");
        NetworkReferences.Find(machine, subnet, NetworkTypes.Subnets, $"{path}[0].ipConfigurations[0].subnet");
        LoadBalancerMembers.Read(machine, configuration.Object("properties"), $"{path}[0].ipConfigurations[0]");
    }

    // A probe tells the health of a set only while a rule that sends to the set asks it.
    private static void CheckHealthProbe(RequestContext machine, JsonObject[] nics)
    {
        const string path = "properties.networkProfile.healthProbe";
        if (NetworkReferences.Find(machine, machine.Body.At(path), LoadBalancerTypes.Probes, path) is not { } probe) return;
        JsonObject primary = (nics.FirstOrDefault(static n => n.Flag("properties.primary") == true) ?? nics[0]).Items("properties.ipConfigurations").First();
        string[] pools = [.. primary.Items("properties.loadBalancerBackendAddressPools").Select(static p => p.Text("id")).OfType<string>()];
        string balancer = probe.Id.Substring(0, probe.Id.LastIndexOf("/probes/", StringComparison.OrdinalIgnoreCase));
        if (!pools.Any(pool => pool.StartsWith(balancer + "/", StringComparison.OrdinalIgnoreCase)))
            throw ScaleSetErrors.ProbeWithoutLoadBalancing(machine.Target!.ToString(), probe.Id, primary.Text("name")!);
        bool active = machine.World.Store.Below(balancer).Where(static e => e.Type == LoadBalancerTypes.Rules)
            .Where(rule => Same(rule.Body.Text("properties.probe.id"), probe.Id))
            .Any(rule => rule.Body.Items("properties.backendAddressPools").Any(pool => pools.Contains(pool.Text("id"), StringComparer.OrdinalIgnoreCase)));
        if (!active) throw ScaleSetErrors.InactiveProbe(machine.Target!.ToString(), probe.Id);
    }

    private static bool IsDuration(string text)
    {
        try
        {
            XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string? Text(JsonNode? node) => node?.ToString();

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
