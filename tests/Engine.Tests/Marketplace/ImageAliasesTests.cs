using ImageCmdlets.Engine.Marketplace;

namespace ImageCmdlets.Engine.Tests.Marketplace;

public sealed class ImageAliasesTests
{
    [Theory]
    [InlineData("Ubuntu2204", "Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2:latest")]
    [InlineData("win2022datacenter", "MicrosoftWindowsServer:WindowsServer:2022-datacenter-g2:latest")]
    [InlineData("AzureLinux4Arm64", "microsoftazurelinux:azurelinux-4:4-arm64:latest")]
    [InlineData("Debian12", "Debian:debian-12:12-gen2:latest")]
    [InlineData("Debian:debian-12:12-gen2:latest", "Debian:debian-12:12-gen2:latest")]
    [InlineData("web-golden", "web-golden")]
    public void AnAliasIsAUrnAndEverythingElseIsItself(string image, string expected) => Assert.Equal(expected, ImageAliases.UrnOf(image));

    [Fact]
    public void EveryAliasMeansTheLatestVersionOfAnImage()
    {
        Assert.All(ImageAliases.Names, name => Assert.True(ImageUrn.Parse(ImageAliases.UrnOf(name)).IsLatest));
        Assert.Equal(ImageAliases.Names.Order(StringComparer.OrdinalIgnoreCase), ImageAliases.Names);
    }
}
