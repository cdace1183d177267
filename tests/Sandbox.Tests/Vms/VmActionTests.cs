using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Vms;

/// <summary>The less usual actions on machines: capture, conversion, patches, eviction, maintenance, diagnostics.</summary>
public sealed class VmActionTests : IDisposable
{
    private const string CaptureBody = """{"vhdPrefix":"pslib","destinationContainerName":"images","overwriteVhds":true}""";

    private readonly VmFixture _vms = new();

    [Fact]
    public void AMachineOfBlobsIsCapturedIntoATemplate()
    {
        _vms.Create(VmFixture.Linux, change: Blobs);
        Assert.Null(_vms.Get()["properties"]!["storageProfile"]!["osDisk"]!["managedDisk"]);
        Assert.Contains("[stdout]\nweb01\n", _vms.Run("hostname")[0]);
        _vms.Act("deallocate");
        Answer early = Refused("capture", CaptureBody, "OperationNotAllowed");
        Assert.Equal("Capture operation cannot be completed because the VM is not generalized.", early.Message);
        _vms.Client.Post(_vms.Vm() + "/generalize", VmFixture.Version).ShouldBe(200);
        JsonNode output = _vms.Act("capture", CaptureBody)["properties"]!["output"]!;
        Assert.Equal("1.0.0.0", (string?)output["contentVersion"]);
        JsonNode disk = output["resources"]![0]!["properties"]!["storageProfile"]!["osDisk"]!;
        string id = (string)_vms.Get()["properties"]!["vmId"]!;
        Assert.Equal(
            $"https://store.blob.core.windows.net/system/Microsoft.Compute/Images/images/pslib-osDisk.{id}.vhd",
            (string?)disk["image"]!["uri"]);

        string kept = CaptureBody.Replace("true", "false");
        Assert.Equal(
            $"Capture operation cannot continue because target image blob {disk["image"]!["uri"]} already exists and the flag to overwrite " +
            "VHD blobs is not set. Either delete the blob or set the flag to overwrite VHD blobs and retry.",
            Refused("capture", kept, "TargetDiskBlobAlreadyExists").Message);
        _vms.Act("capture", CaptureBody);
        _vms.Act("capture", kept.Replace("pslib", "second"));
    }

    [Fact]
    public void AMachineOfManagedDisksIsNotCaptured()
    {
        _vms.Create(VmFixture.Linux);
        Assert.Equal(
            "The Capture action is only supported on a Virtual Machine with blob based disks. Please use the 'Image' resource " +
            "APIs to create an Image from a managed Virtual Machine.",
            Refused("capture", CaptureBody, "OperationNotAllowed").Message);
    }

    [Fact]
    public void BlobsBecomeManagedDisksOfADeallocatedMachine()
    {
        _vms.Create(VmFixture.Linux, change: Blobs);
        _vms.Run("echo here > /etc/mark");
        Assert.Equal(
            "Operation 'ConvertToManagedDisks' is not allowed on VM 'web01' since the VM is not deallocated.",
            Refused("convertToManagedDisks", null, "OperationNotAllowed").Message);
        _vms.Act("deallocate");
        Answer conversion = _vms.Client.Post($"{_vms.Vm()}/convertToManagedDisks", VmFixture.Version).ShouldBe(202);
        Assert.Equal(
            "Management operations on VM 'web01' are disallowed because VM disks are being converted to managed disks.",
            Refused("start", null, "OperationNotAllowed").Message);
        _vms.Client.Finish(conversion);
        JsonNode disk = _vms.Get()["properties"]!["storageProfile"]!["osDisk"]!;
        Assert.Null(disk["vhd"]);
        JsonObject made = _vms.Client.Get((string)disk["managedDisk"]!["id"]!, "2023-04-02").ShouldBe(200).Json;
        Assert.Equal(_vms.Vm(), (string?)made["managedBy"], ignoreCase: true);
        _vms.Client.Advance(60);
        Assert.Contains("[stdout]\nhere\n", _vms.Run("cat /etc/mark")[0]);
        Refused("convertToManagedDisks", null, "OperationNotAllowed");
    }

    [Fact]
    public void PatchesAreAssessedAndInstalledWhileTheMachineRuns()
    {
        _vms.Create(VmFixture.Linux);
        JsonNode assessed = _vms.Act("assessPatches")["properties"]!["output"]!;
        Assert.Equal("Succeeded", (string?)assessed["status"]);
        JsonNode installed = _vms.Act(
            "installPatches", """{"rebootSetting":"IfRequired","maximumDuration":"PT4H"}""")["properties"]!["output"]!;
        Assert.Equal(0, (int)installed["failedPatchCount"]!);
        _vms.Act("powerOff");
        Assert.Equal(
            "The operation requires the VM to be running (or set to run).",
            Refused("assessPatches", null, "OperationNotAllowed").Message);
    }

    [Theory]
    [InlineData("Deallocate")]
    [InlineData("Delete")]
    public void ASpotMachineIsEvictedAsItsPolicySays(string policy)
    {
        _vms.Create(VmFixture.Linux, change: b =>
        {
            b["properties"]!["priority"] = "Spot";
            b["properties"]!["evictionPolicy"] = policy;
            b["properties"]!["billingProfile"] = new JsonObject { ["maxPrice"] = -1 };
        });
        Answer answer = _vms.Client.Post(_vms.Vm() + "/simulateEviction", VmFixture.Version).ShouldBe(204);
        Assert.Null(answer.Header("Azure-AsyncOperation"));
        Assert.Equal("PowerState/running", _vms.Codes()[1]);
        _vms.Client.Advance(180);
        if (policy == "Deallocate")
            Assert.Equal("PowerState/deallocated", _vms.Codes()[1]);
        else
            _vms.Client.Get(_vms.Vm(), VmFixture.Version).ShouldBe(404);
    }

    [Fact]
    public void OrdinaryMachinesAreNeitherEvictedNorMaintained()
    {
        _vms.Create(VmFixture.Linux);
        Assert.Equal(
            "Operation 'simulateEviction' is allowed only for Spot Virtual Machines",
            Refused("simulateEviction", null, "OperationNotAllowed").Message);
        Assert.Equal(
            "Operation 'performMaintenance' is not allowed on VM 'web01' since the Subscription of this VM is not eligible.",
            Refused("performMaintenance", null, "OperationNotAllowed").Message);
    }

    [Fact]
    public void BootDiagnosticsEndWhenTheRequestSays()
    {
        _vms.Create(VmFixture.Linux, change: static b => b["properties"]!["diagnosticsProfile"] =
            new JsonObject { ["bootDiagnostics"] = new JsonObject { ["enabled"] = true } });
        JsonObject data = _vms.Client.Send(
            "POST", $"{_vms.Vm()}/retrieveBootDiagnosticsData?sasUriExpirationTimeInMinutes=60&api-version={VmFixture.Version}")
            .ShouldBe(200).Json;
        string end = Uri.EscapeDataString(_vms.Client.Sandbox.Clock.GetUtcNow().AddMinutes(60).UtcDateTime.ToString("s") + "Z");
        Assert.Contains($"serialconsole.log?sv=2018-03-28&sr=b&se={end}&sp=r&sig=", (string)data["serialConsoleLogBlobUri"]!);
    }

    private void Blobs(JsonObject body) => body["properties"]!["storageProfile"]!["osDisk"] = new JsonObject
    {
        ["createOption"] = "FromImage",
        ["name"] = "osDisk",
        ["vhd"] = new JsonObject { ["uri"] = "https://store.blob.core.windows.net/vhds/os.vhd" },
    };

    private Answer Refused(string action, string? body, string code) =>
        _vms.Client.Refused("POST", $"{_vms.Vm()}/{action}", VmFixture.Version, body, 409, code);

    public void Dispose() => _vms.Dispose();
}
