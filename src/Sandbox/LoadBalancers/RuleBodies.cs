using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.LoadBalancers;

/// <summary>Rules and probes of load balancers; members, their order and defaults as 2020-05-01 was seen to show them.</summary>
internal static class RuleBodies
{
    private const int IdleMinutes = 4;
    private const int ProbeSeconds = 15;
    private const int Probes = 2;

    public static JsonObject LoadBalancing(LoadBalancerPartReader reader)
    {
        JsonObject properties = New();
        properties["frontendIPConfiguration"] = reader.Required("frontendIPConfiguration", LoadBalancerTypes.Frontends);
        long port = reader.Port("frontendPort", 0);
        properties["frontendPort"] = port;
        properties["backendPort"] = reader.Sent["backendPort"] is null ? port : reader.Port("backendPort", 0);
        Flow(reader, properties, "Tcp", "Udp", "All");
        properties["loadDistribution"] =
            reader.Word("loadDistribution", "LoadDistribution", "Default", "SourceIP", "SourceIPProtocol") ?? "Default";
        properties["disableOutboundSnat"] = reader.Flag("disableOutboundSnat");
        JsonObject? pool = reader.Reference("backendAddressPool", LoadBalancerTypes.Pools);
        JsonArray pools = reader.References("backendAddressPools", LoadBalancerTypes.Pools);
        pool ??= pools.FirstOrDefault() is JsonObject first ? first.Copy() : null;
        if (pool is not null)
        {
            properties["backendAddressPool"] = pool;
            properties["backendAddressPools"] = pools.Count > 0 ? pools : new JsonArray(pool.Copy());
        }

        if (reader.Reference("probe", LoadBalancerTypes.Probes) is { } probe) properties["probe"] = probe;
        return properties;
    }

    public static JsonObject Probe(LoadBalancerPartReader reader)
    {
        JsonObject properties = New();
        properties["protocol"] = reader.Protocol("Http", "Tcp", "Https");
        properties["port"] = reader.Port("port");
        if (reader.Sent.Text("requestPath") is { } requestPath) properties["requestPath"] = requestPath;
        properties["intervalInSeconds"] = reader.Number("intervalInSeconds", ProbeSeconds);
        properties["numberOfProbes"] = reader.Number("numberOfProbes", Probes);
        if (reader.Sent.Number("probeThreshold") is { } threshold) properties["probeThreshold"] = threshold;
        return properties;
    }

    /// <summary>A rule for one interface, or for a pool: then each of its members gets a port out of a range.</summary>
    public static JsonObject InboundNat(LoadBalancerPartReader reader)
    {
        JsonObject properties = New();
        properties["frontendIPConfiguration"] = reader.Required("frontendIPConfiguration", LoadBalancerTypes.Frontends);
        JsonObject? pool = reader.Reference("backendAddressPool", LoadBalancerTypes.Pools);
        if (pool is null)
            properties["frontendPort"] = reader.Port("frontendPort");
        else
            Range(reader, properties);
        properties["backendPort"] = reader.Port("backendPort");
        Flow(reader, properties, "Tcp", "Udp", "All");
        if (pool is not null) properties["backendAddressPool"] = pool;
        return properties;
    }

    public static JsonObject InboundNatPool(LoadBalancerPartReader reader)
    {
        JsonObject properties = New();
        Range(reader, properties);
        properties["backendPort"] = reader.Port("backendPort");
        Flow(reader, properties, "Tcp", "Udp", "All");
        properties["frontendIPConfiguration"] = reader.Required("frontendIPConfiguration", LoadBalancerTypes.Frontends);
        return properties;
    }

    public static JsonObject Outbound(LoadBalancerPartReader reader)
    {
        JsonObject properties = New();
        properties["allocatedOutboundPorts"] = reader.Number("allocatedOutboundPorts", 0);
        properties["protocol"] = reader.Protocol("Tcp", "Udp", "All");
        properties["enableTcpReset"] = reader.Flag("enableTcpReset");
        properties["idleTimeoutInMinutes"] = reader.Number("idleTimeoutInMinutes", IdleMinutes);
        properties["backendAddressPool"] = reader.Required("backendAddressPool", LoadBalancerTypes.Pools);
        properties["frontendIPConfigurations"] = reader.References("frontendIPConfigurations", LoadBalancerTypes.Frontends);
        return properties;
    }

    private static void Range(LoadBalancerPartReader reader, JsonObject properties)
    {
        long start = reader.Port("frontendPortRangeStart"), end = reader.Port("frontendPortRangeEnd");
        if (end < start)
        {
            throw LoadBalancerErrors.InvalidPort(
                reader.Id, "frontendPortRangeEnd", $"{end}", start, LoadBalancerPartReader.LastPort);
        }

        properties["frontendPortRangeStart"] = start;
        properties["frontendPortRangeEnd"] = end;
    }

    private static void Flow(LoadBalancerPartReader reader, JsonObject properties, params string[] protocols)
    {
        properties["enableFloatingIP"] = reader.Flag("enableFloatingIP");
        properties["idleTimeoutInMinutes"] = reader.Number("idleTimeoutInMinutes", IdleMinutes);
        properties["protocol"] = reader.Protocol(protocols);
        properties["enableDestinationServiceEndpoint"] = false;
        properties["enableTcpReset"] = reader.Flag("enableTcpReset");
        properties["allowBackendPortConflict"] = false;
    }

    private static JsonObject New()
    {
        JsonObject properties = JsonText.NewObject();
        properties["provisioningState"] = "Succeeded";
        return properties;
    }
}
