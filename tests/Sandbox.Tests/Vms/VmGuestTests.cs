using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Vms;

/// <summary>What goes on inside machines, seen through requests.</summary>
public sealed class VmGuestTests : IDisposable
{
    private const string PowerShell = "RunPowerShellScript";
    private const string Sysprep = "& $env:SystemRoot\\System32\\Sysprep\\sysprep.exe /generalize /oobe /mode:vm /quiet /quit";
    private const string State = "(Get-ItemProperty HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Setup\\State).ImageState";

    private readonly VmFixture _vms = new();

    [Fact]
    public void WindowsAnswersInTwoMessages()
    {
        _vms.Create(VmFixture.Windows);
        Assert.Equal(["a\nb", "Get-Content : Cannot find path 'C:\\nothing' because it does not exist."],
            _vms.Run("'a'\n'b'\nGet-Content C:\\nothing", command: PowerShell));
    }

    [Fact]
    public void TheWrongLanguageIsRefused()
    {
        _vms.Create(VmFixture.Windows);
        string body = """{"commandId":"RunShellScript","script":["true"]}""";
        _vms.Client.Refused("POST", _vms.Vm() + "/runCommand", VmFixture.Version, body, 400, "InvalidParameter");
    }

    [Fact]
    public void SysprepGoesOnWhenTheCommandHasAnswered()
    {
        _vms.Create(VmFixture.Windows);
        _vms.Run(Sysprep, command: PowerShell);
        Assert.Equal("IMAGE_STATE_UNDEPLOYABLE", _vms.Run(State, command: PowerShell)[0]);
        _vms.Client.Advance(180);
        Assert.Equal("IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE", _vms.Run(State, command: PowerShell)[0]);
    }

    [Fact]
    public void ASnapshotHoldsWhatTheDiskHeldAtItsTime()
    {
        _vms.Create(VmFixture.Linux);
        string disk = (string)_vms.Get()["properties"]!["storageProfile"]!["osDisk"]!["managedDisk"]!["id"]!;
        _vms.Run("echo one > /root/file");
        string snapshot = $"{_vms.Group}/providers/Microsoft.Compute/snapshots/s";
        var create = new JsonObject { ["createOption"] = "Copy", ["sourceResourceId"] = disk };
        Put(snapshot, new JsonObject { ["creationData"] = create });
        _vms.Run("echo two > /root/file");
        string copy = $"{_vms.Group}/providers/Microsoft.Compute/disks/copy";
        Put(copy, new JsonObject { ["creationData"] = new JsonObject { ["createOption"] = "Copy", ["sourceResourceId"] = snapshot } });
        CreateAttached("web02", copy);
        Assert.Contains("[stdout]\none\n", _vms.Run("cat /root/file", "web02")[0]);
        Assert.Contains("[stdout]\nweb01\n", _vms.Run("hostname", "web02")[0]);
    }

    [Fact]
    public void AMachineOfAnAttachedDiskTakesNoProfile()
    {
        _vms.Create(VmFixture.Linux);
        string disk = (string)_vms.Get()["properties"]!["storageProfile"]!["osDisk"]!["managedDisk"]!["id"]!;
        JsonObject body = Attached("web02", disk);
        string owned = body.ToJsonString();
        _vms.Client.Refused("PUT", _vms.Vm("web02"), VmFixture.Version, owned, 409, "ConflictingUserInput");
        _vms.Client.Finish(_vms.Client.Delete(_vms.Vm(), VmFixture.Version));
        body["properties"]!["osProfile"] = new JsonObject { ["computerName"] = "x" };
        Answer refused = _vms.Client.Refused(
            "PUT", _vms.Vm("web02"), VmFixture.Version, body.ToJsonString(), 400, "InvalidParameter");
        Assert.Equal("Parameter 'osProfile' is not allowed.", refused.Message);
    }

    [Fact]
    public void AStateFileCanBeWrittenInTheMiddleOfAScript()
    {
        string path = Path.Combine(Path.GetTempPath(), $"imagecmdlets-{Guid.NewGuid():N}.json");
        try
        {
            string address;
            using (var first = new VmFixture(new SandboxOptions { StatePath = path }))
            {
                first.Create(VmFixture.Linux);
                string body = """{"commandId":"RunShellScript","script":["echo a; sleep 100; echo b"]}""";
                Answer started = first.Client.Post(first.Vm() + "/runCommand", VmFixture.Version, body).ShouldBe(202);
                address = started.Header("Azure-AsyncOperation")!;
                first.Client.Advance(50);
                first.Client.Group("touch");
            }

            using var second = new SandboxClient(new SandboxOptions { StatePath = path });
            Assert.Equal("InProgress", (string?)second.Send("GET", address).Json["status"]);
            second.Advance(70);
            JsonObject end = second.Send("GET", address).Json;
            Assert.Contains("[stdout]\na\nb\n", (string?)end["properties"]!["output"]!["value"]![0]!["message"]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void ABrokenGuestStaysBrokenInItsCopies()
    {
        _vms.Create(VmFixture.Windows);
        const string package = "Contoso.App_1.0.0.0_x64__8wekyb3d8bbwe";
        _vms.Client.Sandbox.BreakGuest(_vms.Vm(), "AppxPackage", package);
        Assert.Contains(package, _vms.Run("Get-AppxPackage | ForEach-Object { $_.PackageFullName }", command: PowerShell)[0]);
        _vms.Run(Sysprep, command: PowerShell);
        _vms.Client.Advance(300);
        Assert.Equal("IMAGE_STATE_COMPLETE", _vms.Run(State, command: PowerShell)[0]);
        Assert.Throws<ArgumentException>(() => _vms.Client.Sandbox.BreakGuest(_vms.Group, "AppxPackage"));
        Assert.Throws<ArgumentException>(() => _vms.Client.Sandbox.BreakGuest(_vms.Vm(), "Nothing"));
    }

    [Fact]
    public void RestartBringsADeadAgentBack()
    {
        _vms.Create(VmFixture.Linux);
        _vms.Client.Sandbox.BreakGuest(_vms.Vm(), "AgentDies");
        string body = """{"commandId":"RunShellScript","script":["sleep 5"]}""";
        _vms.Client.Post(_vms.Vm() + "/runCommand", VmFixture.Version, body).ShouldBe(202);
        _vms.Client.Advance(60);
        Assert.Equal("Not Ready", Agent());
        _vms.Act("restart");
        _vms.Client.Advance(60);
        Assert.Equal("Ready", Agent());
        Assert.Contains("[stdout]\nalive\n", _vms.Run("echo alive")[0]);
    }

    [Fact]
    public void ReimageBringsTheImageBack()
    {
        _vms.Create(VmFixture.Linux);
        _vms.Run("echo mine > /root/file");
        _vms.Act("reimage");
        _vms.Client.Advance(60);
        Assert.Contains("[stdout]\ngone\nweb01\n", _vms.Run("[ -e /root/file ] || echo gone; hostname")[0]);
    }

    private string? Agent() =>
        (string?)_vms.Get(expand: "instanceView")["properties"]!["instanceView"]!["vmAgent"]!["statuses"]![0]!["displayStatus"];

    private void Put(string id, JsonObject properties)
    {
        var body = new JsonObject { ["location"] = "westeurope", ["properties"] = properties };
        JsonObject end = _vms.Client.Finish(_vms.Client.Put(id, "2023-04-02", body.ToJsonString()).ShouldBe(202));
        Assert.Equal("Succeeded", (string?)end["status"]);
    }

    private JsonObject Attached(string name, string disk)
    {
        JsonObject body = _vms.Body(VmFixture.Linux, name);
        JsonObject properties = body["properties"]!.AsObject();
        properties.Remove("osProfile");
        properties["storageProfile"] = new JsonObject
        {
            ["osDisk"] = new JsonObject
            {
                ["createOption"] = "Attach",
                ["osType"] = "Linux",
                ["managedDisk"] = new JsonObject { ["id"] = disk },
            },
        };
        return body;
    }

    private void CreateAttached(string name, string disk)
    {
        Answer answer = _vms.Client.Put(_vms.Vm(name), VmFixture.Version, Attached(name, disk).ToJsonString()).ShouldBe(201);
        Assert.Equal("Succeeded", (string?)_vms.Client.Finish(answer)["status"]);
    }

    public void Dispose() => _vms.Dispose();
}
