using System.Text;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Vms;

/// <summary>Extensions of machines; custom scripts run in the guest.</summary>
public sealed class VmExtensionTests : IDisposable
{
    private readonly VmFixture _vms = new();

    private string Extension => _vms.Vm() + "/extensions/script";

    [Fact]
    public void ACustomScriptChangesTheGuestAndTellsItsOutput()
    {
        _vms.Create(VmFixture.Linux);
        JsonObject end = Put("""{"commandToExecute":"echo done; touch /etc/mark"}""");
        Assert.Equal("Succeeded", (string?)end["status"]);
        Assert.Contains("[stdout]\nyes\n", _vms.Run("test -e /etc/mark && echo yes")[0]);
        JsonObject shown = _vms.Client.Send("GET", $"{Extension}?$expand=instanceView&api-version={VmFixture.Version}").ShouldBe(200).Json;
        Assert.Null(shown["properties"]!["protectedSettings"]);
        JsonNode status = shown["properties"]!["instanceView"]!["statuses"]![0]!;
        Assert.Equal("ProvisioningState/succeeded", (string?)status["code"]);
        Assert.Contains("[stdout]\ndone\n", (string)status["message"]!);
        Assert.Null(_vms.Client.Get(Extension, VmFixture.Version).Json["properties"]!["instanceView"]);
    }

    [Fact]
    public void AScriptThatFailsFailsTheOperation()
    {
        _vms.Create(VmFixture.Linux);
        JsonObject end = Put("""{"commandToExecute":"exit 3"}""");
        Assert.Equal("VMExtensionProvisioningError", (string?)end["error"]!["code"]);
        Assert.StartsWith(
            "VM has reported a failure when processing extension 'script'. Error message: \"Enable failed: failed to execute " +
            "command: command terminated with exit status=3",
            (string)end["error"]!["message"]!);
        Assert.Equal("Failed", (string?)_vms.Client.Get(Extension, VmFixture.Version).Json["properties"]!["provisioningState"]);
        JsonNode view = _vms.Get(expand: "instanceView")["properties"]!["instanceView"]!["extensions"]![0]!;
        Assert.Equal("Error", (string?)view["statuses"]![0]!["level"]);
    }

    [Fact]
    public void AnEncodedCommandOfWindowsIsDecoded()
    {
        _vms.Create(VmFixture.Windows);
        string encoded = Convert.ToBase64String(Encoding.Unicode.GetBytes("Write-Output 'hello'"));
        var settings = new JsonObject { ["commandToExecute"] = $"powershell -ExecutionPolicy Unrestricted -EncodedCommand {encoded}" };
        JsonObject end = Put(settings.ToJsonString(), "Microsoft.Compute", "CustomScriptExtension");
        Assert.Equal("Succeeded", (string?)end["status"]);
        JsonNode view = _vms.Get(expand: "instanceView")["properties"]!["instanceView"]!["extensions"]![0]!;
        Assert.Equal("ComponentStatus/StdOut/succeeded", (string?)view["substatuses"]![0]!["code"]);
        Assert.Contains("hello", (string)view["substatuses"]![0]!["message"]!);
    }

    [Fact]
    public void ExtensionsNeedARunningMachine()
    {
        _vms.Create(VmFixture.Linux);
        _vms.Act("deallocate");
        Answer refused = _vms.Client.Refused("PUT", Extension, VmFixture.Version, Body("{}"), 409, "OperationNotAllowed");
        Assert.Equal("Cannot modify extensions in the VM when the VM is not running.", refused.Message);
    }

    [Fact]
    public void RunCommandsCanBeChangedAndAreDocumented()
    {
        _vms.Create(VmFixture.Linux);
        string command = _vms.Vm() + "/runCommands/hello";
        const string body = """{"location":"westeurope","properties":{"source":{"script":"echo one"}}}""";
        _vms.Client.Finish(_vms.Client.Put(command, VmFixture.Version, body).ShouldBe(201));
        _vms.Client.Finish(_vms.Client.Patch(
            command, VmFixture.Version, """{"properties":{"source":{"script":"echo two"}}}""").ShouldBe(200));
        JsonObject shown = _vms.Client.Send("GET", $"{command}?$expand=instanceView&api-version={VmFixture.Version}").Json;
        Assert.Equal("two\n", (string?)shown["properties"]!["instanceView"]!["output"]);
        string region = $"{_vms.Client.Subscription}/providers/Microsoft.Compute/locations/westeurope/runCommands";
        Assert.Equal(2, _vms.Client.Get(region, VmFixture.Version).ShouldBe(200).Json["value"]!.AsArray().Count);
        Assert.Equal("Linux", (string?)_vms.Client.Get(region + "/RunShellScript", VmFixture.Version).ShouldBe(200).Json["osType"]);
    }

    private JsonObject Put(string settings, string publisher = "Microsoft.Azure.Extensions", string type = "CustomScript") =>
        _vms.Client.Finish(_vms.Client.Put(Extension, VmFixture.Version, Body(settings, publisher, type)).ShouldBe(201));

    private static string Body(string settings, string publisher = "Microsoft.Azure.Extensions", string type = "CustomScript") =>
        new JsonObject
        {
            ["location"] = "westeurope",
            ["properties"] = new JsonObject
            {
                ["publisher"] = publisher,
                ["type"] = type,
                ["typeHandlerVersion"] = "2.1",
                ["protectedSettings"] = JsonNode.Parse(settings),
            },
        }.ToJsonString();

    public void Dispose() => _vms.Dispose();
}
