using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Tests.Vms;

namespace ImageCmdlets.Sandbox.Tests.Moves;

/// <summary>Resources go into another group, and everything that names them follows.</summary>
public sealed class MoveTests : IDisposable
{
    private const string Version = SandboxClient.ResourcesVersion;
    private const string DiskVersion = "2023-04-02";
    private const string OtherSubscription = "/subscriptions/10000000-0000-4000-8000-000000000002/resourceGroups/far";

    private readonly VmFixture _vms = new();
    private readonly string _target;

    public MoveTests() => _target = Client.Group("target");

    private SandboxClient Client => _vms.Client;

    private string Disk => $"{_vms.Group}/providers/Microsoft.Compute/disks/d";

    public void Dispose() => _vms.Dispose();

    [Fact]
    public void AMachineMovesAndItsDisksFollowItsName()
    {
        _vms.Create(VmFixture.Linux);
        _vms.Run("echo here > /root/mark");
        string disk = (string)_vms.Get()["properties"]!["storageProfile"]!["osDisk"]!["managedDisk"]!["id"]!;
        string image = $"{_vms.Group}/providers/Microsoft.Compute/snapshots/s", moved = _vms.Vm().Replace(_vms.Group, _target, StringComparison.Ordinal);
        Client.Finish(Client.Put(image, DiskVersion, $$$"""{"location":"westeurope","properties":{"creationData":{"createOption":"Copy","sourceResourceId":"{{{disk}}}"} } }""").ShouldBe(202));

        End(Move(_vms.Vm(), image).ShouldBe(202)).ShouldBe(204);

        Client.Get(_vms.Vm(), VmFixture.Version).ShouldBe(404);
        JsonNode vm = Client.Get(moved, VmFixture.Version).ShouldBe(200).Json;
        Assert.Equal(moved, (string?)vm["id"]);
        Assert.Equal(disk, (string?)vm["properties"]!["storageProfile"]!["osDisk"]!["managedDisk"]!["id"], ignoreCase: true);
        Assert.Equal(moved, (string?)Client.Get(disk, DiskVersion).Json["managedBy"], ignoreCase: true);
        JsonNode snapshot = Client.Get(image.Replace(_vms.Group, _target, StringComparison.Ordinal), DiskVersion).ShouldBe(200).Json;
        Assert.Equal(disk, (string?)snapshot["properties"]!["creationData"]!["sourceResourceId"], ignoreCase: true);
        Assert.Equal("Succeeded", (string?)Client.Get(_target, Version).Json["properties"]!["provisioningState"]);
        string run = """{"commandId":"RunShellScript","script":["cat /root/mark"]}""";
        JsonNode end = Client.Finish(Client.Post($"{moved}/runCommand", VmFixture.Version, run).ShouldBe(202));
        Assert.Contains("here", (string?)end["properties"]!["output"]!["value"]![0]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public void BothGroupsAreLockedMeanwhile()
    {
        MakeDisk();
        Answer moving = Move(Disk).ShouldBe(202);
        Assert.Equal("MovingResources", (string?)Client.Get(_target, Version).Json["properties"]!["provisioningState"]);
        Client.Refused("DELETE", _vms.Group, Version, null, 409, "ResourceGroupBeingMoved");
        Client.Refused("PUT", Disk.Replace(_vms.Group, _target, StringComparison.Ordinal), DiskVersion, """{"location":"westeurope"}""", 409, "ResourceGroupBeingMoved");
        Client.Refused("PATCH", _target, Version, """{"tags":{}}""", 409, "ResourceGroupBeingMoved");
        Client.Get(Disk, DiskVersion).ShouldBe(200);
        End(moving).ShouldBe(204);
        Client.Delete(_vms.Group, Version).ShouldBe(202);
    }

    [Fact]
    public void ValidationMovesNothing()
    {
        MakeDisk();
        Answer started = Client.Post($"{_vms.Group}/validateMoveResources", Version, Body(_target, Disk)).ShouldBe(202);
        End(started).ShouldBe(204);
        Client.Get(Disk, DiskVersion).ShouldBe(200);
    }

    [Fact]
    public void WhatIsBusyOrLeftBehindMakesTheMoveFail()
    {
        _vms.Create(VmFixture.Linux);
        string disk = (string)_vms.Get()["properties"]!["storageProfile"]!["osDisk"]!["managedDisk"]!["id"]!;
        Client.Put(OtherSubscription, Version, """{"location":"westeurope"}""").ShouldBe(201);
        Answer failed = End(Client.Post($"{_vms.Group}/moveResources", Version, Body(OtherSubscription, _vms.Vm())).ShouldBe(202)).ShouldBe(409);
        Assert.Equal("ResourceMoveProviderValidationFailed", (string?)failed.Json["error"]!["code"]);
        JsonNode reason = failed.Json["error"]!["details"]![0]!;
        Assert.Equal("MissingMoveDependentResources", (string?)reason["code"]);
        Assert.Contains(disk, reason["details"]!.AsArray().Select(static item => (string?)item!["target"]), StringComparer.OrdinalIgnoreCase);

        Answer stopping = Client.Post($"{_vms.Vm()}/deallocate", VmFixture.Version).ShouldBe(202);
        failed = End(Move(_vms.Vm()).ShouldBe(202)).ShouldBe(409);
        reason = failed.Json["error"]!["details"]![0]!;
        Assert.Equal(
            ("MoveResourcesHavePendingOperations", "The move resources request contains resources for which an operation is pending. Please check details for these " +
                "resource ids. Retry your operation once the pending operations complete."),
            ((string?)reason["code"], (string?)reason["message"]));
        Client.Finish(stopping);
        End(Move(_vms.Vm()).ShouldBe(202)).ShouldBe(204);
    }

    [Fact]
    public void LocksGalleriesAndWrongNamesAreRefusedAtOnce()
    {
        MakeDisk();
        string gallery = $"{_vms.Group}/providers/Microsoft.Compute/galleries/g";
        Client.Finish(Client.Put(gallery, "2023-07-03", """{"location":"westeurope"}""").ShouldBe(201));
        Answer refused = Refused(409, "ResourceMoveNotSupported", _target, gallery);
        Assert.Equal("Resource move is not supported for resource types 'Microsoft.Compute/galleries'.", refused.Message);
        Refused(404, "ResourceNotFound", _target, Disk + "x");
        Refused(404, "ResourceGroupNotFound", _target + "x", Disk);
        Refused(400, "InvalidMoveResourcesRequest", _vms.Group, Disk);
        Refused(400, "InvalidMoveResourcesRequest", _target, Disk.Replace(_vms.Group, _target, StringComparison.Ordinal));
        Refused(400, "InvalidRequestContent", _target);
        string keep = "/providers/Microsoft.Authorization/locks/keep";
        foreach (string scope in new[] { Disk, _target, _vms.Group })
        {
            Client.Put(scope + keep, "2016-09-01", """{"properties":{"level":"ReadOnly"}}""").ShouldBe(201);
            Refused(409, "ScopeLocked", _target, Disk);
            Client.Delete(scope + keep, "2016-09-01").ShouldBe(200);
        }

        string taken = Disk.Replace(_vms.Group, _target, StringComparison.Ordinal);
        Client.Finish(Client.Put(taken, DiskVersion, Empty).ShouldBe(202));
        Refused(409, "ResourceAlreadyExists", _target, Disk);
    }

    private const string Empty = """{"location":"westeurope","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}""";

    private void MakeDisk() => Client.Finish(Client.Put(Disk, DiskVersion, Empty).ShouldBe(202));

    private Answer Refused(int status, string code, string target, params string[] ids) =>
        Client.Refused("POST", $"{_vms.Group}/moveResources", Version, Body(target, ids), status, code);

    private Answer Move(params string[] ids) => Client.Post($"{_vms.Group}/moveResources", Version, Body(_target, ids));

    private static string Body(string target, params string[] ids) => new JsonObject
    {
        ["resources"] = new JsonArray([.. ids.Select(static id => (JsonNode)id)]),
        ["targetResourceGroup"] = target,
    }.ToJsonString();

    private Answer End(Answer started)
    {
        Client.Advance(300);
        return Client.Send("GET", started.Header("Location")!);
    }
}
