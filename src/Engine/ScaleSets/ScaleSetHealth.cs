using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.ScaleSets;

/// <summary>What watches the health of a scale set's machines.</summary>
/// <remarks>Source: "Using Application Health extension with Virtual Machine Scale Sets" of Azure's documentation (names, version and settings of the extension),
/// <c>LoadBalancers_Get</c>.</remarks>
internal static class ScaleSetHealth
{
    private const string ExtensionName = "HealthExtension";
    private const string TypePrefix = "ApplicationHealth";
    private const string ProbeSegment = "/probes/";

    /// <summary>Whether something is to watch a set, be it an extension that the user names.</summary>
    public static bool IsWanted(NewScaleSetOptions options) => options.Health is not null || options.Machine.Extension.Any(extension => IsWatcher(extension.Type));

    /// <summary>The extension that watches; null where a probe does, or nothing.</summary>
    public static ImageVMExtension? Extension(ScaleSetHealthOptions? health, bool isWindows)
    {
        if (health is null || health.ProbeId is not null)
            return null;

        (string protocol, int port, string? path) = Endpoint(health);
        var settings = new Dictionary<string, object> { ["protocol"] = protocol, ["port"] = port };
        if (path is not null)
            settings["requestPath"] = path;
        return new ImageVMExtension { Name = ExtensionName, Publisher = "Microsoft.ManagedServices", Type = TypePrefix + (isWindows ? "Windows" : "Linux"), Version = "1.0", Setting = settings };
    }

    /// <summary><see cref="ImageScaleSet.HealthSource"/> of a set.</summary>
    public static string? Source(JsonElement set) => ProbeOf(set) is not null ? "Probe" : ExtensionOf(set) is not null ? "Extension" : null;

    /// <summary>What watches a set, in words, to tell one from another.</summary>
    public static string Describe(JsonElement set)
    {
        if (ProbeOf(set) is { } probe)
            return probe;

        JsonElement settings = ExtensionOf(set)?.Find("properties", "settings") ?? default;
        return ExtensionOf(set) is null ? "none" : $"{settings.Text("protocol")}:{settings.Number("port")}{settings.Text("requestPath")}";
    }

    /// <summary>What is to watch a set, in the same words.</summary>
    public static string Describe(ScaleSetHealthOptions? health)
    {
        if (health is null)
            return "none";

        (string protocol, int port, string? path) = health.ProbeId is null ? Endpoint(health) : default;
        return health.ProbeId ?? $"{protocol}:{port}{path}";
    }

    /// <summary>Makes sure that a probe can watch a set, as Azure wants it: a rule that sends to the set asks it.</summary>
    /// <exception cref="ImageCmdletsException">ResourceNotFound; RegionMismatch; InvalidArgument, which Azure answers as CannotUseHealthProbeWithoutLoadBalancing
    /// and CannotUseInactiveHealthProbe.</exception>
    public static async Task RequireProbeAsync(Operation operation, string probe, VMPlatform platform)
    {
        JsonElement balancer = await VMTies.ReadAsync(operation, probe.Substring(0, probe.IndexOf(ProbeSegment, StringComparison.OrdinalIgnoreCase)), "load balancer").ConfigureAwait(false);
        string name = ResourceId.TryParse(probe)!.Name;
        if (!balancer.Items("properties", "probes").Any(one => Same(one.Text("id"), probe)))
            throw new ImageCmdletsException(ErrorIds.ResourceNotFound, $"The load balancer '{balancer.Text("name")}' has no probe '{name}'.", probe);
        if (!LocationCatalog.Same(balancer.Text("location"), platform.Location))
            throw new ImageCmdletsException(ErrorIds.RegionMismatch, $"The load balancer '{balancer.Text("name")}' is in {balancer.Text("location")}, the scale set is to be in {platform.Location}.", probe);

        IEnumerable<string?> pools = balancer.Items("properties", "loadBalancingRules").Where(rule => Same(rule.Text("properties", "probe", "id"), probe))
            .SelectMany(rule => rule.Items("properties", "backendAddressPools").Select(pool => pool.Text("id")).Append(rule.Text("properties", "backendAddressPool", "id")));
        if (!pools.Any(pool => pool is not null && platform.LoadBalancerPoolId.Contains(pool, StringComparer.OrdinalIgnoreCase)))
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"The probe '{name}' cannot watch the scale set: no rule of the load balancer '{balancer.Text("name")}' that sends to a pool of the set uses it.", probe,
                "Pass the backend pool of a rule that uses the probe with -LoadBalancerPoolId, or have the extension watch with -HealthProtocol and -HealthPort.");
        }
    }

    private static (string Protocol, int Port, string? Path) Endpoint(ScaleSetHealthOptions health) => health.Protocol!.ToLowerInvariant() switch
    {
        "tcp" => ("tcp", health.Port!.Value, null),
        "https" => ("https", health.Port ?? 443, health.Path ?? "/"),
        _ => ("http", health.Port ?? 80, health.Path ?? "/"),
    };

    private static bool IsWatcher(string extensionType) => extensionType.StartsWith(TypePrefix, StringComparison.OrdinalIgnoreCase);

    private static string? ProbeOf(JsonElement set) => set.Text("properties", "virtualMachineProfile", "networkProfile", "healthProbe", "id");

    private static JsonElement? ExtensionOf(JsonElement set) => set.Items("properties", "virtualMachineProfile", "extensionProfile", "extensions")
        .Where(extension => IsWatcher(extension.Text("properties", "type") ?? string.Empty))
        .Select(extension => (JsonElement?)extension).FirstOrDefault();

    private static bool Same(string? a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
