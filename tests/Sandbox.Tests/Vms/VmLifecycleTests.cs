using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Vms;

/// <summary>A machine from its PUT to its DELETE.</summary>
public sealed class VmLifecycleTests : IDisposable
{
    private readonly VmFixture _vms = new();

    [Fact]
    public void ANewMachineIsAnswered201AndTakesTheRecordedMedian()
    {
        Answer answer = _vms.Client.Put(_vms.Vm(), VmFixture.Version, _vms.Body(VmFixture.Linux).ToJsonString());
        answer.ShouldBe(201);
        Assert.Equal("Creating", (string?)answer.Json["properties"]!["provisioningState"]);
        Assert.Null(answer.Header("Location"));
        JsonObject end = _vms.Client.Finish(answer);
        TimeSpan taken = DateTimeOffset.Parse((string)end["endTime"]!) - DateTimeOffset.Parse((string)end["startTime"]!);
        Assert.Equal(TimeSpan.FromSeconds(371), taken);
        Assert.Null(end["properties"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(64)]
    public void ASizeThatComputeChoosesShowsWhenTheMachineIsMade(int? asked)
    {
        JsonObject body = _vms.Body(VmFixture.Linux);
        body["properties"]!["storageProfile"]!["osDisk"] = new JsonObject { ["createOption"] = "FromImage", ["diskSizeGB"] = asked };
        Answer answer = _vms.Client.Put(_vms.Vm(), VmFixture.Version, body.ToJsonString()).ShouldBe(201);
        Assert.Equal(asked, (int?)_vms.Get()["properties"]!["storageProfile"]!["osDisk"]!["diskSizeGB"]);
        _vms.Client.Finish(answer);
        Assert.Equal(asked ?? 30, (int?)_vms.Get()["properties"]!["storageProfile"]!["osDisk"]!["diskSizeGB"]);
    }

    [Fact]
    public void TheServerAddsWhatItKnows()
    {
        _vms.Create(VmFixture.Windows);
        JsonObject vm = _vms.Get();
        JsonNode properties = vm["properties"]!;
        Assert.Equal(["name", "id", "type", "location", "properties"], vm.Select(p => p.Key));
        Assert.Equal("20348.3207.250210", (string?)properties["storageProfile"]!["imageReference"]!["exactVersion"]);
        Assert.Equal("latest", (string?)properties["storageProfile"]!["imageReference"]!["version"]);
        Assert.Matches("^web01_OsDisk_1_[0-9a-f]{32}$", (string?)properties["storageProfile"]!["osDisk"]!["name"]);
        Assert.Equal("Detach", (string?)properties["storageProfile"]!["osDisk"]!["deleteOption"]);
        Assert.Equal(127, (int)properties["storageProfile"]!["osDisk"]!["diskSizeGB"]!);
        Assert.Null(properties["osProfile"]!["adminPassword"]);
        Assert.True((bool)properties["osProfile"]!["allowExtensionOperations"]!);
        Assert.Null(vm["etag"]);
        Assert.Null(properties["instanceView"]);
    }

    [Fact]
    public void TheOsDiskIsAResourceOfItsOwn()
    {
        _vms.Create(VmFixture.Linux);
        string id = (string)_vms.Get()["properties"]!["storageProfile"]!["osDisk"]!["managedDisk"]!["id"]!;
        JsonObject disk = _vms.Client.Get(id, "2023-04-02").ShouldBe(200).Json;
        Assert.Equal(_vms.Vm(), (string?)disk["managedBy"], ignoreCase: true);
        Assert.Equal("Attached", (string?)disk["properties"]!["diskState"]);
        Assert.Equal("V1", (string?)disk["properties"]!["hyperVGeneration"]);
        Assert.Equal("Linux", (string?)disk["properties"]!["osType"]);
    }

    [Fact]
    public void TheInstanceViewFollowsThePower()
    {
        _vms.Create(VmFixture.Linux);
        Assert.Equal(["ProvisioningState/succeeded", "PowerState/running"], _vms.Codes());
        _vms.Act("powerOff");
        Assert.Equal(["ProvisioningState/succeeded", "PowerState/stopped"], _vms.Codes());
        Assert.NotNull(_vms.Get(expand: "instanceView")["properties"]!["instanceView"]!["vmAgent"]);
        _vms.Act("deallocate");
        Assert.Equal(["ProvisioningState/succeeded", "PowerState/deallocated"], _vms.Codes());
        Assert.Null(_vms.Get(expand: "instanceView")["properties"]!["instanceView"]!["vmAgent"]);
        _vms.Act("start");
        Assert.Equal(["ProvisioningState/succeeded", "PowerState/running"], _vms.Codes());
    }

    [Fact]
    public void TheAgentTellsWhatItRunsOn()
    {
        _vms.Create(VmFixture.Linux);
        JsonNode view = _vms.Get(expand: "instanceView")["properties"]!["instanceView"]!;
        Assert.Equal("web01", (string?)view["computerName"]);
        Assert.Equal("debian", (string?)view["osName"]);
        Assert.Equal("12.9", (string?)view["osVersion"]);
        Assert.Equal("Ready", (string?)view["vmAgent"]!["statuses"]![0]!["displayStatus"]);
        Assert.Equal("V1", (string?)view["hyperVGeneration"]);
    }

    [Fact]
    public void GeneralizeIsSynchronousAndOnlyForWhatIsOff()
    {
        _vms.Create(VmFixture.Linux);
        Answer refused = _vms.Client.Refused(
            "POST", _vms.Vm() + "/generalize", VmFixture.Version, null, 409, "OperationNotAllowed");
        Assert.Equal(
            "Operation 'generalize' is not allowed on VM 'web01' since the VM is running. Please power off explicitly in " +
            "case you "
            + "shut down the VM from inside the guest operating system.",
            refused.Message);
        _vms.Act("deallocate");
        Answer answer = _vms.Client.Post(_vms.Vm() + "/generalize", VmFixture.Version);
        Assert.Equal(string.Empty, answer.ShouldBe(200).Text);
        Assert.Null(answer.Header("Azure-AsyncOperation"));
        Assert.Equal(["OSState/generalized", "ProvisioningState/succeeded", "PowerState/deallocated"], _vms.Codes());
        Answer start = _vms.Client.Refused("POST", _vms.Vm() + "/start", VmFixture.Version, null, 409, "OperationNotAllowed");
        Assert.Equal("Operation 'Start VM' is not allowed on VM 'web01' since the VM is generalized.", start.Message);
    }

    [Theory]
    [InlineData("PATCH", "")]
    [InlineData("PATCH", "/providers/Microsoft.Resources/tags/default")]
    [InlineData("DELETE", "/providers/Microsoft.Resources/tags/default")]
    public void AGeneralizedMachineCannotBeChangedItsTagsNeither(string method, string path)
    {
        _vms.Create(VmFixture.Linux);
        _vms.Act("deallocate");
        _vms.Client.Post(_vms.Vm() + "/generalize", VmFixture.Version).ShouldBe(200);
        string version = path.Length == 0 ? VmFixture.Version : SandboxClient.ResourcesVersion;
        string? body = method == "DELETE" ? null : """{"tags":{"a":"b"},"operation":"Merge","properties":{"tags":{"a":"b"}}}""";
        Answer refused = _vms.Client.Refused(method, _vms.Vm() + path, version, body, 409, "OperationNotAllowed");
        Assert.Equal("Operation 'Update VM' is not allowed on VM 'web01' since the VM is generalized.", refused.Message);
    }

    [Fact]
    public void AGuestThatShutItselfDownIsStillRunningForGeneralize()
    {
        _vms.Create(VmFixture.Linux);
        _vms.Run("shutdown -h +1");
        _vms.Client.Advance(120);
        Assert.Equal(["ProvisioningState/succeeded", "PowerState/stopped"], _vms.Codes());
        _vms.Client.Refused("POST", _vms.Vm() + "/generalize", VmFixture.Version, null, 409, "OperationNotAllowed");
        _vms.Act("powerOff");
        _vms.Client.Post(_vms.Vm() + "/generalize", VmFixture.Version).ShouldBe(200);
    }

    [Fact]
    public void TheDeleteOptionDecidesAboutDisks()
    {
        _vms.Create(VmFixture.Linux, change: b => b["properties"]!["storageProfile"]!.AsObject().Add("dataDisks", new JsonArray(
            new JsonObject { ["lun"] = 0, ["createOption"] = "Empty", ["diskSizeGB"] = 8, ["deleteOption"] = "Delete" })));
        JsonNode storage = _vms.Get()["properties"]!["storageProfile"]!;
        string os = (string)storage["osDisk"]!["managedDisk"]!["id"]!;
        string data = (string)storage["dataDisks"]![0]!["managedDisk"]!["id"]!;
        _vms.Client.Finish(_vms.Client.Delete(_vms.Vm(), VmFixture.Version).ShouldBe(202));
        _vms.Client.Get(_vms.Vm(), VmFixture.Version).ShouldBe(404);
        _vms.Client.Get(data, "2023-04-02").ShouldBe(404);
        JsonObject kept = _vms.Client.Get(os, "2023-04-02").ShouldBe(200).Json;
        Assert.Equal("Unattached", (string?)kept["properties"]!["diskState"]);
        Assert.Null(kept["managedBy"]);
        _vms.Client.Delete(_vms.Vm(), VmFixture.Version).ShouldBe(204);
    }

    [Fact]
    public void AnUpdateKeepsWhatItDoesNotName()
    {
        _vms.Create(VmFixture.Linux);
        Answer answer = _vms.Client.Patch(_vms.Vm(), VmFixture.Version, """{"tags":{"a":"b"},"properties":{"hardwareProfile":{"vmSize":"Standard_D4s_v5"}}}""");
        Assert.Equal("Updating", (string?)answer.ShouldBe(200).Json["properties"]!["provisioningState"]);
        _vms.Client.Finish(answer);
        JsonObject vm = _vms.Get();
        Assert.Equal("b", (string?)vm["tags"]!["a"]);
        Assert.Equal("Standard_D4s_v5", (string?)vm["properties"]!["hardwareProfile"]!["vmSize"]);
        Assert.NotNull(vm["properties"]!["osProfile"]);
    }

    [Fact]
    public void ListsUpperCaseTheGroupOnlyAcrossTheSubscription()
    {
        _vms.Create(VmFixture.Linux);
        string list = "/providers/Microsoft.Compute/virtualMachines";
        Assert.Contains("/resourceGroups/images/", (string)_vms.Client.Get(_vms.Group + list, VmFixture.Version)
            .Json["value"]![0]!["id"]!);
        Assert.Contains("/resourceGroups/IMAGES/", (string)_vms.Client.Get(_vms.Client.Subscription + list, VmFixture.Version)
            .Json["value"]![0]!["id"]!);
        string byLocation = $"{_vms.Client.Subscription}/providers/Microsoft.Compute/locations/westeurope/virtualMachines";
        Assert.Contains("/resourceGroups/IMAGES/", (string)_vms.Client.Get(byLocation, VmFixture.Version)
            .Json["value"]![0]!["id"]!);
        JsonObject status = _vms.Client.Send(
            "GET", $"{_vms.Client.Subscription}{list}?statusOnly=true&api-version={VmFixture.Version}").Json;
        Assert.Equal("PowerState/running",
            (string?)status["value"]![0]!["properties"]!["instanceView"]!["statuses"]![1]!["code"]);
    }

    [Fact]
    public void AnEtagShowsFrom2024OnAndGrows()
    {
        _vms.Create(VmFixture.Linux);
        string before = (string)_vms.Client.Get(_vms.Vm(), "2024-07-01").Json["etag"]!;
        _vms.Act("powerOff");
        string after = (string)_vms.Client.Get(_vms.Vm(), "2024-07-01").Json["etag"]!;
        Assert.True(int.Parse(after.Trim('"')) > int.Parse(before.Trim('"')));
    }

    [Fact]
    public void AMachineOfAnImageThatWasNeverGeneralizedInTheGuestTimesOut()
    {
        _vms.Create(VmFixture.Linux);
        _vms.Act("deallocate");
        _vms.Client.Post(_vms.Vm() + "/generalize", VmFixture.Version).ShouldBe(200);
        JsonObject end = FromImage("web02", afterSeconds: 1000);
        Assert.Equal("Failed", (string?)end["status"]);
        Assert.Equal("OSProvisioningTimedOut", (string?)end["error"]!["code"]);
        Assert.StartsWith("OS Provisioning for VM 'web02' did not finish in the allotted time. However, the VM guest agent was detected running.", (string)end["error"]!["message"]!);
        TimeSpan taken = DateTimeOffset.Parse((string)end["endTime"]!) - DateTimeOffset.Parse((string)end["startTime"]!);
        Assert.Equal(TimeSpan.FromMinutes(20), taken);
        Assert.Equal("ProvisioningState/failed/OSProvisioningTimedOut", _vms.Codes("web02")[0]);
    }

    [Fact]
    public void AMachineOfADeprovisionedImageComesUpAsANewOne()
    {
        _vms.Create(VmFixture.Linux);
        string before = _vms.Run("cat /etc/ssh/ssh_host_rsa_key")[0];
        _vms.Run("systemd-run --on-active=5 /bin/sh -c 'cloud-init clean --machine-id; waagent -force -deprovision+user'");
        _vms.Client.Advance(30);
        _vms.Act("deallocate");
        _vms.Client.Post(_vms.Vm() + "/generalize", VmFixture.Version).ShouldBe(200);
        Assert.Equal("Succeeded", (string?)FromImage("web02")["status"]);
        Assert.Contains("[stdout]\nweb02\n", _vms.Run("hostname", "web02")[0]);
        Assert.NotEqual(before, _vms.Run("cat /etc/ssh/ssh_host_rsa_key", "web02")[0]);
    }

    private JsonObject FromImage(string name, double afterSeconds = 0)
    {
        string image = $"{_vms.Group}/providers/Microsoft.Compute/images/img";
        var body = new JsonObject
        {
            ["location"] = "westeurope",
            ["properties"] = new JsonObject { ["sourceVirtualMachine"] = new JsonObject { ["id"] = _vms.Vm() } },
        };
        _vms.Client.Finish(_vms.Client.Put(image, VmFixture.Version, body.ToJsonString()).ShouldBe(201));
        JsonObject machine = _vms.Body(VmFixture.Linux, name);
        machine["properties"]!["storageProfile"]!["imageReference"] = new JsonObject { ["id"] = image };
        Answer answer = _vms.Client.Put(_vms.Vm(name), VmFixture.Version, machine.ToJsonString()).ShouldBe(201);
        _vms.Client.Advance(afterSeconds);
        return _vms.Client.Finish(answer);
    }

    public void Dispose() => _vms.Dispose();
}
