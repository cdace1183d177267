using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.Tests.Vms;

/// <summary>The sizes that come with the sandbox.</summary>
public sealed class VmSizeCatalogueTests
{
    [Fact]
    public void ASizeIsFoundWithoutCase() => Assert.Equal("Standard_D2s_v5", VmSizeCatalogue.Find("standard_d2S_v5")?.Name);

    [Theory]
    [InlineData("Standard_NC24ads_A100_v4", "V1", false)]
    [InlineData("Standard_NC24ads_A100_v4", "V2", true)]
    [InlineData("Standard_A2_v2", "V2", false)]
    [InlineData("Standard_DS1_v2", "V1", true)]
    public void GenerationsDecideWhatBoots(string size, string generation, bool boots) =>
        Assert.Equal(boots, VmSizeCatalogue.Find(size)!.Boots(generation));

    [Fact]
    public void ASizeThatARegionLacksIsRestrictedThere()
    {
        VmSize size = VmSizeCatalogue.Find("Standard_D2ps_v5")!;
        Assert.Empty(VmSizeBodies.Sku(size, "westeurope", ["1", "2", "3"])["restrictions"]!.AsArray());
        Assert.Equal(
            "NotAvailableForSubscription",
            (string?)VmSizeBodies.Sku(size, "japanwest", [])["restrictions"]![0]!["reasonCode"]);
    }
}
