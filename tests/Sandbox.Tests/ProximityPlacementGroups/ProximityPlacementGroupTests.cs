using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Tests.Vms;

namespace ImageCmdlets.Sandbox.Tests.ProximityPlacementGroups;

/// <summary>Proximity placement groups, and what is placed by them.</summary>
public sealed class ProximityPlacementGroupTests : IDisposable
{
    private readonly VmFixture _vms = new();

    private string Group => $"{_vms.Group}/providers/Microsoft.Compute/proximityPlacementGroups/near";

    [Fact]
    public void ANewGroupIsAnswered201AndAnOldOne200()
    {
        Answer answer = Put().ShouldBe(201);
        Assert.Equal("Standard", (string?)answer.Json["properties"]!["proximityPlacementGroupType"]);
        Put().ShouldBe(200);
    }

    [Fact]
    public void ItShowsItsMachinesAndStaysWithThem()
    {
        Put().ShouldBe(201);
        _vms.Create(VmFixture.Linux, change: Near);
        JsonObject shown = _vms.Client
            .Send("GET", $"{Group}?includeColocationStatus=true&api-version={VmFixture.Version}").ShouldBe(200).Json;
        JsonNode member = Assert.Single(shown["properties"]!["virtualMachines"]!.AsArray())!;
        Assert.Equal(_vms.Vm(), (string?)member["id"], ignoreCase: true);
        Assert.Equal("Aligned", (string?)shown["properties"]!["colocationStatus"]!["displayStatus"]);
        _vms.Client.Refused("DELETE", Group, VmFixture.Version, null, 409, "OperationNotAllowed");
    }

    [Fact]
    public void AGroupThatIsNotThereIsNotFound()
    {
        JsonObject body = _vms.Body(VmFixture.Linux);
        Near(body);
        Answer refused =
            _vms.Client.Refused("PUT", _vms.Vm(), VmFixture.Version, body.ToJsonString(), 404, "NotFound");
        Assert.Equal($"The Proximity Placement Group {Group} cannot be found.", refused.Message);
    }

    [Fact]
    public void AnEmptyGroupIsDeletedAtOnce()
    {
        Put().ShouldBe(201);
        _vms.Client.Delete(Group, VmFixture.Version).ShouldBe(200);
        _vms.Client.Get(Group, VmFixture.Version).ShouldBe(404);
    }

    private Answer Put() => _vms.Client.Put(Group, VmFixture.Version, """{"location":"westeurope"}""");

    private void Near(JsonObject body) =>
        body["properties"]!["proximityPlacementGroup"] = new JsonObject { ["id"] = Group };

    public void Dispose() => _vms.Dispose();
}
