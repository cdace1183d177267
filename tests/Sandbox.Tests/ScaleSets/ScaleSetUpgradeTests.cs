using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.ScaleSets;

/// <summary>How a new model reaches the instances of a set: by hand, at once, in batches.</summary>
public sealed class ScaleSetUpgradeTests : IDisposable
{
    private const string Old = "0.20250210.2019";
    private const string New = "0.20250115.1993";
    private const string NewImage =
        """{"properties":{"virtualMachineProfile":{"storageProfile":{"imageReference":{"version":"0.20250115.1993"}}}}}""";

    private readonly ScaleSetFixture _sets = new();

    [Fact]
    public void AManualPolicyLeavesInstancesUntilTheyAreNamed()
    {
        _sets.Create(3);
        JsonObject end = _sets.Patch(NewImage);
        TimeSpan taken = DateTimeOffset.Parse((string)end["endTime"]!) - DateTimeOffset.Parse((string)end["startTime"]!);
        Assert.Equal(TimeSpan.FromSeconds(0.4), taken);
        Assert.Equal([false, false, false], _sets.Latest());
        _sets.Act("manualupgrade", """{"instanceIds":["1"]}""");
        Assert.Equal([false, true, false], _sets.Latest());
        Assert.Equal([Old, New, Old], _sets.Images());
        _sets.Act("manualupgrade", """{"instanceIds":["*"]}""");
        Assert.Equal([true, true, true], _sets.Latest());
    }

    [Fact]
    public void AModelThatGoesBackIsTheOneThatInstancesHave()
    {
        _sets.Create(2);
        _sets.Patch(NewImage);
        _sets.Act("manualupgrade", """{"instanceIds":["0"]}""");
        _sets.Patch(NewImage.Replace(New, "latest", StringComparison.Ordinal));
        Assert.Equal([false, true], _sets.Latest());
    }

    [Fact]
    public void ANewImageReplacesWhatIsOnTheOsDisk()
    {
        _sets.Create(1);
        Assert.Equal(string.Empty, Run("echo here > /etc/mark"));
        _sets.Patch(NewImage);
        _sets.Act("manualupgrade", """{"instanceIds":["0"]}""");
        Assert.Equal("gone\n", Run("test -e /etc/mark || echo gone"));
        Assert.Equal("web000000\n", Run("hostname"));
    }

    [Fact]
    public void AnAutomaticPolicyUpgradesAllAtOnce()
    {
        _sets.Create(2, "Automatic");
        Answer answer = _sets.Client.Patch(_sets.Set(), ScaleSetFixture.Version, NewImage).ShouldBe(200);
        Assert.All(_sets.Instances(), i => Assert.Equal("Updating", (string?)i["properties"]!["provisioningState"]));
        _sets.Client.Finish(answer);
        Assert.Equal([true, true], _sets.Latest());
        Assert.Equal([New, New], _sets.Images());
    }

    [Fact]
    public void AProtectedInstanceIsNotUpgraded()
    {
        _sets.Create(2, "Automatic");
        string body = """{"location":"westeurope","properties":{"protectionPolicy":{"protectFromScaleSetActions":true}}}""";
        _sets.Client.Finish(_sets.Client.Put(_sets.Instance(0), ScaleSetFixture.Version, body).ShouldBe(200));
        _sets.Patch(NewImage);
        Assert.Equal([false, true], _sets.Latest());
        _sets.Act("deallocate");
        Assert.Equal("PowerState/running", (string?)_sets.Instances("&$expand=instanceView")[0]
            ["properties"]!["instanceView"]!["statuses"]![1]!["code"]);
    }

    [Fact]
    public void ARollingPolicyGoesBatchByBatch()
    {
        Rolling(5, """{"maxBatchInstancePercent":40,"pauseTimeBetweenBatches":"PT30S"}""");
        Answer answer = _sets.Client.Patch(_sets.Set(), ScaleSetFixture.Version, NewImage).ShouldBe(200);
        Assert.Equal([true, true, false, false, false], _sets.Latest());
        JsonObject upgrade = _sets.Upgrade();
        Assert.Equal("RollingForward", (string?)upgrade["runningStatus"]!["code"]);
        Assert.Equal(2, (int)upgrade["progress"]!["inProgressInstanceCount"]!);
        Assert.Equal(3, (int)upgrade["progress"]!["pendingInstanceCount"]!);
        _sets.Client.Advance(240);
        Assert.Equal(2, (int)_sets.Upgrade()["progress"]!["successfulInstanceCount"]!);
        Assert.Equal(0, (int)_sets.Upgrade()["progress"]!["inProgressInstanceCount"]!);
        JsonObject end = _sets.Client.Finish(answer);
        Assert.Equal("Succeeded", (string?)end["status"]);
        TimeSpan taken = DateTimeOffset.Parse((string)end["endTime"]!) - DateTimeOffset.Parse((string)end["startTime"]!);
        // Three batches of 236 s and two pauses; the operation looks every five seconds.
        Assert.InRange(taken.TotalSeconds, 768, 773);
        Assert.Equal([true, true, true, true, true], _sets.Latest());
        Assert.Equal("Completed", (string?)_sets.Upgrade()["runningStatus"]!["code"]);
    }

    [Fact]
    public void ABatchThatFallsIllStopsTheUpgrade()
    {
        Rolling(5, """{"maxBatchInstancePercent":20,"maxUnhealthyInstancePercent":100,"maxUnhealthyUpgradedInstancePercent":20}""");
        _sets.Client.Sandbox.AddGuestFault(
            new SandboxGuestFault { Machine = "web_2", Kind = GuestFaultKind.Unhealthy, Detail = $"*:{New}" });
        JsonObject end = _sets.Patch(NewImage);
        Assert.Equal("Failed", (string?)end["status"]);
        Assert.Equal("MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade", (string?)end["error"]!["code"]);
        Assert.Equal(
            "Rolling Upgrade failed after exceeding the MaxUnhealthyUpgradedInstancePercent value defined in the " +
            "RollingUpgradePolicy. 33% of instances are in an unhealthy state after being upgraded - more than the threshold of " +
            "20%. The most impactful error is: Instance found to be unhealthy or unreachable.. First failed instance ID is: 2.",
            (string?)end["error"]!["message"]);
        Assert.Equal([true, true, true, false, false], _sets.Latest());
        Assert.Equal("Faulted", (string?)_sets.Upgrade()["runningStatus"]!["code"]);
        Assert.Equal(1, (int)_sets.Upgrade()["progress"]!["failedInstanceCount"]!);
        Assert.Equal("Failed", (string?)_sets.Get()["properties"]!["provisioningState"]);
        JsonNode view = _sets.Instances("&$expand=instanceView")[2]["properties"]!["instanceView"]!;
        Assert.Equal("HealthState/unhealthy", (string?)view["vmHealth"]!["status"]!["code"]);
        Assert.Equal("Succeeded", (string?)_sets.Patch(NewImage.Replace(New, "latest", StringComparison.Ordinal))["status"]);
        Assert.Equal([Old, Old, Old, Old, Old], _sets.Images());
    }

    [Fact]
    public void ASetThatIsIllAlreadyIsNotUpgraded()
    {
        Rolling(2, """{"maxUnhealthyInstancePercent":20}""");
        _sets.Client.Sandbox.AddGuestFault(new SandboxGuestFault { Machine = "web_0", Kind = GuestFaultKind.Unhealthy });
        JsonObject end = _sets.Patch(NewImage);
        Assert.Equal("MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade", (string?)end["error"]!["code"]);
        Assert.Contains("50% of instances are in an unhealthy state - more than the threshold of 20%.", (string)end["error"]!["message"]!);
        Assert.Equal([Old, Old], _sets.Images());
    }

    [Fact]
    public void ACancelledUpgradeFinishesItsBatch()
    {
        Rolling(3, """{"maxBatchInstancePercent":34}""");
        _sets.Client.Patch(_sets.Set(), ScaleSetFixture.Version, NewImage).ShouldBe(200);
        Answer answer = _sets.Client.Post(_sets.Set() + "/rollingUpgrades/cancel", ScaleSetFixture.Version).ShouldBe(202);
        Assert.Equal("Succeeded", (string?)_sets.Client.Finish(answer)["status"]);
        _sets.Client.Advance(600);
        Assert.Equal("Cancelled", (string?)_sets.Upgrade()["runningStatus"]!["code"]);
        Assert.Equal("Cancel", (string?)_sets.Upgrade()["runningStatus"]!["lastAction"]);
        Assert.Equal([true, false, false], _sets.Latest());
        Answer refused = _sets.Refused(
            "POST", _sets.Set() + "/rollingUpgrades/cancel", null, 409, "OperationNotAllowed");
        Assert.Equal("There is no ongoing Rolling Upgrade to cancel.", refused.Message);
    }

    [Fact]
    public void AnUpgradeOfTheSystemNeedsTheLatestVersionAndIsRemembered()
    {
        Rolling(2, "{}");
        Answer answer = _sets.Client.Post(_sets.Set() + "/osRollingUpgrade", ScaleSetFixture.Version).ShouldBe(202);
        _sets.Client.Finish(answer);
        JsonObject history = _sets.Client.Get(_sets.Set() + "/osUpgradeHistory", ScaleSetFixture.Version).ShouldBe(200).Json;
        JsonNode past = Assert.Single(history["value"]!.AsArray())!["properties"]!;
        Assert.Equal("Completed", (string?)past["runningStatus"]!["code"]);
        Assert.Equal("User", (string?)past["startedBy"]);
        Assert.Equal("latest", (string?)past["targetImageReference"]!["version"]);
    }

    private void Rolling(int capacity, string policy) => _sets.Create(capacity, "Rolling", body =>
    {
        ScaleSetFixture.Watched(body);
        body["properties"]!["upgradePolicy"]!["rollingUpgradePolicy"] = JsonNode.Parse(policy);
    });

    private string Run(string script)
    {
        var body = new JsonObject { ["commandId"] = "RunShellScript", ["script"] = new JsonArray(script) };
        JsonObject end = _sets.Client.Finish(
            _sets.Client.Post(_sets.Instance(0) + "/runCommand", ScaleSetFixture.Version, body.ToJsonString()).ShouldBe(202));
        string message = (string)end["properties"]!["output"]!["value"]![0]!["message"]!;
        int start = message.IndexOf("[stdout]\n", StringComparison.Ordinal) + 9;
        return message[start..message.IndexOf("\n[stderr]", StringComparison.Ordinal)];
    }

    public void Dispose() => _sets.Dispose();
}
