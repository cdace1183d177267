using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Tests.Operations;

public sealed class OperationTagsTests
{
    private const string Source = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/web01";

    [Fact]
    public void TagsSayWhoMadeItInWhichStepOfWhat()
    {
        Dictionary<string, string> tags = OperationTags.For("New-ImageVM", "NetworkInterface", Source);

        Assert.Equal("New-ImageVM", tags["imagecmdlets-operation"]);
        Assert.Equal("NetworkInterface", tags["imagecmdlets-step"]);
        Assert.Equal(Source, tags["imagecmdlets-source"]);
        Assert.True(OperationTags.IsMadeFor(tags, "new-imagevm", Source.ToUpperInvariant()));
        Assert.False(OperationTags.IsMadeFor(tags, "New-ImageVM", Source + "2"));
        Assert.False(OperationTags.IsMadeBy(tags, "Copy-CustomImage"));
    }

    [Fact]
    public void TheTargetIsSaidOnlyWhereThereIsOne()
    {
        Assert.Equal(Source + "2", OperationTags.For("Copy-CustomImage", "os", Source, Source + "2")["imagecmdlets-target"]);
        Assert.DoesNotContain("imagecmdlets-target", OperationTags.For("Copy-CustomImage", "source-os", Source).Keys);
    }

    [Fact]
    public void ASourceThatIsTooLongKeepsItsEndAndStaysUnique()
    {
        string first = "/a/" + new string('x', 300) + "/web01";
        string second = "/b/" + new string('x', 300) + "/web01";

        string value = OperationTags.Value(first);

        Assert.Equal(256, value.Length);
        Assert.EndsWith("/web01", value, StringComparison.Ordinal);
        Assert.NotEqual(value, OperationTags.Value(second));
        Assert.True(OperationTags.IsMadeFor(OperationTags.For("New-ImageVM", "x", first), "New-ImageVM", first.ToUpperInvariant()));
    }
}
