using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Vms;

/// <summary>A disk on its way out of a machine is nobody's yet.</summary>
public sealed class VmDetachingTests : IDisposable
{
    private const string DiskVersion = "2023-04-02";
    private const string None = """{"properties":{"storageProfile":{"dataDisks":[]}}}""";

    private readonly VmFixture _vms = new();
    private readonly string _disk;

    public VmDetachingTests()
    {
        _disk = $"{_vms.Group}/providers/Microsoft.Compute/disks/data1";
        string body = """{"location":"westeurope","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}""";
        _vms.Client.Finish(_vms.Client.Put(_disk, DiskVersion, body).ShouldBe(202));
        _vms.Create(VmFixture.Linux);
        _vms.Create(VmFixture.Linux, "web02");
        _vms.Client.Finish(_vms.Client.Patch(_vms.Vm(), VmFixture.Version, With()).ShouldBe(200));
    }

    public void Dispose() => _vms.Dispose();

    [Fact]
    public void NobodyCanHaveItBeforeItIsOut()
    {
        Answer detaching = _vms.Client.Patch(_vms.Vm(), VmFixture.Version, None).ShouldBe(200);
        foreach (string name in new[] { "web01", "web02" })
        {
            Answer refused = _vms.Client.Refused("PATCH", _vms.Vm(name), VmFixture.Version, With(), 409, "AttachDiskWhileBeingDetached");
            Assert.Equal(
                $"Cannot attach data disk 'data1' to VM '{name}' because the disk is currently being detached. " +
                "Please wait until the disk is completely detached and then try again.",
                refused.Message);
        }

        _vms.Client.Finish(detaching);
        _vms.Client.Finish(_vms.Client.Patch(_vms.Vm("web02"), VmFixture.Version, With()).ShouldBe(200));
        Assert.Equal(_vms.Vm("web02"), (string?)_vms.Client.Get(_disk, DiskVersion).Json["managedBy"], ignoreCase: true);
    }

    [Fact]
    public void AfterADetachmentThatFailedItMustBeDetachedAgain()
    {
        _vms.Client.Sandbox.AddFault(new SandboxFault { Effect = SandboxFaultEffect.OperationFailure, Operation = "VirtualMachines_Update", Code = "InternalError", Message = "Lost." });
        Assert.Equal("Failed", (string?)_vms.Client.Finish(_vms.Client.Patch(_vms.Vm(), VmFixture.Version, None).ShouldBe(200))["status"]);
        Answer refused = _vms.Client.Refused("PATCH", _vms.Vm("web02"), VmFixture.Version, With(), 409, "AttachDiskWhileBeingDetached");
        Assert.EndsWith("or the last detach operation failed. Please wait until the disk is completely detached and then try again or " +
            "delete/detach the disk explicitly again.", refused.Message, StringComparison.Ordinal);
        _vms.Client.Finish(_vms.Client.Patch(_vms.Vm(), VmFixture.Version, None).ShouldBe(200));
        Assert.Null(_vms.Client.Get(_disk, DiskVersion).Json["managedBy"]);
    }

    private string With()
    {
        JsonNode body = JsonNode.Parse(None)!;
        body["properties"]!["storageProfile"]!["dataDisks"] = new JsonArray(new JsonObject
        {
            ["lun"] = 0, ["createOption"] = "Attach", ["managedDisk"] = new JsonObject { ["id"] = _disk },
        });
        return body.ToJsonString();
    }
}
