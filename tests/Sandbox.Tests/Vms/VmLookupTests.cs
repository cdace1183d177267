using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Vms;

/// <summary>Sizes, SKUs and usages of a region.</summary>
public sealed class VmLookupTests : IDisposable
{
    private readonly VmFixture _vms = new();

    [Fact]
    public void ARegionListsTheSizesItOffers()
    {
        string[] names = Names("locations/northeurope/vmSizes", "2023-07-01");
        Assert.Contains("Standard_D2s_v5", names);
        Assert.DoesNotContain("Standard_NC24ads_A100_v4", names);
    }

    [Fact]
    public void AMachineListsTheSizesItCanHave()
    {
        _vms.Create("Debian:debian-12:12-arm64:latest", change: b => b["properties"]!["hardwareProfile"]!["vmSize"] = "Standard_D2ps_v5");
        JsonObject list = _vms.Client.Get(_vms.Vm() + "/vmSizes", "2023-07-01").ShouldBe(200).Json;
        Assert.Equal(
            ["Standard_B2ps_v2", "Standard_D2ps_v5", "Standard_D4ps_v5"],
            list["value"]!.AsArray().Select(s => (string)s!["name"]!));
    }

    [Fact]
    public void SkusTellGenerationsProcessorAndZones()
    {
        JsonArray skus = Get("skus", "2021-07-01", "&$filter=location eq 'westeurope'")["value"]!.AsArray();
        Assert.Equal(49, skus.Count);
        JsonNode sku = skus.Single(s => (string?)s!["name"] == "Standard_D2ps_v5")!;
        Dictionary<string, string> capabilities =
            sku["capabilities"]!.AsArray().ToDictionary(c => (string)c!["name"]!, c => (string)c!["value"]!);
        Assert.Equal("Arm64", capabilities["CpuArchitectureType"]);
        Assert.Equal("V2", capabilities["HyperVGenerations"]);
        Assert.Equal(3, sku["locationInfo"]![0]!["zones"]!.AsArray().Count);
    }

    [Fact]
    public void UsagesCountTheCoresOfTheRegion()
    {
        _vms.Create(VmFixture.Linux);
        JsonNode cores = Get("locations/westeurope/usages", "2023-07-01")["value"]!.AsArray()
            .Single(u => (string?)u!["name"]!["value"] == "cores")!;
        Assert.Equal(2, (int)cores["currentValue"]!);
        Assert.Equal(100, (int)cores["limit"]!);
    }

    [Fact]
    public void AnUnknownRegionHasNoProvider() => Assert.Equal(
        "NoRegisteredProviderFound",
        _vms.Client.Get($"{_vms.Client.Subscription}/providers/Microsoft.Compute/locations/nowhere/vmSizes", "2023-07-01")
            .ShouldBe(400).Code);

    private string[] Names(string path, string version) =>
        [.. Get(path, version)["value"]!.AsArray().Select(s => (string)s!["name"]!)];

    private JsonObject Get(string path, string version, string query = "") => _vms.Client
        .Send("GET", $"{_vms.Client.Subscription}/providers/Microsoft.Compute/{path}?api-version={version}{query}").ShouldBe(200).Json;

    public void Dispose() => _vms.Dispose();
}
