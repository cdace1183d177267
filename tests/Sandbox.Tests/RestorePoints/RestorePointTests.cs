using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Tests.Vms;

namespace ImageCmdlets.Sandbox.Tests.RestorePoints;

/// <summary>Restore point collections and the points in them.</summary>
public sealed class RestorePointTests : IDisposable
{
    private readonly VmFixture _vms = new();

    private string Collection => $"{_vms.Group}/providers/Microsoft.Compute/restorePointCollections/rpc";

    private string Point => Collection + "/restorePoints/first";

    [Fact]
    public void APointKeepsWhatItsMachineWas()
    {
        Prepare();
        Answer answer = _vms.Client.Put(Point, VmFixture.Version, """{"properties":{"consistencyMode":"CrashConsistent"}}""").ShouldBe(201);
        Assert.Equal("Creating", (string?)answer.Json["properties"]!["provisioningState"]);
        Assert.Null(answer.Header("Location"));
        JsonObject end = _vms.Client.Finish(answer);
        TimeSpan taken = DateTimeOffset.Parse((string)end["endTime"]!) - DateTimeOffset.Parse((string)end["startTime"]!);
        Assert.Equal(TimeSpan.FromSeconds(29.9), taken);
        JsonNode metadata = _vms.Client.Get(Point, VmFixture.Version).ShouldBe(200).Json["properties"]!["sourceMetadata"]!;
        Assert.Equal((string?)_vms.Get()["properties"]!["vmId"], (string?)metadata["vmId"]);
        string disk = (string)metadata["storageProfile"]!["osDisk"]!["diskRestorePoint"]!["id"]!;
        Assert.StartsWith(Point + "/diskRestorePoints/web01_OsDisk_1_", disk);
        JsonObject view = _vms.Client.Send("GET", $"{Point}?$expand=instanceView&api-version={VmFixture.Version}").ShouldBe(200).Json;
        Assert.Equal(disk, (string?)view["properties"]!["instanceView"]!["diskRestorePoints"]![0]!["id"]);
        JsonObject all = _vms.Client.Send("GET", $"{Collection}?$expand=restorePoints&api-version={VmFixture.Version}").ShouldBe(200).Json;
        Assert.Single(all["properties"]!["restorePoints"]!.AsArray());
    }

    [Fact]
    public void DisksAreMadeOfAPointInItsRegion()
    {
        Prepare();
        _vms.Client.Finish(_vms.Client.Put(Point, VmFixture.Version, "{}").ShouldBe(201));
        JsonNode point = _vms.Client.Get(Point, VmFixture.Version).ShouldBe(200).Json["properties"]!;
        string source = (string)point["sourceMetadata"]!["storageProfile"]!["osDisk"]!["diskRestorePoint"]!["id"]!;
        string disk = $"{_vms.Group}/providers/Microsoft.Compute/disks/restored";
        Assert.Equal("FileSystemConsistent", (string?)point["consistencyMode"]);
        _vms.Client.Refused("PUT", disk, "2023-04-02", Restore("northeurope", source), 404, "NotFound");
        _vms.Client.Refused("PUT", disk, "2023-04-02", Restore("westeurope", Point + "/diskRestorePoints/none"), 404, "NotFound");

        _vms.Client.Finish(_vms.Client.Put(disk, "2023-04-02", Restore("westeurope", source)).ShouldBe(202));

        JsonNode made = _vms.Client.Get(disk, "2023-04-02").ShouldBe(200).Json["properties"]!;
        Assert.Equal(("Linux", "Restore", source), ((string?)made["osType"], (string?)made["creationData"]!["createOption"], (string?)made["creationData"]!["sourceResourceId"]));
        Assert.EndsWith((string)made["creationData"]!["sourceUniqueId"]!, source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ApplicationConsistent")]
    [InlineData("Sometimes")]
    public void OnlyCrashConsistencyCanBeAskedFor(string mode)
    {
        Prepare();
        string body = """{"properties":{"consistencyMode":"MODE"}}""".Replace("MODE", mode, StringComparison.Ordinal);
        _vms.Client.Refused("PUT", Point, VmFixture.Version, body, 400, "InvalidParameter");
    }

    [Fact]
    public void APointCannotBeChanged()
    {
        Prepare();
        _vms.Client.Finish(_vms.Client.Put(Point, VmFixture.Version, "{}").ShouldBe(201));
        _vms.Client.Refused("PUT", Point, VmFixture.Version, "{}", 409, "OperationNotAllowed");
    }

    [Fact]
    public void ACollectionGoesWithItsPoints()
    {
        Prepare();
        _vms.Client.Finish(_vms.Client.Put(Point, VmFixture.Version, "{}").ShouldBe(201));
        _vms.Client.Finish(_vms.Client.Delete(Collection, VmFixture.Version).ShouldBe(202));
        _vms.Client.Get(Point, VmFixture.Version).ShouldBe(404);
        _vms.Client.Delete(Collection, VmFixture.Version).ShouldBe(204);
    }

    [Fact]
    public void ACollectionNeedsAMachine()
    {
        string body = """{"location":"westeurope","properties":{"source":{"id":"VM"}}}"""
            .Replace("VM", _vms.Vm(), StringComparison.Ordinal);
        _vms.Client.Refused("PUT", Collection, VmFixture.Version, body, 404, "NotFound");
    }

    private static string Restore(string location, string source) => """{"location":"WHERE","properties":{"creationData":{"createOption":"Restore","sourceResourceId":"WHAT"}}}"""
        .Replace("WHERE", location, StringComparison.Ordinal).Replace("WHAT", source, StringComparison.Ordinal);

    private void Prepare()
    {
        _vms.Create(VmFixture.Linux);
        string body = """{"location":"westeurope","properties":{"source":{"id":"VM"}}}"""
            .Replace("VM", _vms.Vm(), StringComparison.Ordinal);
        Answer answer = _vms.Client.Put(Collection, VmFixture.Version, body).ShouldBe(201);
        Assert.Equal("Succeeded", (string?)answer.Json["properties"]!["provisioningState"]);
        _vms.Client.Put(Collection, VmFixture.Version, body).ShouldBe(200);
    }

    public void Dispose() => _vms.Dispose();
}
