using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Marketplace;

namespace ImageCmdlets.Sandbox.Tests.Marketplace;

/// <summary>Bodies as recorded in azcli/test_vm_image_show#0 and test_vm_image_terms#1.</summary>
public sealed class MarketplaceBodiesTests
{
    private const string Subscription = "00000000-0000-0000-0000-000000000000";
    private readonly MarketplaceBodies _bodies = new(Subscription, "westus");

    [Fact]
    public void AVersionsIdIsCapitalised() => Assert.Equal(
        $"/Subscriptions/{Subscription}/Providers/Microsoft.Compute/Locations/westus/Publishers/Canonical/ArtifactTypes/VMImage"
        + "/Offers/ubuntu-24_04-lts/Skus/server/Versions/24.04.202502140",
        (string?)Body("Canonical", "ubuntu-24_04-lts", "server")["id"]);

    [Fact]
    public void APlanIsShownOnlyWhenTermsApply()
    {
        Assert.Equal("wordpress", (string?)Body("bitnami", "wordpress", "6-4")["properties"]!["plan"]!["product"]);
        Assert.Null(Body("Canonical", "ubuntu-24_04-lts", "server")["properties"]!["plan"]);
    }

    [Fact]
    public void TheSizeInBytesCountsTheFooterOfTheVhd()
    {
        JsonNode disk = Body("Canonical", "ubuntu-24_04-lts", "server")["properties"]!["osDiskImage"]!;
        Assert.Null(disk["sizeInGb"]);
        Assert.Equal(32212255232L, (long)disk["sizeInBytes"]!);
        JsonNode sold = Body("bitnami", "wordpress", "6-4")["properties"]!["osDiskImage"]!;
        Assert.Equal(((long)(int)sold["sizeInGb"]! * 1024 * 1024 * 1024) + 512, (long)sold["sizeInBytes"]!);
    }

    [Fact]
    public void WithoutExpandAVersionHasNoProperties() => Assert.Equal(
        ["location", "name", "id"],
        _bodies.Version(Image("Canonical", "ubuntu-24_04-lts", "server"), withProperties: false).Select(p => p.Key));

    private JsonObject Body(string publisher, string offer, string sku) =>
        _bodies.Version(Image(publisher, offer, sku), withProperties: true);

    private static MarketplaceImage Image(string publisher, string offer, string sku) =>
        MarketplaceCatalogue.Default.FindImage(publisher, offer, sku, "latest")!;
}
