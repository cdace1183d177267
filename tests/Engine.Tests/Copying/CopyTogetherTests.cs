namespace ImageCmdlets.Engine.Tests.Copying;

/// <summary>Runs of the same image share what they can, and none takes from another what it needs.</summary>
public sealed class CopyTogetherTests
{
    private static readonly RunOptions s_short = new() { Timeout = TimeSpan.FromMinutes(1) };

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(239)]
    [InlineData(262)]
    public async Task TheSameCommandTwiceAtOnceSucceedsTwice(int secondsApart)
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        RecordingSink[] sinks = [new(), new()];

        await scene.TogetherAsync(secondsApart, () => scene.CopyAsync(sinks[0], "northeurope", "japaneast"), () => scene.CopyAsync(sinks[1], "northeurope", "japaneast"));

        Assert.All(sinks, sink =>
        {
            Assert.Empty(sink.Errors);
            Assert.Empty(sink.Warnings);
            Assert.Equal(["Succeeded", "Succeeded"], sink.Items.Cast<ImageCopyResult>().Select(result => result.State));
        });
        Assert.Empty(await scene.SnapshotsAsync());
        Assert.Equal(["web01-image", "web01-image-japaneast", "web01-image-northeurope"], await scene.ImagesAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(262)]
    public async Task CopiesToDifferentRegionsAtOnceShareTheSnapshotsOfTheDisks(int secondsApart)
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        RecordingSink[] sinks = [new(), new()];

        await scene.TogetherAsync(secondsApart, () => scene.CopyAsync(sinks[0], "northeurope"), () => scene.CopyAsync(sinks[1], "japaneast"));

        Assert.All(sinks, sink => Assert.Empty(sink.Errors));
        Assert.All(sinks, sink => Assert.Equal("Succeeded", Assert.Single(sink.Items.Cast<ImageCopyResult>()).State));
        Assert.Empty(await scene.SnapshotsAsync());
    }

    [Fact]
    public async Task FewerRegionsThanTheStoppedRunHadLeaveItsCopyAndSaySo()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        await Assert.ThrowsAsync<ImageCmdletsException>(() => scene.CopyAsync(new RecordingSink(), CopyScene.Options(scene.ImageId, "northeurope", "japaneast"), s_short));
        var one = new RecordingSink();
        var other = new RecordingSink();

        await scene.CopyAsync(one, "northeurope");
        string[] left = await scene.SnapshotsAsync();
        await scene.CopyAsync(other, "japaneast");

        Assert.Equal("Succeeded", Assert.Single(one.Items.Cast<ImageCopyResult>()).State);
        string warning = Assert.Single(one.Warnings);
        Assert.StartsWith("Another run's copy of 'web01-image' to japaneast has not ended: its temporaries 'imagecopy-", warning, StringComparison.Ordinal);
        Assert.Equal(2, left.Count(name => !name.Contains("source", StringComparison.Ordinal)));
        Assert.Equal("Succeeded", Assert.Single(other.Items.Cast<ImageCopyResult>()).State);
        Assert.Empty(other.Warnings);
        Assert.Empty(await scene.SnapshotsAsync());
    }

    [Fact]
    public async Task ARunThatFailsLeavesWhatAnotherBegan()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        await scene.CopyAsync(new RecordingSink(), CopyScene.Options(scene.ImageId, "northeurope"), new RunOptions { NoWait = true });
        string[] begun = await scene.SnapshotsAsync();
        scene.Refuse("Images_CreateOrUpdate");
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope");

        Assert.Equal(ErrorIds.PolicyViolation, Assert.Single(sink.Errors).ErrorId);
        string warning = Assert.Single(sink.Warnings);
        Assert.Contains("another run of this command began them", warning, StringComparison.Ordinal);
        Assert.All(begun.Where(name => !name.Contains("source", StringComparison.Ordinal)), name => Assert.Contains($"'{name}'", warning, StringComparison.Ordinal));
        Assert.Equal(begun.Where(name => !name.Contains("source", StringComparison.Ordinal)), await scene.SnapshotsAsync());
        await scene.CopyAsync(new RecordingSink(), "northeurope");
        Assert.Empty(await scene.SnapshotsAsync());
    }

    [Fact]
    public async Task AUserWhoMayReadOnlyTheGroupCopiesAsWell()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        scene.Refuse("Snapshots_List", 403, "AuthorizationFailed");
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope");

        Assert.Empty(sink.Errors);
        Assert.Empty(sink.Warnings);
        scene.Sandbox.Sandbox.ClearFaults();
        Assert.Empty(await scene.SnapshotsAsync());
    }
}
