using ImageCmdlets.Engine.Marketplace;

namespace ImageCmdlets.Engine.Tests.Marketplace;

public sealed class ImageVersionOrderTests
{
    [Theory]
    [InlineData("1.10.0", "1.9.0")]
    [InlineData("4081.10.0", "4081.2.1")]
    [InlineData("24.04.202502140", "24.04.202501150")]
    [InlineData("1.0.1", "1.0")]
    [InlineData("1.0.0", "1.0.x")]
    [InlineData("20348.3207.250210", "20348.999.250210")]
    public void TheGreaterNumberIsTheLater(string later, string earlier)
    {
        Assert.True(ImageVersionOrder.Instance.Compare(later, earlier) > 0);
        Assert.True(ImageVersionOrder.Instance.Compare(earlier, later) < 0);
        Assert.Equal(later, ImageVersionOrder.Latest([earlier, later, earlier]));
    }

    [Fact]
    public void NothingHasNoLatest() => Assert.Null(ImageVersionOrder.Latest([]));
}
