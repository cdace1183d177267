using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Vms;

/// <summary>Run commands, as action and as resources.</summary>
public sealed class VmRunCommandTests : IDisposable
{
    private readonly VmFixture _vms = new();

    [Fact]
    public void LinuxAnswersInOneMessage()
    {
        _vms.Create(VmFixture.Linux);
        Assert.Equal(["Enable succeeded: \n[stdout]\nhello\n\n[stderr]\n"], _vms.Run("echo hello"));
    }

    [Fact]
    public void AScriptThatFailsHasSucceededForAzure()
    {
        _vms.Create(VmFixture.Linux);
        Assert.Equal(["Enable succeeded: \n[stdout]\n\n[stderr]\ncat: /nowhere: No such file or directory\n"],
            _vms.Run("cat /nowhere\nexit 123"));
    }

    [Fact]
    public void OnlyTheLast4096BytesAreKept()
    {
        _vms.Create(VmFixture.Linux);
        string message = _vms.Run("i=0; while [ $i -lt 500 ]; do echo 0123456789abcdef; i=$((i+1)); done; echo end")[0];
        string output = message.Split("[stdout]\n")[1].Split("\n[stderr]")[0];
        Assert.Equal(4096, output.Length);
        Assert.EndsWith("end\n", output);
    }

    [Fact]
    public void OneAtATime()
    {
        _vms.Create(VmFixture.Linux);
        string body = """{"commandId":"RunShellScript","script":["sleep 100"]}""";
        _vms.Client.Post(_vms.Vm() + "/runCommand", VmFixture.Version, body).ShouldBe(202);
        Answer refused = _vms.Client.Refused("POST", _vms.Vm() + "/runCommand", VmFixture.Version, body, 409, "Conflict");
        Assert.Equal("Run command extension execution is in progress. Please wait for completion before invoking a run command.",
            refused.Message);
        _vms.Client.Advance(120);
        _vms.Client.Post(_vms.Vm() + "/runCommand", VmFixture.Version, body).ShouldBe(202);
    }

    [Fact]
    public void OnAStoppedMachineItIsRefused()
    {
        _vms.Create(VmFixture.Linux);
        _vms.Act("powerOff");
        string body = """{"commandId":"RunShellScript","script":["true"]}""";
        Answer refused = _vms.Client.Refused(
            "POST", _vms.Vm() + "/runCommand", VmFixture.Version, body, 409, "OperationNotAllowed");
        Assert.Equal("The operation requires the VM to be running (or set to run).", refused.Message);
    }

    [Fact]
    public void ACommandThatKillsItsOwnChannelIsGivenUpAfter90Minutes()
    {
        _vms.Create(VmFixture.Linux);
        var body = new JsonObject { ["commandId"] = "RunShellScript", ["script"] = new JsonArray(
            "waagent -force -deprovision+user") };
        Answer answer = _vms.Client.Post(_vms.Vm() + "/runCommand", VmFixture.Version, body.ToJsonString()).ShouldBe(202);
        _vms.Client.Advance(5300);
        Assert.Equal("InProgress", (string?)_vms.Client.Send("GET", answer.Header("Azure-AsyncOperation")!).Json["status"]);
        JsonObject end = _vms.Client.Finish(answer);
        Assert.Equal("VMExtensionProvisioningTimeout", (string?)end["error"]!["code"]);
        JsonNode agent = _vms.Get(expand: "instanceView")["properties"]!["instanceView"]!["vmAgent"]!["statuses"]![0]!;
        Assert.Equal("ProvisioningState/Unavailable", (string?)agent["code"]);
        Assert.Equal("Not Ready", (string?)agent["displayStatus"]);
    }

    [Fact]
    public void AManagedCommandShowsItsStateWhileItRuns()
    {
        string vm = _vms.Create(VmFixture.Linux);
        string id = vm + "/runCommands/work";
        string body = """{"location":"westeurope","properties":{"source":{"script":"echo begun; sleep 100; echo done; exit 3"},"asyncExecution":true}}""";
        Answer answer = _vms.Client.Put(id, VmFixture.Version, body).ShouldBe(201);
        Assert.Equal("Creating", (string?)answer.Json["properties"]!["provisioningState"]);
        _vms.Client.Finish(answer);
        Assert.Equal("Running", (string?)View(id)["executionState"]);
        _vms.Client.Advance(120);
        JsonNode view = View(id);
        Assert.Equal("Failed", (string?)view["executionState"]);
        Assert.Equal(3, (int)view["exitCode"]!);
        Assert.Equal("begun\ndone\n", (string?)view["output"]);
        Assert.Single(_vms.Client.Get(vm + "/runCommands", VmFixture.Version).Json["value"]!.AsArray());
        _vms.Client.Finish(_vms.Client.Delete(id, VmFixture.Version).ShouldBe(202));
        _vms.Client.Get(id, VmFixture.Version).ShouldBe(404);
    }

    [Fact]
    public void AManagedCommandHasATimeout()
    {
        string id = _vms.Create(VmFixture.Linux) + "/runCommands/work";
        string body = """{"location":"westeurope","properties":{"source":{"script":"sleep 1000"},"timeoutInSeconds":60}}""";
        _vms.Client.Finish(_vms.Client.Put(id, VmFixture.Version, body).ShouldBe(201));
        Assert.Equal("TimedOut", (string?)View(id)["executionState"]);
    }

    [Fact]
    public void ManagedCommandsRunSideBySide()
    {
        string vm = _vms.Create(VmFixture.Linux);
        foreach (string name in new[] { "a", "b" })
        {
            string body = """{"location":"westeurope","properties":{"source":{"script":"for i in 1 2; do echo NAME$i >> /tmp/log; sleep 30; done"},"asyncExecution":true}}"""
                .Replace("NAME", name, StringComparison.Ordinal);
            _vms.Client.Put($"{vm}/runCommands/{name}", VmFixture.Version, body).ShouldBe(201);
        }

        _vms.Client.Advance(120);
        Assert.Contains("a1\nb1\na2\nb2\n", _vms.Run("cat /tmp/log")[0]);
    }

    [Fact]
    public void AMachineSwitchedOffInTheMiddleIsLeftHalfWay()
    {
        string vm = _vms.Create(VmFixture.Linux);
        string body = """{"location":"westeurope","properties":{"source":{"script":"touch /tmp/one; sleep 100; touch /tmp/two"},"asyncExecution":true}}""";
        _vms.Client.Put($"{vm}/runCommands/work", VmFixture.Version, body).ShouldBe(201);
        _vms.Client.Advance(50);
        _vms.Act("powerOff");
        _vms.Act("start");
        _vms.Client.Advance(60);
        Assert.Contains("[stdout]\none\n\n", _vms.Run("ls /tmp")[0]);
    }

    [Theory]
    [InlineData("restart", null)]
    [InlineData("powerOff", "start")]
    [InlineData("deallocate", "start")]
    [InlineData("powerOff", null)]
    public void AManagedCommandThatWasCutOffSaysForEverThatItRunsSinceItBegan(string action, string? then)
    {
        string id = _vms.Create(VmFixture.Linux) + "/runCommands/work";
        string body = """{"location":"westeurope","properties":{"source":{"script":"sleep 1000"},"asyncExecution":true,"timeoutInSeconds":1200}}""";
        _vms.Client.Finish(_vms.Client.Put(id, VmFixture.Version, body).ShouldBe(201));
        JsonNode running = View(id);
        _vms.Act(action);
        if (then is not null) _vms.Act(then);
        _vms.Client.Advance(7200);

        JsonNode view = View(id);
        Assert.Equal(("Running", "Execution in progress", "Running"), ((string?)view["executionState"], (string?)view["executionMessage"], (string?)running["executionState"]));
        Assert.NotNull((string?)running["startTime"]);
        Assert.Equal((string?)running["startTime"], (string?)view["startTime"]);
        Assert.Null(view["endTime"]);
    }

    private JsonNode View(string id) =>
        _vms.Client.Send("GET", $"{id}?$expand=instanceView&api-version={VmFixture.Version}").ShouldBe(200)
            .Json["properties"]!["instanceView"]!;

    public void Dispose() => _vms.Dispose();
}
