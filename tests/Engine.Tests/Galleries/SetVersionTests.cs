using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Engine.Tests.Galleries;

/// <summary>Image versions changed, removed and brought back.</summary>
public sealed class SetVersionTests
{
    [Fact]
    public async Task OnePastItsEndOfLifeCanBeExcludedAndKeepsItsDate()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        DateTimeOffset end = scene.Sandbox.Sandbox.Clock.GetUtcNow().AddDays(2);
        await scene.FurnishVersionAsync("1.0.0", more: $",\"endOfLifeDate\":\"{end:yyyy-MM-dd'T'HH:mm:ss'Z'}\"");
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromDays(3));
        var sink = new RecordingSink();

        await VersionService.SetAsync(scene.Sandbox.Session, [new SetVersionOptions { Id = scene.VersionId("1.0.0"), ExcludeFromLatest = true }], new RunOptions(), sink, TestContext.Current.CancellationToken);

        ImageVersion version = Assert.IsType<ImageVersion>(Assert.Single(sink.Items));
        Assert.Equal((true, end), (version.ExcludeFromLatest, version.EndOfLifeDate));
    }

    [Fact]
    public async Task WhatIsNotNamedStays()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        await scene.CreateAsync(scene.Options() with { StageExcluded = true, TargetRegion = [new("westeurope=2"), new("northeurope")] });
        DateTimeOffset end = scene.Sandbox.Sandbox.Clock.GetUtcNow().AddYears(1);

        ImageVersion dated = await SetAsync(scene, new SetVersionOptions { Id = scene.VersionId("1.0.0"), EndOfLifeDate = end, BlockDeletionBeforeEndOfLife = true });

        Assert.Equal((true, true, true, "web"), (dated.ExcludeFromLatest, dated.IsStaged, dated.BlockDeletionBeforeEndOfLife, dated.Tag["team"]));
        Assert.Equal(["westeurope=2", "northeurope"], dated.TargetRegion.Select(region => region.ToString()));
        Assert.Equal(end.ToUnixTimeSeconds(), dated.EndOfLifeDate!.Value.ToUnixTimeSeconds());

        ImageVersion released = await SetAsync(scene, new SetVersionOptions { Id = scene.VersionId("1.0.0"), ExcludeFromLatest = false });

        Assert.Equal((false, false, true, "web"), (released.ExcludeFromLatest, released.IsStaged, released.BlockDeletionBeforeEndOfLife, released.Tag["team"]));
    }

    [Fact]
    public async Task OneRegionCanBeExcludedByItself()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        await scene.FurnishVersionAsync("1.0.0", regions: """{"name":"westeurope"},{"name":"northeurope"}""");

        ImageVersion version = await SetAsync(scene, new SetVersionOptions { Id = scene.VersionId("1.0.0"), ExcludeFromLatest = true, Location = ["North Europe"] });

        Assert.Equal([false, true], version.TargetRegion.Select(region => region.ExcludeFromLatest ?? false));
        Assert.False(version.ExcludeFromLatest);
        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => SetAsync(scene, new SetVersionOptions { Id = version.Id, ExcludeFromLatest = true, Location = ["japaneast"] }));
        Assert.Equal(ErrorIds.RegionMismatch, error.ErrorId);
    }

    [Fact]
    public async Task WhatIsAsWantedIsNotWritten()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        await scene.CreateAsync(scene.Options());
        string before = scene.Sandbox.Fingerprint;

        ImageVersion version = await SetAsync(scene, new SetVersionOptions { Id = scene.VersionId("1.0.0"), ExcludeFromLatest = false });
        await SetAsync(scene, new SetVersionOptions { Id = scene.VersionId("1.0.0"), Tag = version.Tag });

        Assert.Equal(before, scene.Sandbox.Fingerprint);
    }

    [Fact]
    public async Task AnEndOfLifeThatIsPastIsRefused()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        await scene.FurnishVersionAsync("1.0.0");
        string before = scene.Sandbox.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() =>
            SetAsync(scene, new SetVersionOptions { Id = scene.VersionId("1.0.0"), EndOfLifeDate = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero) }));

        Assert.Equal((ErrorIds.InvalidArgument, before), (error.ErrorId, scene.Sandbox.Fingerprint));
    }

    [Theory]
    [InlineData(KillMoment.BeforeCall, 5)]
    [InlineData(KillMoment.AfterWrite, 1)]
    public async Task ADeletedOneComesBackAlsoWhereTheCommandIsKilled(KillMoment moment, int fewest)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, DeletedAsync, static scene => scene.Sandbox.Session, scene => (session, sink, token) =>
            VersionService.RestoreAsync(session, [new RestoreVersionOptions { Id = scene.VersionId("1.0.0") }], new RunOptions(), sink, token));

        Assert.InRange(kills, fewest, 300);
    }

    [Fact]
    public async Task ADeletedOneIsListedAndComesBackWhole()
    {
        using GalleryScene scene = await DeletedAsync();
        var kept = new RecordingSink();
        await VersionService.GetAsync(scene.Sandbox.Session, new GalleryQuery { Id = scene.DefinitionId, SoftDeleted = true }, kept, TestContext.Current.CancellationToken);
        var sink = new RecordingSink();

        await VersionService.RestoreAsync(scene.Sandbox.Session, [new RestoreVersionOptions { Id = scene.VersionId("1.0.0"), Tag = new Dictionary<string, string> { ["a"] = "b" } }], new RunOptions(), sink, TestContext.Current.CancellationToken);

        ImageVersion deleted = Assert.IsType<ImageVersion>(Assert.Single(kept.Items)), version = Assert.IsType<ImageVersion>(Assert.Single(sink.Items));
        Assert.Equal((scene.VersionId("1.0.0"), true, true), (deleted.Id, deleted.IsSoftDeleted, deleted.SoftDeletedDate is not null));
        Assert.Equal(("Succeeded", scene.ImageId, "b"), (version.ProvisioningState, version.SourceId, version.Tag["a"]));
    }

    [Fact]
    public async Task WhatIsNotKeptIsSaid()
    {
        using GalleryScene scene = await DeletedAsync();

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => VersionService.RestoreAsync(
            scene.Sandbox.Session, [new RestoreVersionOptions { Id = scene.VersionId("9.0.0") }], new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken));

        Assert.Equal(ErrorIds.ImageNotFound, error.ErrorId);
    }

    private static async Task<GalleryScene> DeletedAsync()
    {
        GalleryScene scene = await GalleryScene.OpenAsync();
        await scene.Sandbox.SendAsync("PATCH", $"{scene.GalleryId}?api-version={GalleryScene.Version}", """{"properties":{"softDeletePolicy":{"isSoftDeleteEnabled":true}}}""");
        await scene.Sandbox.DeleteAsync(await scene.FurnishVersionAsync("1.0.0"), GalleryScene.Version);
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(2));
        return scene;
    }

    private static async Task<ImageVersion> SetAsync(GalleryScene scene, SetVersionOptions options)
    {
        var sink = new RecordingSink();
        await VersionService.SetAsync(scene.Sandbox.Session, [options], new RunOptions(), sink, TestContext.Current.CancellationToken);
        return Assert.IsType<ImageVersion>(Assert.Single(sink.Items));
    }
}
