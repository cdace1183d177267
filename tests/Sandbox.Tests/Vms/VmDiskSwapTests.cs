using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Vms;

/// <summary>Another OS disk for a machine that is there.</summary>
public sealed class VmDiskSwapTests : IDisposable
{
    private const string DiskVersion = "2023-04-02";
    private readonly VmFixture _vms = new();

    [Fact]
    public void ADeallocatedMachineStartsFromTheOtherDisk()
    {
        _vms.Create(VmFixture.Linux);
        _vms.Run("echo before > /root/mark");
        string old = OSDiskId();
        string restored = Restored(old, "restored");
        _vms.Run("echo after > /root/mark");
        _vms.Act("deallocate");

        Answer answer = Swap(restored, "restored");
        answer.ShouldBe(200);
        _vms.Client.Finish(answer);

        JsonNode disk = _vms.Get()["properties"]!["storageProfile"]!["osDisk"]!;
        Assert.Equal(restored, (string?)disk["managedDisk"]!["id"], ignoreCase: true);
        Assert.Equal("restored", (string?)disk["name"]);
        Assert.Equal("FromImage", (string?)disk["createOption"]);
        Assert.Equal("Reserved", DiskState(restored));
        Assert.Equal("Unattached", DiskState(old));
        _vms.Act("start");
        Assert.Contains("before", Assert.Single(_vms.Run("cat /root/mark")), StringComparison.Ordinal);
        Assert.Equal("Attached", DiskState(restored));
    }

    [Fact]
    public void AMachineThatIsNotDeallocatedIsRefused()
    {
        _vms.Create(VmFixture.Linux);
        string restored = Restored(OSDiskId(), "restored");
        Assert.Equal("OperationNotAllowed", Swap(restored, "restored").ShouldBe(409).Code);
        _vms.Act("powerOff");
        Assert.Equal("OperationNotAllowed", Swap(restored, "restored").ShouldBe(409).Code);
        Assert.Equal("Unattached", DiskState(restored));
    }

    [Theory]
    [InlineData("createOption", "Attach")]
    [InlineData("osType", "Windows")]
    [InlineData("name", "another")]
    public void WhatBelongsToTheMachineCannotBeChanged(string property, string value)
    {
        _vms.Create(VmFixture.Linux);
        string restored = Restored(OSDiskId(), "restored");
        _vms.Act("deallocate");
        Answer answer = Swap(restored, "restored", disk => disk[property] = value);
        Assert.Equal("PropertyChangeNotAllowed", answer.ShouldBe(409).Code);
        Assert.Contains($"'osDisk.{property}'", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADiskOfAnotherMachineIsRefused()
    {
        _vms.Create(VmFixture.Linux);
        _vms.Create(VmFixture.Linux, "web02");
        string taken = OSDiskId("web02");
        _vms.Act("deallocate");
        Swap(taken, null).ShouldBe(409);
        Assert.Equal(_vms.Vm("web02"), (string?)_vms.Client.Get(taken, DiskVersion).Json["managedBy"], ignoreCase: true);
    }

    public void Dispose() => _vms.Dispose();

    private string OSDiskId(string name = "web01") =>
        (string)_vms.Get(name)["properties"]!["storageProfile"]!["osDisk"]!["managedDisk"]!["id"]!;

    private string DiskState(string id) => (string)_vms.Client.Get(id, DiskVersion).ShouldBe(200).Json["properties"]!["diskState"]!;

    // A snapshot of the disk, and a disk of the snapshot.
    private string Restored(string disk, string name)
    {
        string snapshot = $"{_vms.Group}/providers/Microsoft.Compute/snapshots/{name}";
        _vms.Client.Finish(_vms.Client.Put(snapshot, DiskVersion, Copy(disk)));
        string restored = $"{_vms.Group}/providers/Microsoft.Compute/disks/{name}";
        _vms.Client.Finish(_vms.Client.Put(restored, DiskVersion, Copy(snapshot)));
        return restored;
    }

    private static string Copy(string source) => new JsonObject
    {
        ["location"] = "westeurope",
        ["properties"] = new JsonObject { ["creationData"] = new JsonObject { ["createOption"] = "Copy", ["sourceResourceId"] = source } },
    }.ToJsonString();

    private Answer Swap(string disk, string? name, Action<JsonObject>? change = null)
    {
        var asked = new JsonObject { ["managedDisk"] = new JsonObject { ["id"] = disk } };
        if (name is not null) asked["name"] = name;
        change?.Invoke(asked);
        var body = new JsonObject { ["properties"] = new JsonObject { ["storageProfile"] = new JsonObject { ["osDisk"] = asked } } };
        return _vms.Client.Send("PATCH", $"{_vms.Vm()}?api-version={VmFixture.Version}", body.ToJsonString());
    }
}
