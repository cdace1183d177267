using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.ScaleSets;

/// <summary>Scale sets of machines that are machines like others.</summary>
public sealed class FlexibleScaleSetTests : IDisposable
{
    private readonly ScaleSetFixture _sets = new();

    private string Machines => _sets.Group + "/providers/Microsoft.Compute/virtualMachines";

    [Fact]
    public void ItsMachinesAreMachinesWithInterfacesOfTheirOwn()
    {
        _sets.Create(2, change: Flexible);
        JsonArray machines = _sets.Client.Get(Machines, ScaleSetFixture.Version).Json["value"]!.AsArray();
        Assert.Equal(2, machines.Count);
        JsonObject vm = machines[0]!.AsObject();
        Assert.Matches("^web_[0-9a-f]{8}$", (string?)vm["name"]);
        Assert.Equal(_sets.Set(), (string?)vm["properties"]!["virtualMachineScaleSet"]!["id"]);
        Assert.Equal("Succeeded", (string?)vm["properties"]!["provisioningState"]);
        string nic = (string)vm["properties"]!["networkProfile"]!["networkInterfaces"]![0]!["id"]!;
        JsonObject shown = _sets.Client.Get(nic, "2022-01-01").ShouldBe(200).Json;
        Assert.Equal((string?)vm["id"], (string?)shown["properties"]!["virtualMachine"]!["id"], ignoreCase: true);
        Assert.Equal([.. machines.Select(m => (string?)m!["name"])], _sets.Numbers());
        Assert.False((bool)_sets.Get()["properties"]!["singlePlacementGroup"]!);
    }

    [Fact]
    public void OnlyItsMachinesAreInTheListsOfAllResources()
    {
        _sets.Create(2, change: Flexible);
        Assert.Equal(2, Listed("virtualMachines"));
        _sets.Client.Finish(_sets.Client.Delete(_sets.Set(), ScaleSetFixture.Version).ShouldBe(202));
        _sets.Create(2);
        Assert.Equal((1, 0), (Listed("virtualMachineScaleSets"), Listed("virtualMachineScaleSets/virtualMachines")));
    }

    private int Listed(string type) => _sets.Client.Get(_sets.Group + "/resources", SandboxClient.ResourcesVersion).ShouldBe(200)
        .Json["value"]!.AsArray().Count(item => (string?)item!["type"] == $"Microsoft.Compute/{type}");

    [Fact]
    public void ADeletedMachineTakesItsDiskItsInterfaceAndTheCapacityWithIt()
    {
        _sets.Create(2, change: Flexible);
        string vm = $"{Machines}/{_sets.Numbers()[0]}";
        _sets.Client.Finish(_sets.Client.Delete(vm, ScaleSetFixture.Version).ShouldBe(202));
        Assert.Equal(1, (int)_sets.Get()["sku"]!["capacity"]!);
        Assert.Single(_sets.Client.Get(_sets.Group + "/providers/Microsoft.Compute/disks", "2023-04-02").Json["value"]!.AsArray());
        Assert.Single(_sets.Client.Get(_sets.Group + "/providers/Microsoft.Network/networkInterfaces", "2022-01-01")
            .Json["value"]!.AsArray());
        _sets.Patch("""{"sku":{"capacity":3}}""");
        Assert.Equal(3, _sets.Numbers().Length);
        _sets.Patch("""{"sku":{"capacity":1}}""");
        Assert.Single(_sets.Numbers());
    }

    [Fact]
    public void WhatOnlyUniformSetsCanDoIsRefused()
    {
        _sets.Create(1, change: Flexible);
        Answer refused = _sets.Refused(
            "POST", _sets.Set() + "/manualupgrade", """{"instanceIds":["*"]}""", 409, "OperationNotAllowed");
        Assert.Equal(
            "Operation 'VirtualMachineScaleSets.ManualUpgrade.POST' is not allowed on Virtual Machine Scale Set 'web'.",
            refused.Message);
        Answer view = _sets.Client.Send("GET", $"{_sets.Set()}/virtualMachines?$expand=instanceView&api-version={ScaleSetFixture.Version}");
        Assert.Equal("BadRequest", view.ShouldBe(400).Code);
    }

    [Fact]
    public void FaultDomainsMustBeSaidAndTheModeNeedNotBe()
    {
        JsonObject without = _sets.Body(1);
        Flexible(without);
        without["properties"]!.AsObject().Remove("platformFaultDomainCount");
        Answer refused = _sets.Refused("PUT", _sets.Set(), without.ToJsonString(), 400, "InvalidParameter");
        Assert.Equal("Required parameter 'platformFaultDomainCount' is missing (null).", refused.Message);
        _sets.Create(1, change: Flexible);

        JsonNode properties = _sets.Client.Get(_sets.Set(), ScaleSetFixture.Version).Json["properties"]!;
        Assert.Equal(("Manual", 1), ((string?)properties["upgradePolicy"]!["mode"], (int)properties["platformFaultDomainCount"]!));
    }

    [Fact]
    public void ASetWithoutAModelTakesMachinesThatNameIt()
    {
        string body = """{"location":"westeurope","properties":{"orchestrationMode":"Flexible","platformFaultDomainCount":1}}""";
        Answer answer = _sets.Client.Put(_sets.Set(), ScaleSetFixture.Version, body).ShouldBe(201);
        Assert.Equal("Succeeded", (string?)_sets.Client.Finish(answer)["status"]);
        Assert.Empty(_sets.Numbers());
    }

    [Fact]
    public void ADeletedSetLeavesNothing()
    {
        _sets.Create(2, change: Flexible);
        _sets.Client.Finish(_sets.Client.Delete(_sets.Set(), ScaleSetFixture.Version).ShouldBe(202));
        Assert.Empty(_sets.Client.Get(Machines, ScaleSetFixture.Version).Json["value"]!.AsArray());
        Assert.Empty(_sets.Client.Get(_sets.Group + "/providers/Microsoft.Network/networkInterfaces", "2022-01-01")
            .Json["value"]!.AsArray());
    }

    private static void Flexible(JsonObject body)
    {
        JsonObject properties = body["properties"]!.AsObject();
        properties["orchestrationMode"] = "Flexible";
        properties["platformFaultDomainCount"] = 1;
        foreach (string name in new[] { "overprovision", "upgradePolicy" }) properties.Remove(name);
        ScaleSetFixture.Profile(body)["networkProfile"]!["networkApiVersion"] = "2020-11-01";
    }

    public void Dispose() => _sets.Dispose();
}
