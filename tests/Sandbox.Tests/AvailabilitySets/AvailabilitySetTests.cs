using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Tests.Vms;

namespace ImageCmdlets.Sandbox.Tests.AvailabilitySets;

/// <summary>Availability sets, and the machines in them.</summary>
public sealed class AvailabilitySetTests : IDisposable
{
    private readonly VmFixture _vms = new();

    private string Set => $"{_vms.Group}/providers/Microsoft.Compute/availabilitySets/as1";

    [Fact]
    public void ANewSetIsAnswered200WithTheDefaults()
    {
        Answer answer = Put("""{"location":"West Europe"}""").ShouldBe(200);
        Assert.Null(answer.Header("Azure-AsyncOperation"));
        Assert.Equal("westeurope", (string?)answer.Json["location"]);
        Assert.Equal("Classic", (string?)answer.Json["sku"]!["name"]);
        Assert.Equal(2, (int)answer.Json["properties"]!["platformFaultDomainCount"]!);
        Assert.Equal(5, (int)answer.Json["properties"]!["platformUpdateDomainCount"]!);
    }

    [Theory]
    [InlineData("platformFaultDomainCount", 0, "The specified fault domain count 0 must fall in the range 1 to 3.")]
    [InlineData("platformFaultDomainCount", 4, "The specified fault domain count 4 must fall in the range 1 to 3.")]
    [InlineData("platformUpdateDomainCount", 21, "The specified update domain count 21 must fall in the range 1 to 20.")]
    public void ACountOutOfRangeIsRefused(string property, int value, string message)
    {
        string body = $"{{\"location\":\"westeurope\",\"properties\":{{\"{property}\":{value}}}}}";
        Answer refused = _vms.Client.Refused("PUT", Set, VmFixture.Version, body, 400, "InvalidParameter");
        Assert.Equal(message, refused.Message);
        Assert.Equal(property, (string?)refused.Json["error"]!["target"]);
    }

    [Fact]
    public void CountsCannotBeChanged()
    {
        Put("""{"location":"westeurope"}""").ShouldBe(200);
        string body = """{"location":"westeurope","properties":{"platformFaultDomainCount":3}}""";
        Answer refused = _vms.Client.Refused("PUT", Set, VmFixture.Version, body, 409, "PropertyChangeNotAllowed");
        Assert.Equal("Changing property 'platformFaultDomainCount' is not allowed.", refused.Message);
    }

    [Fact]
    public void AMachineStandsInItsDomainsAndHoldsTheSet()
    {
        Aligned();
        _vms.Create(VmFixture.Linux, change: InSet);
        _vms.Create(VmFixture.Linux, "web02", InSet);
        JsonNode view = _vms.Get("web02", "instanceView")["properties"]!["instanceView"]!;
        Assert.Equal(1, (int)view["platformUpdateDomain"]!);
        Assert.Equal(1, (int)view["platformFaultDomain"]!);
        JsonArray machines = _vms.Client.Get(Set, VmFixture.Version).Json["properties"]!["virtualMachines"]!.AsArray();
        Assert.Equal([_vms.Vm(), _vms.Vm("web02")], machines.Select(m => (string)m!["id"]!), StringComparer.OrdinalIgnoreCase);
        Answer refused = _vms.Client.Refused("DELETE", Set, VmFixture.Version, null, 409, "OperationNotAllowed");
        Assert.StartsWith("Availability Set 'as1' cannot be deleted.", refused.Message);
    }

    [Fact]
    public void AClassicSetTakesNoManagedDisks()
    {
        Put("""{"location":"westeurope"}""").ShouldBe(200);
        Assert.StartsWith("Addition of a VM with managed disks to non-managed Availability Set", Refused(409, "OperationNotAllowed"));
    }

    [Fact]
    public void ASetThatIsNotThereIsNotFound() =>
        Assert.Equal($"The Availability Set {Set} cannot be found.", Refused(404, "NotFound"));

    [Fact]
    public void AnEmptySetIsDeletedAtOnce()
    {
        Aligned();
        _vms.Client.Delete(Set, VmFixture.Version).ShouldBe(200);
        _vms.Client.Delete(Set, VmFixture.Version).ShouldBe(204);
    }

    private void Aligned() => Put("""{"location":"westeurope","sku":{"name":"Aligned"}}""").ShouldBe(200);

    private Answer Put(string body) => _vms.Client.Put(Set, VmFixture.Version, body);

    private void InSet(JsonObject body) => body["properties"]!["availabilitySet"] = new JsonObject { ["id"] = Set };

    private string? Refused(int status, string code)
    {
        JsonObject body = _vms.Body(VmFixture.Linux);
        InSet(body);
        return _vms.Client.Refused("PUT", _vms.Vm(), VmFixture.Version, body.ToJsonString(), status, code).Message;
    }

    public void Dispose() => _vms.Dispose();
}
