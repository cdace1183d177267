using ImageCmdlets.Sandbox.Marketplace;

namespace ImageCmdlets.Sandbox.Tests.Marketplace;

/// <summary>The catalogue that comes with the sandbox.</summary>
public sealed class MarketplaceCatalogueTests
{
    [Theory]
    [InlineData("bitnami", "wordpress", "6-4", "1.10.0")]
    [InlineData("kinvolk", "flatcar-container-linux-free", "stable", "4081.10.0")]
    [InlineData("Canonical", "ubuntu-24_04-lts", "server", "24.04.202502140")]
    [InlineData("microsoftwindowsserver", "windowsserver", "2022-DATACENTER-CORE-G2", "20348.3207.250210")]
    public void LatestIsTheHighestNumberNotTheLastString(string publisher, string offer, string sku, string expected) =>
        Assert.Equal(expected, MarketplaceCatalogue.Default.FindImage(publisher, offer, sku, "latest")?.Version);

    [Fact]
    public void NamesComeBackInTheCasingOfTheCatalogue() => Assert.Equal(
        "MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-g2:20348.3207.250210",
        MarketplaceCatalogue.Default.FindImage(
            "MICROSOFTWINDOWSSERVER", "windowsserver", "2022-datacenter-core-G2", "LATEST")?.Urn);

    [Theory]
    [InlineData("nobody", "ubuntu-24_04-lts", "server", "latest")]
    [InlineData("Canonical", "nothing", "server", "latest")]
    [InlineData("Canonical", "ubuntu-24_04-lts", "nothing", "latest")]
    [InlineData("Canonical", "ubuntu-24_04-lts", "server", "1.0.0")]
    public void AnUnknownPartMeansNoImage(string publisher, string offer, string sku, string version) =>
        Assert.Null(MarketplaceCatalogue.Default.FindImage(publisher, offer, sku, version));

    [Fact]
    public void EverySkuIsSoundForAzure()
    {
        foreach (MarketplaceSku sku in MarketplaceCatalogue.Default.Publishers.SelectMany(p => p.Offers).SelectMany(o => o.Skus))
        {
            Assert.Contains(sku.Generation, new[] { "V1", "V2" });
            Assert.Contains(sku.Architecture, new[] { "x64", "Arm64" });
            Assert.False(sku.Architecture == "Arm64" && sku.Generation == "V1", $"{sku.Name}: Arm64 has no generation 1");
            Assert.False(sku.SecurityType is not null
                && sku.Generation == "V1", $"{sku.Name}: Trusted Launch needs generation 2");
            Assert.NotEmpty(sku.Versions);
            Assert.Equal(sku.Versions.Count, sku.Versions.Distinct().Count());
        }
    }

    [Fact]
    public void APlanIsFoundByItsThreeNames()
    {
        Assert.Equal("6-4", MarketplaceCatalogue.Default.FindPlan("BITNAMI", "wordpress", "6-4")?.Name);
        Assert.Null(MarketplaceCatalogue.Default.FindPlan("bitnami", "wordpress", "5-9"));
    }
}
