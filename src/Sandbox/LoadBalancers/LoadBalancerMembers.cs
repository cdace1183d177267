using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Networks;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.ScaleSets;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.LoadBalancers;

/// <summary>
/// Who is behind a load balancer. Interfaces and the models of scale sets name pools and inbound NAT rules in their IP
/// configurations; a part keeps the configurations of interfaces that name it.
/// </summary>
internal static class LoadBalancerMembers
{
    private const string Configurations = "backendIPConfigurations";

    // Lists of an IP configuration, and what stands in them. Pools of NAT ports are for scale sets only.
    private static readonly (string List, string Type)[] s_lists =
    [
        ("loadBalancerBackendAddressPools", LoadBalancerTypes.Pools),
        ("loadBalancerInboundNatRules", LoadBalancerTypes.InboundNatRules),
        ("loadBalancerInboundNatPools", LoadBalancerTypes.InboundNatPools),
    ];

    /// <summary>Ids of the interfaces' IP configurations that name a part, in the order in which they came.</summary>
    public static IReadOnlyList<string> Interfaces(ResourceEntry part) => NetworkLinks.Of(part, Configurations);

    /// <summary>Checks what an IP configuration names.</summary>
    /// <param name="context">The request.</param>
    /// <param name="properties">Properties of the IP configuration.</param>
    /// <param name="path">Where they stand in the body.</param>
    /// <returns>The lists as they are shown.</returns>
    /// <exception cref="Errors.ArmException">400 InvalidRequestFormat or InvalidResourceReference, 429 RetryableError.</exception>
    public static JsonObject Read(RequestContext context, JsonObject? properties, string path)
    {
        JsonObject read = JsonText.NewObject();
        foreach ((string list, string type) in s_lists)
        {
            IEnumerable<ResourceEntry?> parts = properties.Items(list)
                .Select((reference, i) => NetworkReferences.Find(context, reference, type, $"{path}.{list}[{i}]"));
            if (NetworkLinks.Show([.. parts.OfType<ResourceEntry>().Select(static part => part.Id)]) is { } shown)
                read[list] = shown;
        }

        return read;
    }

    /// <summary>Refuses an inbound NAT rule that another interface has.</summary>
    public static void CheckFree(SandboxWorld world, JsonObject lists, string configuration)
    {
        foreach (ResourceEntry rule in Parts(world, lists).Where(static p => p.Type == LoadBalancerTypes.InboundNatRules))
        {
            string? user = Interfaces(rule).FirstOrDefault(user => !Same(user, configuration));
            if (user is not null) throw LoadBalancerErrors.NatRuleTaken(configuration, rule.Id, user);
        }
    }

    /// <summary>An interface's IP configuration takes its place behind the balancers that it names.</summary>
    public static void Join(SandboxWorld world, JsonObject configuration)
    {
        foreach (ResourceEntry part in Parts(world, configuration.Object("properties")))
            NetworkLinks.Add(part, Configurations, configuration.Text("id")!);
    }

    /// <summary>It leaves them.</summary>
    public static void Leave(SandboxWorld world, JsonObject configuration)
    {
        foreach (ResourceEntry part in Parts(world, configuration.Object("properties")))
            NetworkLinks.Remove(part, Configurations, configuration.Text("id")!);
    }

    /// <summary>A part goes: interfaces no longer name it. Assumption: Azure does not hold interfaces against it.</summary>
    public static void Release(SandboxWorld world, ResourceEntry part)
    {
        foreach (string id in Interfaces(part))
        {
            if (world.Store.Find(ResourceId.TryParse(id)!.Parent!.ToString()) is not { } networkInterface) continue;
            foreach (JsonObject configuration in networkInterface.Properties.Items("ipConfigurations"))
            {
                foreach ((string list, string _) in s_lists) Remove(configuration.Object("properties"), list, part.Id);
            }

            NetworkLifecycle.Renew(world, networkInterface);
        }
    }

    /// <summary>The scale set whose model names a part, also as its health probe; null when there is none.</summary>
    public static ResourceEntry? ScaleSet(SandboxWorld world, ResourceEntry part) => world.Store
        .OfType(VmFacts.ScaleSetType, part.SubscriptionId)
        .FirstOrDefault(set => Same(set.Body.Text($"{ScaleSetFacts.ProfilePath}.networkProfile.healthProbe.id"), part.Id)
            || IpConfigurations(set).Any(named => Names(named.Configuration, part.Id)));

    /// <summary>Ids of the IP configurations of uniform sets' instances in a pool; flexible sets' machines have interfaces.</summary>
    public static IEnumerable<string> Instances(SandboxWorld world, ResourceEntry pool) =>
        from set in world.Store.OfType(VmFacts.ScaleSetType, pool.SubscriptionId)
        where !ScaleSetFacts.IsFlexible(set)
        from named in IpConfigurations(set).Where(named => Names(named.Configuration, pool.Id)).ToArray()
        from instance in ScaleSetFacts.Instances(world, set)
        select $"{instance.Id}/networkInterfaces/{named.Interface}/ipConfigurations/{named.Configuration.Text("name")}";

    private static IEnumerable<(string Interface, JsonObject Configuration)> IpConfigurations(ResourceEntry set) =>
        from nic in set.Body.Items($"{ScaleSetFacts.ProfilePath}.networkProfile.networkInterfaceConfigurations")
        from configuration in nic.Items("properties.ipConfigurations")
        select (nic.Text("name") ?? string.Empty, configuration);

    private static bool Names(JsonObject configuration, string id) => s_lists.Any(
        kind => configuration.Items($"properties.{kind.List}").Any(reference => Same(reference.Text("id"), id)));

    private static IEnumerable<ResourceEntry> Parts(SandboxWorld world, JsonObject? lists) =>
        from kind in s_lists
        from reference in lists.Items(kind.List)
        let part = world.Store.Find(reference.Text("id"), kind.Type)
        where part is not null
        select part;

    private static void Remove(JsonObject? properties, string list, string id)
    {
        if (properties.Array(list) is not { } references) return;
        foreach (JsonNode? reference in references.Where(reference => Same(reference.Text("id"), id)).ToArray())
            references.Remove(reference);
        if (references.Count == 0) properties!.Remove(list);
    }

    private static bool Same(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
