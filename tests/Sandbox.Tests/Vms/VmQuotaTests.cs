using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Tests.ScaleSets;

namespace ImageCmdlets.Sandbox.Tests.Vms;

/// <summary>Cores are counted by region, by family, and apart for spot machines.</summary>
public sealed class VmQuotaTests
{
    [Fact]
    public void ALargerQuotaTakesMoreMachines()
    {
        using var vms = new VmFixture(new SandboxOptions { CoreQuota = 200 });
        vms.Create(VmFixture.Linux, change: static b => b["properties"]!["hardwareProfile"]!["vmSize"] = "Standard_D64s_v5");
        vms.Create(VmFixture.Linux, "web02", static b => b["properties"]!["hardwareProfile"]!["vmSize"] = "Standard_D64s_v5");
        Assert.Equal((128, 200), Usage(vms.Client, "cores"));
        Assert.Equal((0, 200), Usage(vms.Client, "lowPriorityCores"));
    }

    [Fact]
    public void SpotMachinesAreCountedApart()
    {
        using var vms = new VmFixture();
        vms.Create(VmFixture.Linux, change: Big);
        vms.Create(VmFixture.Linux, "web02", Spot);
        Assert.Equal((64, 100), Usage(vms.Client, "cores"));
        Assert.Equal((64, 100), Usage(vms.Client, "lowPriorityCores"));
        JsonObject third = vms.Body(VmFixture.Linux, "web03");
        Spot(third);
        Answer refused = vms.Client.Refused(
            "PUT", vms.Vm("web03"), VmFixture.Version, third.ToJsonString(), 409, "OperationNotAllowed");
        Assert.StartsWith(
            "Operation could not be completed as it results in exceeding approved LowPriorityCores quota.", refused.Message);
    }

    [Fact]
    public void InstancesOfScaleSetsCountAndGiveTheirCoresBack()
    {
        using var sets = new ScaleSetFixture();
        sets.Create(3);
        Assert.Equal((3, 100), Usage(sets.Client, "cores"));
        Assert.Equal((1, 2500), Usage(sets.Client, "virtualMachineScaleSets"));
        sets.Patch("""{"sku":{"capacity":1}}""");
        Assert.Equal((1, 100), Usage(sets.Client, "cores"));
        Assert.Equal((1, 100), Usage(sets.Client, "standardBSFamily"));
    }

    private static void Big(JsonObject body) => body["properties"]!["hardwareProfile"]!["vmSize"] = "Standard_D64s_v5";

    private static void Spot(JsonObject body)
    {
        Big(body);
        body["properties"]!["priority"] = "Spot";
    }

    private static (int Used, int Limit) Usage(SandboxClient client, string name)
    {
        JsonObject list = client.Get(
            $"{client.Subscription}/providers/Microsoft.Compute/locations/westeurope/usages", VmFixture.Version).ShouldBe(200).Json;
        JsonNode usage = list["value"]!.AsArray().Single(u => (string?)u!["name"]!["value"] == name)!;
        return ((int)usage["currentValue"]!, (int)usage["limit"]!);
    }
}
