using ImageCmdlets.Engine.Copying;

namespace ImageCmdlets.Engine.Tests.Copying;

/// <summary>The names of copies, a pure function of what was asked for.</summary>
public sealed class CopyTargetTests
{
    private const string Subscription = "10000000-0000-4000-8000-000000000001";
    private static readonly string s_image = ResourceId.Of(Subscription, "images", ResourceTypes.Image, "web01").Text;

    [Theory]
    [InlineData(null, null, null, "northeurope", "images/web01-northeurope")]
    [InlineData(null, null, null, "North Europe,japaneast", "images/web01-northeurope,images/web01-japaneast")]
    [InlineData("IMAGES", null, null, "northeurope", "IMAGES/web01-northeurope")]
    [InlineData("other", null, null, "northeurope", "other/web01")]
    [InlineData("other", null, null, "northeurope,japaneast", "other/web01-northeurope,other/web01-japaneast")]
    [InlineData(null, null, "10000000-0000-4000-8000-000000000002", "northeurope", "images/web01")]
    [InlineData(null, "golden", null, "northeurope", "images/golden")]
    [InlineData(null, "golden", null, "northeurope,japaneast", "images/golden-northeurope,images/golden-japaneast")]
    [InlineData(null, null, null, "northeurope,North Europe,NORTHEUROPE", "images/web01-northeurope")]
    public void TheRegionIsBehindTheNameWhereCopiesWouldMeet(string? group, string? name, string? subscription, string locations, string expected)
    {
        var options = new CopyImageOptions { SourceId = s_image, Location = locations.Split(','), TargetResourceGroupName = group, TargetName = name, TargetSubscriptionId = subscription };

        IReadOnlyList<ImageCopyTarget> targets = CopyService.Targets(options);

        Assert.Equal(expected.Split(','), targets.Select(target => ResourceId.TryParse(target.Id)!).Select(id => $"{id.ResourceGroupName}/{id.Name}"));
        Assert.All(targets, target => Assert.Equal(subscription ?? Subscription, ResourceId.TryParse(target.Id)!.SubscriptionId));
    }

    [Fact]
    public void TemporariesOfDifferentContentOrWayNeverMeet()
    {
        var image = new CustomImage(s_image) { OSDisk = new DiskReference { SourceId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d" } };
        string content = CopyNames.ContentOf(["disk 1"]);
        CopyNames one = CopyNames.Of(image, "a", content);

        Assert.Equal(one.Name("os"), CopyNames.Of(image, "A", CopyNames.ContentOf(["DISK 1"])).Name("os"));
        Assert.NotEqual(one.Name("os"), CopyNames.Of(image, "a", CopyNames.ContentOf(["disk 2"])).Name("os"));
        Assert.NotEqual(one.Name("os"), CopyNames.Of(image, "b", content).Name("os"));
        Assert.NotEqual(one.Name("os"), CopyNames.Shared(image, content).Name("os"));
        Assert.Matches("^imagecopy-[0-9a-f]{16}-os$", one.Name("os"));
        Assert.Empty(CopyNames.ContentOf(["disk 1", null]));
    }

    [Fact]
    public void ACopyIsKnownByTheSnapshotItGoesOnNaming()
    {
        var image = new CustomImage(s_image);
        string content = CopyNames.ContentOf(["disk 1"]);
        CopyNames known = CopyNames.Of(image, "a", content);
        CopyNames gone = CopyNames.Of(image, "a", string.Empty);

        Assert.True(known.Made(known.Name("os"), "os"));
        Assert.False(known.Made(CopyNames.Of(image, "a", CopyNames.ContentOf(["disk 2"])).Name("os"), "os"));
        Assert.False(known.Made(null, "os"));
        Assert.True(gone.Made(known.Name("os"), "os"));
        Assert.False(gone.Made(CopyNames.Of(image, "b", content).Name("os"), "os"));
        Assert.Equal(content, gone.ContentIn(known.Name("os")));
    }

    [Fact]
    public void ARegionThatCannotBeANameIsStillATarget()
    {
        ImageCopyTarget target = Assert.Single(CopyService.Targets(new CopyImageOptions { SourceId = s_image, Location = ["west/europe"] }));

        Assert.Equal(("west/europe", "web01-west-europe"), (target.Location, ResourceId.TryParse(target.Id)!.Name));
    }
}
