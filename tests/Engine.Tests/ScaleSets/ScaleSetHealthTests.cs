using System.Text.Json.Nodes;
using ImageCmdlets.Engine.ScaleSets;
using ImageCmdlets.Engine.Tests.Vms;

namespace ImageCmdlets.Engine.Tests.ScaleSets;

/// <summary>Rolling upgrades, and what watches the health that they want to know.</summary>
public sealed class ScaleSetHealthTests
{
    private static readonly ScaleSetHealthOptions s_http = new() { Protocol = "http", Port = 8080, Path = "/health" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(VMWorld.Linux, "ApplicationHealthLinux")]
    [InlineData(VMWorld.Windows, "ApplicationHealthWindows")]
    public async Task TheExtensionWatchesARollingSet(string image, string type)
    {
        using VMWorld world = await VMWorld.OpenAsync();

        await NewAsync(world, Request(image) with { Health = s_http, RollingPolicy = new RollingPolicyOptions { MaxBatchPercent = 50, PauseBetweenBatches = TimeSpan.FromSeconds(30) } });

        JsonNode set = (await world.GetAsync(ResourceTypes.ScaleSet, "web", VMWorld.Compute))!;
        Assert.Equal("""{"mode":"Rolling","rollingUpgradePolicy":{"maxBatchInstancePercent":50,"maxUnhealthyInstancePercent":20,"maxUnhealthyUpgradedInstancePercent":20,"pauseTimeBetweenBatches":"PT30S"}}""",
            set["properties"]!["upgradePolicy"]!.ToJsonString());
        JsonNode extension = Assert.Single(set["properties"]!["virtualMachineProfile"]!["extensionProfile"]!["extensions"]!.AsArray())!["properties"]!;
        Assert.Equal(("Microsoft.ManagedServices", type, "1.0"), ((string?)extension["publisher"], (string?)extension["type"], (string?)extension["typeHandlerVersion"]));
        Assert.Equal("""{"protocol":"http","port":8080,"requestPath":"/health"}""", extension["settings"]!.ToJsonString());
        ImageScaleSet made = Made(world);
        Assert.Equal(("Rolling", "Extension"), (made.UpgradeMode, made.HealthSource));
        Assert.All(made.Instance!, instance => Assert.Equal("Healthy", instance.Health));
    }

    [Theory]
    [InlineData("tcp", 22, """{"protocol":"tcp","port":22}""")]
    [InlineData("HTTPS", null, """{"protocol":"https","port":443,"requestPath":"/"}""")]
    public async Task WhatIsNotSaidIsAsUsual(string protocol, int? port, string settings)
    {
        using VMWorld world = await VMWorld.OpenAsync();

        await NewAsync(world, Request() with { UpgradeMode = "Manual", Health = new ScaleSetHealthOptions { Protocol = protocol, Port = port } });

        JsonNode set = (await world.GetAsync(ResourceTypes.ScaleSet, "web", VMWorld.Compute))!;
        Assert.Equal(settings, set["properties"]!["virtualMachineProfile"]!["extensionProfile"]!["extensions"]![0]!["properties"]!["settings"]!.ToJsonString());
        Assert.Null(set["properties"]!["upgradePolicy"]!["rollingUpgradePolicy"]);
    }

    [Fact]
    public async Task AProbeWatchesASetBehindItsLoadBalancer()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        string balancer = await BalancerAsync(world, "westeurope", hasRule: true);

        await NewAsync(world, Watched(balancer));
        await NewAsync(world, Watched(balancer));

        JsonNode set = (await world.GetAsync(ResourceTypes.ScaleSet, "web", VMWorld.Compute))!;
        Assert.Equal(balancer + "/probes/alive", (string?)set["properties"]!["virtualMachineProfile"]!["networkProfile"]!["healthProbe"]!["id"]);
        Assert.Equal(["Probe", "Probe"], world.Sink.Items.OfType<ImageScaleSet>().Select(one => one.HealthSource));
    }

    [Theory]
    [InlineData("westeurope", false, "/probes/alive", ErrorIds.InvalidArgument)]
    [InlineData("westeurope", true, "/probes/none", ErrorIds.ResourceNotFound)]
    [InlineData("eastus", true, "/probes/alive", ErrorIds.RegionMismatch)]
    [InlineData("westeurope", true, "x/probes/alive", ErrorIds.ResourceNotFound)]
    public async Task AProbeThatCannotWatchIsRefused(string location, bool hasRule, string probe, string errorId)
    {
        using VMWorld world = await VMWorld.OpenAsync();
        string balancer = await BalancerAsync(world, location, hasRule);
        NewScaleSetOptions watched = Watched(balancer);

        await RefusedAsync(world, watched with { Health = new ScaleSetHealthOptions { ProbeId = balancer + probe }, Machine = watched.Machine with { LoadBalancerPoolId = location == "eastus" ? [] : watched.Machine.LoadBalancerPoolId } }, errorId);
    }

    [Fact]
    public async Task AProbeWantsThePoolOfARuleThatUsesIt()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        NewScaleSetOptions watched = Watched(await BalancerAsync(world, "westeurope", hasRule: true));

        ImageCmdletsException error = await RefusedAsync(world, watched with { Machine = watched.Machine with { LoadBalancerPoolId = [] } }, ErrorIds.InvalidArgument);

        Assert.Equal("The probe 'alive' cannot watch the scale set: no rule of the load balancer 'front' that sends to a pool of the set uses it.", error.Message);
    }

    public static TheoryData<NewScaleSetOptions, string> Wrong => new()
    {
        { Request(), "Rolling upgrades want to know which machines are healthy, and nothing watches them." },
        { Request() with { OrchestrationMode = "Flexible", Health = s_http }, "A flexible scale set has the upgrade mode Manual, not Rolling." },
        { Request() with { UpgradeMode = "Automatic", RollingPolicy = new RollingPolicyOptions() }, "Only rolling upgrades go in batches, not those of the mode Automatic." },
        { Rolling(new RollingPolicyOptions { MaxBatchPercent = 4 }), "4 % is not possible for -MaxBatchPercent." },
        { Rolling(new RollingPolicyOptions { MaxUnhealthyPercent = 101 }), "101 % is not possible for -MaxUnhealthyPercent." },
        { Rolling(new RollingPolicyOptions { MaxUnhealthyUpgradedPercent = -1 }), "-1 % is not possible for -MaxUnhealthyUpgradedPercent." },
        { Rolling(new RollingPolicyOptions { PauseBetweenBatches = TimeSpan.FromTicks(30) }), "A pause does not take 00:00:00.0000030." },
        { Rolling(new RollingPolicyOptions { PauseBetweenBatches = TimeSpan.FromSeconds(-1) }), "A pause does not take -00:00:01." },
        { Health(new ScaleSetHealthOptions { Port = 80 }), "It is not said how the health of the machines is asked for." },
        { Health(new ScaleSetHealthOptions { Protocol = "udp", Port = 80 }), "The health of machines is not asked for with 'udp'." },
        { Health(new ScaleSetHealthOptions { Protocol = "tcp" }), "It is not said which port answers while a machine is healthy." },
        { Health(new ScaleSetHealthOptions { Protocol = "tcp", Port = 22, Path = "/" }), "There is no path with tcp." },
        { Health(new ScaleSetHealthOptions { Protocol = "http", Port = 65536 }), "65536 is no port." },
        { Health(new ScaleSetHealthOptions { Protocol = "http", Path = "health" }), "'health' is no path of a web server." },
        { Health(new ScaleSetHealthOptions { ProbeId = "alive" }), "'alive' is not the id of a load balancer's probe." },
        { Health(s_http with { ProbeId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/loadBalancers/lb/probes/p" }), "One thing watches the health of a scale set, a probe or the extension, not both." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task WhatCannotBeIsRefusedBeforeAnythingIsAsked(NewScaleSetOptions request, string message)
    {
        using VMWorld world = await VMWorld.OpenAsync();

        ImageCmdletsException error = await RefusedAsync(world, request, message.Contains("is not the id", StringComparison.Ordinal) ? ErrorIds.InvalidResourceId : ErrorIds.InvalidArgument);

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void AProbeDoesNotWatchAFlexibleSet() => Assert.Equal("A load balancer's probe does not watch the health of a flexible scale set.", Assert.Single(ScaleSetUpgradeRules.Problems(Request() with
    {
        OrchestrationMode = "Flexible", UpgradeMode = "Manual",
        Health = new ScaleSetHealthOptions { ProbeId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/loadBalancers/lb/probes/p" },
    })).Message);

    [Fact]
    public async Task AnotherPolicyOrWatcherIsAnotherSet()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await NewAsync(world, Request() with { Health = s_http });
        await NewAsync(world, Request() with { Health = s_http with { }, RollingPolicy = new RollingPolicyOptions() });

        ImageCmdletsException error = await RefusedAsync(world, Request() with { Health = s_http with { Path = "/" }, RollingPolicy = new RollingPolicyOptions { MaxBatchPercent = 40 } }, ErrorIds.ResourceAlreadyExists);

        Assert.Contains("rolling policy 20/20/20 % with a pause of 00:00:00, not 40/20/20 % with a pause of 00:00:00; health source http:8080/health, not http:8080/.", error.Message, StringComparison.Ordinal);
    }

    private static NewScaleSetOptions Request(string image = VMWorld.Linux) => new() { Machine = VMWorld.Request("web", image), OrchestrationMode = "Uniform", UpgradeMode = "Rolling" };

    private static NewScaleSetOptions Rolling(RollingPolicyOptions policy) => Request() with { Health = s_http, RollingPolicy = policy };

    private static NewScaleSetOptions Health(ScaleSetHealthOptions health) => Request() with { Health = health };

    private static NewScaleSetOptions Watched(string balancer)
    {
        NewScaleSetOptions request = Request();
        return request with { Machine = request.Machine with { LoadBalancerPoolId = [balancer + "/backendAddressPools/pool"] }, Health = new ScaleSetHealthOptions { ProbeId = balancer + "/probes/alive" } };
    }

    private static ImageScaleSet Made(VMWorld world) => Assert.IsType<ImageScaleSet>(Assert.Single(world.Sink.Items));

    private static async Task<ImageCmdletsException> RefusedAsync(VMWorld world, NewScaleSetOptions request, string errorId)
    {
        string before = world.Fingerprint;
        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => NewAsync(world, request));
        Assert.Equal((errorId, before), (error.ErrorId, world.Fingerprint));
        return error;
    }

    private static Task NewAsync(VMWorld world, NewScaleSetOptions request) => ScaleSetService.NewAsync(world.Session, [request], new RunOptions(), world.Sink, Token);

    private static async Task<string> BalancerAsync(VMWorld world, string location, bool hasRule)
    {
        await world.MakeGroupAsync();
        string address = world.Id(ResourceTypes.PublicIPAddress, "front"), balancer = world.Id(ResourceTypes.LoadBalancer, "front");
        await world.PutAsync(address, VMWorld.Network, $$"""{"location":"{{location}}","sku":{"name":"Standard"},"properties":{"publicIPAllocationMethod":"Static"} }""");
        string probe = hasRule ? $$""","probe":{"id":"{{balancer}}/probes/alive"}""" : string.Empty;
        await world.PutAsync(balancer, VMWorld.Network, $$$"""
            {"location":"{{{location}}}","sku":{"name":"Standard"},"properties":{
             "frontendIPConfigurations":[{"name":"front","properties":{"publicIPAddress":{"id":"{{{address}}}"} } }],"backendAddressPools":[{"name":"pool"}],
             "probes":[{"name":"alive","properties":{"protocol":"Http","port":80,"requestPath":"/"} }],
             "loadBalancingRules":[{"name":"web","properties":{"protocol":"Tcp","frontendPort":80,"backendPort":80,"frontendIPConfiguration":{"id":"{{{balancer}}}/frontendIPConfigurations/front"},
              "backendAddressPool":{"id":"{{{balancer}}}/backendAddressPools/pool"}{{{probe}}} } }] } }
            """);
        return balancer;
    }
}
