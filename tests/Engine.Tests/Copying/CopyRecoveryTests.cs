namespace ImageCmdlets.Engine.Tests.Copying;

/// <summary>A copy that was stopped goes on although the disks of the image are gone, as far as its own snapshots allow.</summary>
public sealed class CopyRecoveryTests
{
    [Fact]
    public async Task AStoppedCopyEndsFromItsOwnSnapshots()
    {
        using CopyScene scene = await StoppedAsync(TimeSpan.FromMinutes(1));
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope", "japaneast");

        Assert.Empty(sink.Errors);
        Assert.Equal(["Succeeded", "Succeeded"], sink.Items.Cast<ImageCopyResult>().Select(result => result.State));
        Assert.Equal("The disks from which 'web01-image' was made are gone; its copies are made of the snapshots that an earlier run took of them.", Assert.Single(sink.Warnings));
        Assert.Empty(await scene.SnapshotsAsync());
    }

    [Fact]
    public async Task ItEvenGoesToOtherRegionsThanTheStoppedOne()
    {
        using CopyScene scene = await StoppedAsync(TimeSpan.FromMinutes(1));
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope", "japaneast", "brazilsouth");

        Assert.Equal(["Succeeded", "Succeeded", "Succeeded"], sink.Items.Cast<ImageCopyResult>().Select(result => result.State));
        Assert.Empty(await scene.SnapshotsAsync());
    }

    [Fact]
    public async Task WhatHasArrivedWholeNeedsNoSourceAtAll()
    {
        using CopyScene scene = await StoppedAsync(TimeSpan.FromMinutes(1));
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromHours(1));
        await scene.DeleteSourceSnapshotsAsync();
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope", "brazilsouth", "japaneast");

        Assert.Equal(["brazilsouth Failed", "japaneast Succeeded", "northeurope Succeeded"],
            sink.Items.Cast<ImageCopyResult>().Select(result => $"{result.Location} {result.State}").Order(StringComparer.Ordinal));
        Assert.Equal(ErrorIds.CopySourceNotAvailable, Assert.Single(sink.Errors).ErrorId);
        Assert.Empty(await scene.SnapshotsAsync());
    }

    [Fact]
    public async Task WhatCannotBeEndedAnyMoreIsRemoved()
    {
        using CopyScene scene = await StoppedAsync(TimeSpan.FromMinutes(1));
        await scene.DeleteSourceSnapshotsAsync();
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope", "japaneast");

        Assert.Equal([ErrorIds.CopySourceNotAvailable, ErrorIds.CopySourceNotAvailable], sink.Errors.Select(error => error.ErrorId));
        Assert.Empty(sink.Warnings);
        Assert.Empty(await scene.SnapshotsAsync());
    }

    [Fact]
    public async Task SnapshotsOfMoreThanOneImageOfThatNameAreNamedAndNotGuessedAt()
    {
        using CopyScene scene = await StoppedAsync(TimeSpan.FromMinutes(1));
        string[] first = await scene.SnapshotsAsync();
        await scene.FurnishAsync();
        await Assert.ThrowsAsync<ImageCmdletsException>(() => scene.CopyAsync(new RecordingSink(), CopyScene.Options(scene.ImageId, "brazilsouth"), new RunOptions { Timeout = TimeSpan.FromMinutes(1) }));
        await scene.DeleteDisksAsync();
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope");

        Assert.Equal("Gallery", Assert.IsType<ImageCopyResult>(Assert.Single(sink.Items)).Method);
        string warning = Assert.Single(sink.Warnings);
        Assert.All(first, name => Assert.Contains(name, warning, StringComparison.Ordinal));
        string[] left = await scene.SnapshotsAsync();
        Assert.All(first, name => Assert.Contains(name, left));
    }

    private static async Task<CopyScene> StoppedAsync(TimeSpan after)
    {
        CopyScene scene = await CopyScene.OpenAsync();
        await Assert.ThrowsAsync<ImageCmdletsException>(() => scene.CopyAsync(new RecordingSink(), CopyScene.Options(scene.ImageId, "northeurope", "japaneast"), new RunOptions { Timeout = after }));
        await scene.DeleteDisksAsync();
        return scene;
    }
}
