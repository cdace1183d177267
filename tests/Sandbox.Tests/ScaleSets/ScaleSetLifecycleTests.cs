using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.ScaleSets;

/// <summary>A uniform scale set from its PUT to its DELETE.</summary>
public sealed class ScaleSetLifecycleTests : IDisposable
{
    private readonly ScaleSetFixture _sets = new();

    [Fact]
    public void ANewSetIsAnswered201AndTakesTheRecordedMedian()
    {
        Answer answer = _sets.Client.Put(_sets.Set(), ScaleSetFixture.Version, _sets.Body().ToJsonString()).ShouldBe(201);
        Assert.Equal("Creating", (string?)answer.Json["properties"]!["provisioningState"]);
        Assert.Null(answer.Header("Location"));
        Assert.Equal("10", answer.Header("Retry-After"));
        JsonObject end = _sets.Client.Finish(answer);
        TimeSpan taken = DateTimeOffset.Parse((string)end["endTime"]!) - DateTimeOffset.Parse((string)end["startTime"]!);
        Assert.Equal(TimeSpan.FromSeconds(395.2), taken);
        JsonObject set = _sets.Get();
        Assert.Equal("Succeeded", (string?)set["properties"]!["provisioningState"]);
        Assert.True((bool)set["properties"]!["singlePlacementGroup"]!);
        JsonNode profile = set["properties"]!["virtualMachineProfile"]!;
        Assert.Null(profile["osProfile"]!["adminPassword"]);
        Assert.Equal("Linux", (string?)profile["storageProfile"]!["osDisk"]!["osType"]);
        Assert.Equal("latest", (string?)profile["storageProfile"]!["imageReference"]!["version"]);
        Assert.Null(profile["storageProfile"]!["imageReference"]!["exactVersion"]);
    }

    [Fact]
    public void InstancesAreMachinesWithDisksOfTheirOwn()
    {
        _sets.Create();
        Assert.Equal(["0", "1", "2"], _sets.Numbers());
        JsonObject instance = _sets.Client.Get(_sets.Instance(2), ScaleSetFixture.Version).ShouldBe(200).Json;
        Assert.Equal("web_2", (string?)instance["name"]);
        Assert.Equal("2", (string?)instance["instanceId"]);
        JsonNode properties = instance["properties"]!;
        Assert.True((bool)properties["latestModelApplied"]!);
        Assert.Equal("web000002", (string?)properties["osProfile"]!["computerName"]);
        Assert.Equal(_sets.Instance(2) + "/networkInterfaces/nic",
            (string?)properties["networkProfile"]!["networkInterfaces"]![0]!["id"]);
        JsonNode os = properties["storageProfile"]!["osDisk"]!;
        Assert.Matches("^web_web_2_OsDisk_1_[0-9a-f]{32}$", (string?)os["name"]);
        JsonObject disk = _sets.Client.Get((string)os["managedDisk"]!["id"]!, "2023-04-02").ShouldBe(200).Json;
        Assert.Equal(_sets.Instance(2), (string?)disk["managedBy"], ignoreCase: true);
    }

    [Fact]
    public void InstancesRunWhatTheirImageHolds()
    {
        _sets.Create(1);
        var script = new JsonObject { ["commandId"] = "RunShellScript", ["script"] = new JsonArray("hostname") };
        JsonObject end = _sets.Client.Finish(
            _sets.Client.Post(_sets.Instance(0) + "/runCommand", ScaleSetFixture.Version, script.ToJsonString()).ShouldBe(202));
        Assert.Contains("[stdout]\nweb000000\n", (string)end["properties"]!["output"]!["value"]![0]!["message"]!);
        JsonObject view = _sets.Client.Get(_sets.Instance(0) + "/instanceView", ScaleSetFixture.Version).ShouldBe(200).Json;
        Assert.Equal("debian", (string?)view["osName"]);
        Assert.Equal("PowerState/running", (string?)view["statuses"]![1]!["code"]);
    }

    [Fact]
    public void OverprovisionedInstancesGoAgainAndLeaveGapsInTheNumbers()
    {
        JsonObject body = _sets.Body(10);
        body["properties"]!["overprovision"] = true;
        Answer answer = _sets.Client.Put(_sets.Set(), ScaleSetFixture.Version, body.ToJsonString()).ShouldBe(201);
        Assert.Equal(12, _sets.Numbers().Length);
        _sets.Client.Finish(answer);
        Assert.Equal(10, _sets.Numbers().Length);
        Assert.Equal(10, (int)_sets.Get()["sku"]!["capacity"]!);
        int disks = _sets.Client.Get(_sets.Group + "/providers/Microsoft.Compute/disks", "2023-04-02").Json["value"]!.AsArray().Count;
        Assert.Equal(10, disks);
    }

    [Fact]
    public void ZonesAreFilledEvenly()
    {
        _sets.Create(5, change: static b => b["zones"] = new JsonArray("1", "2", "3"));
        Assert.Equal(["1", "2", "3", "1", "2"], _sets.Instances().Select(i => (string)i["zones"]![0]!));
    }

    [Theory]
    [InlineData("Default", new[] { "0", "1" })]
    [InlineData("NewestVM", new[] { "0", "1" })]
    [InlineData("OldestVM", new[] { "2", "3" })]
    public void TheScaleInPolicyChoosesWhoGoes(string rule, string[] left)
    {
        _sets.Create(4, change: b => b["properties"]!["scaleInPolicy"] = new JsonObject { ["rules"] = new JsonArray(rule) });
        _sets.Patch("""{"sku":{"capacity":2}}""");
        Assert.Equal(left, _sets.Numbers());
        Assert.Equal(2, (int)_sets.Get()["sku"]!["capacity"]!);
    }

    [Fact]
    public void AProtectedInstanceStaysWhenTheSetShrinksAndNumbersAreNotUsedAgain()
    {
        _sets.Create(3);
        string body = """{"location":"westeurope","properties":{"protectionPolicy":{"protectFromScaleIn":true}}}""";
        Answer answer = _sets.Client.Put(_sets.Instance(2), ScaleSetFixture.Version, body).ShouldBe(200);
        Assert.Equal("Updating", (string?)answer.Json["properties"]!["provisioningState"]);
        _sets.Client.Finish(answer);
        _sets.Patch("""{"sku":{"capacity":2}}""");
        Assert.Equal(["0", "2"], _sets.Numbers());
        _sets.Patch("""{"sku":{"capacity":3}}""");
        Assert.Equal(["0", "2", "3"], _sets.Numbers());
    }

    [Theory]
    [InlineData("powerOff", "stopped", 19.9)]
    [InlineData("deallocate", "deallocated", 70.7)]
    [InlineData("restart", "running", 17.4)]
    [InlineData("redeploy", "running", 152.9)]
    [InlineData("reimage", "running", 236.0)]
    [InlineData("reimageall", "running", 419.8)]
    public void AnActionReachesTheInstancesThatItNames(string action, string power, double seconds)
    {
        _sets.Create(2);
        Answer answer = _sets.Client.Post($"{_sets.Set()}/{action}", ScaleSetFixture.Version, """{"instanceIds":["1"]}""").ShouldBe(202);
        Assert.NotNull(answer.Header("Location"));
        Assert.Equal("Updating", (string?)_sets.Instances()[1]["properties"]!["provisioningState"]);
        Assert.Equal("Succeeded", (string?)_sets.Instances()[0]["properties"]!["provisioningState"]);
        JsonObject end = _sets.Client.Finish(answer);
        TimeSpan taken = DateTimeOffset.Parse((string)end["endTime"]!) - DateTimeOffset.Parse((string)end["startTime"]!);
        Assert.Equal(TimeSpan.FromSeconds(seconds), taken);
        Assert.Equal(["running", power], Powers());
    }

    [Fact]
    public void AnActionWithoutIdsReachesAll()
    {
        _sets.Create(2);
        _sets.Act("deallocate");
        Assert.Equal(["deallocated", "deallocated"], Powers());
        _sets.Act("start");
        Assert.Equal(["running", "running"], Powers());
    }

    [Theory]
    [InlineData("powerOff", "stopped", 9.7)]
    [InlineData("deallocate", "deallocated", 61.8)]
    [InlineData("restart", "running", 33.6)]
    [InlineData("redeploy", "running", 122.6)]
    [InlineData("reimage", "running", 384.6)]
    public void OneInstanceHasItsOwnTimes(string action, string power, double seconds)
    {
        _sets.Create(1);
        Answer answer = _sets.Client.Post($"{_sets.Instance(0)}/{action}", ScaleSetFixture.Version).ShouldBe(202);
        JsonObject end = _sets.Client.Finish(answer);
        TimeSpan taken = DateTimeOffset.Parse((string)end["endTime"]!) - DateTimeOffset.Parse((string)end["startTime"]!);
        Assert.Equal(TimeSpan.FromSeconds(seconds), taken);
        Assert.Equal([power], Powers());
    }

    [Fact]
    public void DeletedInstancesTakeTheCapacityWithThem()
    {
        _sets.Create(3);
        string disk = (string)_sets.Instances()[1]["properties"]!["storageProfile"]!["osDisk"]!["managedDisk"]!["id"]!;
        _sets.Act("delete", """{"instanceIds":["1"]}""");
        Assert.Equal(["0", "2"], _sets.Numbers());
        _sets.Client.Get(disk, "2023-04-02").ShouldBe(404);
        Answer answer = _sets.Client.Delete(_sets.Instance(0), ScaleSetFixture.Version).ShouldBe(202);
        _sets.Client.Finish(answer);
        Assert.Equal(["2"], _sets.Numbers());
        Assert.Equal(1, (int)_sets.Get()["sku"]!["capacity"]!);
    }

    [Fact]
    public void TheInstanceViewCountsStates()
    {
        _sets.Create(3);
        _sets.Act("deallocate", """{"instanceIds":["0"]}""");
        JsonObject view = _sets.Client.Get(_sets.Set() + "/instanceView", ScaleSetFixture.Version).ShouldBe(200).Json;
        Dictionary<string, int> counts = view["virtualMachine"]!["statusesSummary"]!.AsArray()
            .ToDictionary(s => (string)s!["code"]!, s => (int)s!["count"]!);
        Assert.Equal(3, counts["ProvisioningState/succeeded"]);
        Assert.Equal(1, counts["PowerState/deallocated"]);
        Assert.Equal(2, counts["PowerState/running"]);
        Assert.Equal("ProvisioningState/succeeded", (string?)view["statuses"]![0]!["code"]);
    }

    [Fact]
    public void InstancesAreFiltered()
    {
        _sets.Create(2);
        _sets.Act("deallocate", """{"instanceIds":["0"]}""");
        string filter = "&$expand=instanceView&$filter=" + Uri.EscapeDataString("instanceView/statuses/code eq 'PowerState/deallocated'");
        Assert.Equal("0", (string?)Assert.Single(_sets.Instances(filter))["instanceId"]);
        Assert.Equal(2, _sets.Instances("&$filter=" + Uri.EscapeDataString("properties/latestModelApplied eq true")).Length);
    }

    [Fact]
    public void ADeletedSetLeavesNothing()
    {
        _sets.Create(2);
        Answer answer = _sets.Client.Delete(_sets.Set(), ScaleSetFixture.Version).ShouldBe(202);
        _sets.Client.Finish(answer);
        _sets.Client.Get(_sets.Set(), ScaleSetFixture.Version).ShouldBe(404);
        _sets.Client.Delete(_sets.Set(), ScaleSetFixture.Version).ShouldBe(204);
        Assert.Empty(_sets.Client.Get(_sets.Group + "/providers/Microsoft.Compute/disks", "2023-04-02").Json["value"]!.AsArray());
    }

    [Fact]
    public void ListsUpperCaseTheGroupOnlyAcrossTheSubscription()
    {
        _sets.Create(0);
        const string list = "/providers/Microsoft.Compute/virtualMachineScaleSets";
        Assert.Contains("/resourceGroups/images/",
            (string)_sets.Client.Get(_sets.Group + list, ScaleSetFixture.Version).Json["value"]![0]!["id"]!);
        Assert.Contains("/resourceGroups/IMAGES/",
            (string)_sets.Client.Get(_sets.Client.Subscription + list, ScaleSetFixture.Version).Json["value"]![0]!["id"]!);
        string region = $"{_sets.Client.Subscription}/providers/Microsoft.Compute/locations/westeurope/virtualMachineScaleSets";
        Assert.Single(_sets.Client.Get(region, ScaleSetFixture.Version).ShouldBe(200).Json["value"]!.AsArray());
    }

    private string[] Powers() =>
        [.. _sets.Instances("&$expand=instanceView").Select(i => i["properties"]!["instanceView"]!["statuses"]!.AsArray()
            .Select(s => (string)s!["code"]!).Single(c => c.StartsWith("PowerState/", StringComparison.Ordinal)).Split('/')[1])];

    public void Dispose() => _sets.Dispose();
}
