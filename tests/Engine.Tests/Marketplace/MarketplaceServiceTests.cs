using ImageCmdlets.Engine.Marketplace;
using ImageCmdlets.Engine.Tests.Vms;

namespace ImageCmdlets.Engine.Tests.Marketplace;

public sealed class MarketplaceServiceTests
{
    [Fact]
    public async Task LatestIsTheGreatestNumber()
    {
        using VMWorld world = await VMWorld.OpenAsync();

        await FindAsync(world, new FindMarketplaceImageOptions { Location = "West Europe", Publisher = "KINVOLK", Offer = "flatcar-container-linux-free", Sku = "Stable" });

        MarketplaceImage image = Assert.IsType<MarketplaceImage>(Assert.Single(world.Sink.Items));
        Assert.Equal("kinvolk:flatcar-container-linux-free:stable:4081.10.0", image.Urn);
        Assert.Equal(("westeurope", "Linux", "V1", "x64", 30), (image.Location, image.OSType, image.HyperVGeneration, image.Architecture, image.DiskSizeGB));
        Assert.Equal(new PurchasePlan("kinvolk", "flatcar-container-linux-free", "stable"), image.Plan);
    }

    [Fact]
    public async Task WildcardsOnEveryLevelKeepTheOrder()
    {
        using VMWorld world = await VMWorld.OpenAsync();

        await FindAsync(world, new FindMarketplaceImageOptions { Location = "westeurope", Publisher = "c*", Offer = "ubuntu*", Sku = "server*", Version = "24.04.2025*" });

        Assert.Equal(
            [
                "Canonical:ubuntu-24_04-lts:server:24.04.202501150", "Canonical:ubuntu-24_04-lts:server:24.04.202502140",
                "Canonical:ubuntu-24_04-lts:server-arm64:24.04.202501150", "Canonical:ubuntu-24_04-lts:server-arm64:24.04.202502140",
                "Canonical:ubuntu-24_04-lts:server-gen1:24.04.202501150", "Canonical:ubuntu-24_04-lts:server-gen1:24.04.202502140",
            ],
            world.Sink.Items.Cast<MarketplaceImage>().Select(image => image.Urn));
    }

    [Fact]
    public async Task OnlyLevelsWithWildcardsAreListed()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        int before = world.Sandbox.GetStatistics().Requests;

        await FindAsync(world, new FindMarketplaceImageOptions { Location = "westeurope", Publisher = "Canonical", Offer = "ubuntu-24_04-lts", Sku = "server", Version = "24.04.202502140" });

        Assert.Equal(before + 2, world.Sandbox.GetStatistics().Requests);
    }

    [Fact]
    public async Task FiltersLookAtWhatImagesAre()
    {
        using VMWorld world = await VMWorld.OpenAsync();

        await FindAsync(world, new FindMarketplaceImageOptions
        {
            Location = "westeurope", Publisher = "Canonical", Offer = "*", Sku = "*", Architecture = "arm64", HyperVGeneration = "v2", OSType = "linux",
        });

        Assert.Equal(2, world.Sink.Items.Count);
        Assert.All(world.Sink.Items.Cast<MarketplaceImage>(), image => Assert.Equal("Arm64", image.Architecture));
    }

    [Fact]
    public async Task APatternThatFitsNothingIsNoError()
    {
        using VMWorld world = await VMWorld.OpenAsync();

        await FindAsync(world, new FindMarketplaceImageOptions { Location = "westeurope", Publisher = "zzz*" });
        await FindAsync(world, new FindMarketplaceImageOptions { Location = "westeurope", Publisher = "*", Offer = "ubuntu-24_04-lts", Sku = "none", Version = "1.2.3" });

        Assert.Empty(world.Sink.Items);
    }

    [Theory]
    [InlineData("nobody", "ubuntu-24_04-lts", "server", "latest", ErrorIds.MarketplaceImageNotFound)]
    [InlineData("Canonical", "nothing", "server", "latest", ErrorIds.MarketplaceImageNotFound)]
    [InlineData("Canonical", "ubuntu-24_04-lts", "none", "latest", ErrorIds.MarketplaceImageNotFound)]
    [InlineData("Canonical", "ubuntu-24_04-lts", "server", "1.2.3", ErrorIds.MarketplaceImageNotFound)]
    [InlineData("nobody", "*", "*", "latest", ErrorIds.MarketplaceImageNotFound)]
    public async Task AnExactNameThatDoesNotExistIsAnError(string publisher, string offer, string sku, string version, string errorId)
    {
        using VMWorld world = await VMWorld.OpenAsync();

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => FindAsync(world, new FindMarketplaceImageOptions
        {
            Location = "westeurope", Publisher = publisher, Offer = offer, Sku = sku, Version = version,
        }));

        Assert.Equal(errorId, error.ErrorId);
    }

    [Fact]
    public async Task AnUnknownRegionIsAnError()
    {
        using VMWorld world = await VMWorld.OpenAsync();

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(
            () => FindAsync(world, new FindMarketplaceImageOptions { Location = "atlantis", Publisher = "Canonical" }));

        Assert.Equal(ErrorIds.InvalidLocation, error.ErrorId);
        Assert.Equal("atlantis", error.Target);
    }

    private static Task FindAsync(VMWorld world, FindMarketplaceImageOptions options) =>
        MarketplaceService.FindAsync(world.Session, options, world.Sink, TestContext.Current.CancellationToken);
}
