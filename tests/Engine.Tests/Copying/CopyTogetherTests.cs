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

    [Fact]
    public async Task ACopyUnderAnotherNameWaitsForTheOneThatIsOnItsWay()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        await Assert.ThrowsAsync<ImageCmdletsException>(() => scene.CopyAsync(new RecordingSink(), Named(scene, "one"), new RunOptions { Timeout = TimeSpan.FromSeconds(30) }));
        var early = new RecordingSink();
        await scene.CopyAsync(early, Named(scene, "two"), new RunOptions { NoWait = true });
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, Named(scene, "two"));
        await scene.CopyAsync(new RecordingSink(), Named(scene, "one"));

        Assert.Equal(("InProgress", "Succeeded"), (Assert.Single(early.Items.Cast<ImageCopyResult>()).State, Assert.Single(sink.Items.Cast<ImageCopyResult>()).State));
        Assert.Contains(sink.Warnings, warning => warning.Contains("begins when the copy of the same disk", StringComparison.Ordinal));
        Assert.Empty(await scene.SnapshotsAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(25)]
    public async Task TemporariesOfAnEarlierImageOfTheNameAreToldOrRemoved(int hours)
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        await Assert.ThrowsAsync<ImageCmdletsException>(() => scene.CopyAsync(new RecordingSink(), Named(scene, null), new RunOptions { Timeout = TimeSpan.FromSeconds(30) }));
        string[] left = await scene.SnapshotsAsync();
        Assert.NotEmpty(left);
        await scene.Sandbox.DeleteAsync(scene.ImageId, SandboxSession.ComputeVersion);
        await scene.DeleteDisksAsync();
        await scene.FurnishAsync();
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromHours(hours));
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope");

        Assert.Equal("Succeeded", Assert.Single(sink.Items.Cast<ImageCopyResult>()).State);
        Assert.Equal(hours == 0 ? left : [], await scene.SnapshotsAsync());
        if (hours > 0)
        {
            Assert.Empty(sink.Warnings);
            return;
        }

        string warning = Assert.Single(sink.Warnings);
        Assert.All(left, name => Assert.Contains($"'{name}'", warning, StringComparison.Ordinal));
        Assert.Contains("remove them with Remove-ImageSnapshot", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("westeurope", warning, StringComparison.Ordinal);
    }

    private static CopyImageOptions Named(CopyScene scene, string? name) => CopyScene.Options(scene.ImageId, "northeurope") with { TargetName = name };
}
