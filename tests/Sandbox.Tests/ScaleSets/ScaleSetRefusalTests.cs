using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.ScaleSets;

/// <summary>What Azure refuses about scale sets, with its status, code and text. Nothing is left behind.</summary>
public sealed class ScaleSetRefusalTests : IDisposable
{
    private readonly ScaleSetFixture _sets = new();

    [Fact]
    public void RollingWithoutAnybodyWhoWatches() => Assert.Equal(
        "Rolling Upgrade mode is not supported for this Virtual Machine Scale Set because a health probe was not provided.",
        Put(400, "BadRequest", b => b["properties"]!["upgradePolicy"]!["mode"] = "Rolling").Message);

    [Fact]
    public void AProbeOfNoLoadBalancerOfTheSet()
    {
        string balancer = Balancer();

        Answer refused = Put(400, "CannotUseHealthProbeWithoutLoadBalancing", b => Probe(b, balancer));

        Assert.Equal(
            $"VM scale set {_sets.Set()} cannot use probe {balancer}/probes/alive as a HealthProbe because primary IP configuration ip of the " +
            "scale set does not use load balancing. LoadBalancerBackendAddressPools property of the IP configuration must reference " +
            "backend address pool of the load balancer that contains the probe.", refused.Message);
    }

    [Fact]
    public void AProbeThatNoRuleUses()
    {
        string balancer = Balancer();
        Put(400, "CannotUseInactiveHealthProbe", b =>
        {
            Probe(b, balancer);
            Configuration(b)["loadBalancerBackendAddressPools"] = new JsonArray(new JsonObject { ["id"] = balancer + "/backendAddressPools/pool" });
        });
    }

    [Fact]
    public void NoModel() => Assert.Equal(
        "Required parameter 'virtualMachineProfile' is missing (null).",
        Put(400, "InvalidParameter", b => b["properties"]!.AsObject().Remove("virtualMachineProfile")).Message);

    [Fact]
    public void MoreThanAPlacementGroupHolds() => Assert.Equal(
        "The value '101' of parameter 'sku.capacity' is out of range. The value must be between '0' and '100', inclusive.",
        Put(400, "InvalidParameter", b => b["sku"]!["capacity"] = 101).Message);

    [Fact]
    public void MoreCoresThanTheQuota() => Assert.StartsWith(
        "Operation could not be completed as it results in exceeding approved Total Regional Cores quota. Additional " +
        "details - Deployment Model: Resource Manager, Location: westeurope, Current Limit: 100, Current Usage: 0, " +
        "Additional Required: 120, (Minimum) New Limit Required: 120.",
        Put(409, "OperationNotAllowed", b =>
        {
            b["sku"]!["capacity"] = 30;
            b["sku"]!["name"] = "Standard_D4s_v5";
        }).Message);

    [Fact]
    public void AnImageThatIsNotThere()
    {
        string image = _sets.Group + "/providers/Microsoft.Compute/images/nothing";
        Answer refused = Put(404, "NotFound", b => ScaleSetFixture.Profile(b)["storageProfile"]!["imageReference"] =
            new JsonObject { ["id"] = image });
        Assert.Equal($"The Image '{image}' cannot be found in 'westeurope' region.", refused.Message);
    }

    [Fact]
    public void ASubnetThatIsNotThere()
    {
        Answer refused = Put(400, "InvalidResourceReference", b => Configuration(b)["subnet"]!["id"] = _sets.Subnet + "2");
        Assert.StartsWith($"Resource {_sets.Subnet}2 referenced by resource {_sets.Set()} was not found.", refused.Message);
    }

    [Fact]
    public void AWindowsPrefixThatLeavesNoRoomForNumbers() => Assert.StartsWith(
        "Windows computer name cannot be more than 15 characters long",
        Put(400, "InvalidParameter", b =>
        {
            ScaleSetFixture.Profile(b)["storageProfile"]!["imageReference"] = JsonNode.Parse("""
                {"publisher":"MicrosoftWindowsServer","offer":"WindowsServer","sku":"2022-datacenter-core-g2","version":"latest"}
                """);
            ScaleSetFixture.Profile(b)["osProfile"]!["computerNamePrefix"] = "tenletters";
        }).Message);

    [Theory]
    [InlineData("""{"properties":{"virtualMachineProfile":{"priority":"Spot"}}}""", "priority")]
    [InlineData("""{"properties":{"virtualMachineProfile":{"osProfile":{"computerNamePrefix":"other"}}}}""", "osProfile.computerNamePrefix")]
    [InlineData("""{"properties":{"virtualMachineProfile":{"storageProfile":{"imageReference":{"offer":"debian-11"}}}}}""", "imageReference.offer")]
    public void APropertyThatIsFixed(string body, string property)
    {
        _sets.Create(0);
        Answer refused = _sets.Refused("PATCH", _sets.Set(), body, 409, "PropertyChangeNotAllowed");
        Assert.Equal($"Changing property '{property}' is not allowed.", refused.Message);
        Assert.Equal(property, (string?)refused.Json["error"]!["target"]);
    }

    [Fact]
    public void AnImageOfAnotherType()
    {
        _sets.Create(0);
        string body = """{"properties":{"virtualMachineProfile":{"storageProfile":{"imageReference":{"id":"IMAGE"}}}}}"""
            .Replace("IMAGE", _sets.Group + "/providers/Microsoft.Compute/images/i", StringComparison.Ordinal);
        Answer refused = _sets.Refused("PATCH", _sets.Set(), body, 409, "OperationNotAllowed");
        Assert.Equal("The Image type for a Virtual Machine Scale Set may not be changed.", refused.Message);
    }

    [Fact]
    public void AnInstanceThatIsNotThere()
    {
        _sets.Create(1);
        Answer refused = _sets.Refused(
            "POST", _sets.Set() + "/manualupgrade", """{"instanceIds":["0","7"]}""", 400, "InvalidParameter");
        Assert.Equal("The provided instanceId 7 is not an active Virtual Machine Scale Set VM instanceId.", refused.Message);
        Assert.Equal("instanceIds", (string?)refused.Json["error"]!["target"]);
        Assert.Equal(refused.Message, _sets.Refused("POST", _sets.Instance(7) + "/start", null, 400, "InvalidParameter").Message);
        Assert.Equal("The entity was not found in this Azure location.",
            _sets.Refused("GET", _sets.Instance(7) + "/instanceView", null, 404, "NotFound").Message);
        _sets.Refused("GET", _sets.Instance(7, "other"), null, 404, "ResourceNotFound");
    }

    [Fact]
    public void AStarBesideOthers()
    {
        _sets.Create(1);
        Answer refused = _sets.Refused(
            "POST", _sets.Set() + "/manualupgrade", """{"instanceIds":["*","0"]}""", 400, "InvalidParameter");
        Assert.Equal("If \"*\" is an element in the instanceIds list then it must be the only element of the list.", refused.Message);
        Assert.Equal("upgradePolicies.instanceIds", (string?)refused.Json["error"]!["target"]);
    }

    [Fact]
    public void TwoOperationsAtATime()
    {
        _sets.Create(1);
        _sets.Client.Post(_sets.Set() + "/deallocate", ScaleSetFixture.Version).ShouldBe(202);
        const string text = "The request failed due to conflict with a concurrent request. To resolve it, please refer to " +
            "https://aka.ms/activitylog to get more details on the conflicting requests.";
        Assert.Equal(text, _sets.Refused("POST", _sets.Set() + "/start", null, 409, "Conflict").Message);
        Assert.Equal(text, _sets.Refused("PATCH", _sets.Set(), "{}", 409, "Conflict").Message);
        Assert.Equal(text, _sets.Refused("POST", _sets.Instance(0) + "/restart", null, 409, "Conflict").Message);
    }

    [Fact]
    public void AnUpgradeOfTheSystemWithoutThePolicyForIt()
    {
        _sets.Create(0);
        Answer refused = _sets.Refused("POST", _sets.Set() + "/osRollingUpgrade", null, 409, "OperationNotAllowed");
        Assert.Equal(
            "The OS Rolling Upgrade API cannot be used on a VM Scale Set unless the VM Scale Set has upgradePolicy.mode set to " +
            "Rolling.",
            refused.Message);
    }

    [Fact]
    public void AnUpgradeOfTheSystemOfAFixedVersion()
    {
        _sets.Create(0, "Rolling", b =>
        {
            ScaleSetFixture.Watched(b);
            ScaleSetFixture.Profile(b)["storageProfile"]!["imageReference"]!["version"] = "0.20250115.1993";
        });
        Answer refused = _sets.Refused("POST", _sets.Set() + "/osRollingUpgrade", null, 409, "OperationNotAllowed");
        Assert.Equal(
            "The OS Rolling Upgrade API cannot be used on a VM Scale Set unless the VM Scale Set has some instances which have " +
            "imageReference.version set to latest.",
            refused.Message);
    }

    [Fact]
    public void MaintenanceAndEvictionOfOrdinaryInstances()
    {
        _sets.Create(1);
        Assert.Equal(
            "Operation 'performMaintenance' is not allowed on VM 'web_0' since the Subscription of this VM is not eligible.",
            _sets.Refused("POST", _sets.Set() + "/performMaintenance", null, 409, "OperationNotAllowed").Message);
        Assert.Equal(
            "Operation 'simulateEviction' is allowed only for Spot Virtual Machines",
            _sets.Refused("POST", _sets.Instance(0) + "/simulateEviction", null, 409, "OperationNotAllowed").Message);
    }

    private Answer Put(int status, string code, Action<JsonObject> change)
    {
        JsonObject body = _sets.Body();
        change(body);
        return _sets.Refused("PUT", _sets.Set(), body.ToJsonString(), status, code);
    }

    private static void Probe(JsonObject body, string balancer) =>
        ScaleSetFixture.Profile(body)["networkProfile"]!["healthProbe"] = new JsonObject { ["id"] = balancer + "/probes/alive" };

    // Its only rule asks no probe.
    private string Balancer()
    {
        string balancer = _sets.Group + "/providers/Microsoft.Network/loadBalancers/front";
        _sets.Client.Finish(_sets.Client.Put(balancer, "2022-07-01", $$$"""
            {"location":"westeurope","sku":{"name":"Standard"},"properties":{
             "frontendIPConfigurations":[{"name":"front","properties":{"subnet":{"id":"{{{_sets.Subnet}}}"} } }],"backendAddressPools":[{"name":"pool"}],
             "probes":[{"name":"alive","properties":{"protocol":"Tcp","port":80} }],
             "loadBalancingRules":[{"name":"web","properties":{"protocol":"Tcp","frontendPort":80,"backendPort":80,
              "frontendIPConfiguration":{"id":"{{{balancer}}}/frontendIPConfigurations/front"},"backendAddressPool":{"id":"{{{balancer}}}/backendAddressPools/pool"} } }] } }
            """).ShouldBe(201));
        return balancer;
    }

    private static JsonObject Configuration(JsonObject body) =>
        ScaleSetFixture.Profile(body)["networkProfile"]!["networkInterfaceConfigurations"]![0]!["properties"]!
            ["ipConfigurations"]![0]!["properties"]!.AsObject();

    public void Dispose() => _sets.Dispose();
}
