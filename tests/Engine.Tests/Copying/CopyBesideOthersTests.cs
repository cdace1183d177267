namespace ImageCmdlets.Engine.Tests.Copying;

/// <summary>Somebody else changes the source while it is copied: no corruption, nothing of his is removed, and the outcome is clear.</summary>
public sealed class CopyBesideOthersTests
{
    [Theory]
    [InlineData(ImageCopyMethod.SnapshotCopy, 60)]
    [InlineData(ImageCopyMethod.Gallery, 600)]
    public async Task TheImageIsDeletedWhenItIsNotNeededAnyMore(ImageCopyMethod method, int seconds)
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        RecordingSink sink = await CopyAsync(scene, method, seconds, () => scene.Sandbox.SendAsync("DELETE", $"{scene.ImageId}?api-version={SandboxSession.ComputeVersion}"));

        ImageCopyResult result = Assert.IsType<ImageCopyResult>(Assert.Single(sink.Items));
        Assert.Equal("Succeeded", result.State);
        Assert.Equal(["web01-image-northeurope"], await scene.ImagesAsync());
        await scene.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task TheDisksAreDeletedWhenTheirSnapshotsAreTaken()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        RecordingSink sink = await CopyAsync(scene, ImageCopyMethod.SnapshotCopy, 60, async () =>
        {
            await scene.Sandbox.SendAsync("DELETE", $"{scene.OSDiskId}?api-version={SandboxSession.DiskVersion}");
            await scene.Sandbox.SendAsync("DELETE", $"{scene.DataDiskId}?api-version={SandboxSession.DiskVersion}");
        });

        Assert.Equal("Succeeded", Assert.IsType<ImageCopyResult>(Assert.Single(sink.Items)).State);
        await scene.AssertNothingLeftAsync();
    }

    [Theory]
    [InlineData(ImageCopyMethod.SnapshotCopy)]
    [InlineData(ImageCopyMethod.Gallery)]
    public async Task NewTagsOfTheImageAreItsOwn(ImageCopyMethod method)
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        RecordingSink sink = await CopyAsync(scene, method, 60, () =>
            scene.Sandbox.SendAsync("PATCH", $"{scene.ImageId}?api-version={SandboxSession.ComputeVersion}", """{"tags":{"team":"other"}}"""));

        Assert.Equal("Succeeded", Assert.IsType<ImageCopyResult>(Assert.Single(sink.Items)).State);
        Assert.Equal(("other", "web"), ((await scene.ReadImageAsync("web01-image")).Tag["team"], (await scene.ReadImageAsync("web01-image-northeurope")).Tag["team"]));
        await scene.AssertNothingLeftAsync();
    }

    // The copy is made; what cannot be removed is named, stays, and goes with the next run once the lock is off.
    [Theory]
    [InlineData(ImageCopyMethod.SnapshotCopy)]
    [InlineData(ImageCopyMethod.Gallery)]
    public async Task ALockKeepsTheTemporariesAndIsTold(ImageCopyMethod method)
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        string theLock = $"/subscriptions/{scene.Sandbox.Session.SubscriptionId}/resourceGroups/images/providers/Microsoft.Authorization/locks/keep?api-version=2016-09-01";
        RecordingSink sink = await CopyAsync(scene, method, 60, () => scene.Sandbox.SendAsync("PUT", theLock, """{"properties":{"level":"CanNotDelete"}}"""));

        Assert.Equal("Succeeded", Assert.IsType<ImageCopyResult>(Assert.Single(sink.Items)).State);
        Assert.NotEmpty(sink.Warnings);
        Assert.All(sink.Warnings, warning => Assert.Contains("left behind", warning, StringComparison.Ordinal));
        await scene.Sandbox.SendAsync("DELETE", theLock);
        var again = new RecordingSink();
        await scene.CopyAsync(again, CopyScene.Options(scene.ImageId, "northeurope") with { Method = method });

        Assert.Equal("Existing", Assert.IsType<ImageCopyResult>(Assert.Single(again.Items)).Method);
        await scene.AssertNothingLeftAsync();
    }

    private static async Task<RecordingSink> CopyAsync(CopyScene scene, ImageCopyMethod method, int seconds, Func<Task> meanwhile)
    {
        var sink = new RecordingSink();
        await scene.TogetherAsync(seconds, () => scene.CopyAsync(sink, CopyScene.Options(scene.ImageId, "northeurope") with { Method = method }), meanwhile);
        Assert.Empty(sink.Errors);
        return sink;
    }
}
