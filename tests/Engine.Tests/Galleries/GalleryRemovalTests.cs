using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Galleries;

/// <summary>Galleries removed with all that is in them: in order, through Azure's stale refusals, killed and run again.</summary>
public sealed class GalleryRemovalTests
{
    [Fact]
    public async Task AllGoesAndNothingElse()
    {
        using GalleryScene scene = await FullAsync();
        string other = await scene.Sandbox.PutAsync(scene.Sandbox.Id("images", ResourceTypes.Gallery, "other"), GalleryScene.Version, """{"location":"westeurope"}""");
        var sink = new RecordingSink();

        await RemoveAsync(scene, scene.GalleryId, sink);

        Assert.Empty(sink.Errors);
        Assert.Null(await scene.Sandbox.GetAsync(scene.GalleryId, GalleryScene.Version));
        Assert.NotNull(await scene.Sandbox.GetAsync(other, GalleryScene.Version));
        OperationProgress last = sink.ProgressRecords[^1];
        Assert.Equal((true, 100, "7 of 7 removed"), (last.Completed, last.PercentComplete, last.Status));
    }

    [Fact]
    public async Task ADefinitionGoesWithItsVersions()
    {
        using GalleryScene scene = await FullAsync();

        await RemoveAsync(scene, scene.DefinitionId, new RecordingSink());

        Assert.Null(await scene.Sandbox.GetAsync(scene.DefinitionId, GalleryScene.Version));
        Assert.Equal(["1.0.0"], await scene.VersionsAsync("app"));
    }

    [Fact]
    public async Task WhatIsInItIsKeptWithoutTheWordForIt()
    {
        using GalleryScene scene = await FullAsync();

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => GalleryService.RemoveAsync(
            scene.Sandbox.Session, [new RemoveGalleryOptions { Id = scene.GalleryId }], new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken));

        Assert.Equal(ErrorIds.ResourceInUse, error.ErrorId);
        Assert.StartsWith("Pass -Recurse", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(["1.0.0", "1.0.1", "1.0.2"], await scene.VersionsAsync());
    }

    [Fact]
    public async Task VersionsThatAreKeptAfterTheirDeletionGoToo()
    {
        using GalleryScene scene = await FullAsync();
        await scene.Sandbox.SendAsync("PATCH", $"{scene.GalleryId}?api-version={GalleryScene.Version}", """{"properties":{"softDeletePolicy":{"isSoftDeleteEnabled":true}}}""");
        await scene.Sandbox.DeleteAsync(scene.VersionId("1.0.0"), GalleryScene.Version);

        await RemoveAsync(scene, scene.GalleryId, new RecordingSink());

        Assert.Null(await scene.Sandbox.GetAsync(scene.GalleryId, GalleryScene.Version));
    }

    [Fact]
    public async Task WhatCannotBeRemovedKeepsWhatIsAroundIt()
    {
        using GalleryScene scene = await FullAsync();
        scene.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "GalleryImageVersions_Delete", Count = 1, Status = 409, Code = "ScopeLocked", Message = "Locked." });
        var sink = new RecordingSink();

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => RemoveAsync(scene, scene.GalleryId, sink));

        Assert.Equal(ErrorIds.ResourceLocked, error.ErrorId);
        Assert.Single([.. await scene.VersionsAsync(), .. await scene.VersionsAsync("app")]);
        Assert.NotNull(await scene.Sandbox.GetAsync(scene.GalleryId, GalleryScene.Version));
    }

    [Fact]
    public async Task WhatIsNotThereIsSaid()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => RemoveAsync(scene, scene.GalleryId + "x", new RecordingSink()));

        Assert.Equal(ErrorIds.ResourceNotFound, error.ErrorId);
    }

    [Theory]
    [InlineData(KillMoment.BeforeCall, 20)]
    [InlineData(KillMoment.AfterWrite, 5)]
    public async Task TheSameCommandEndsIt(KillMoment moment, int fewest)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, FullAsync, static scene => scene.Sandbox.Session, scene => (session, sink, token) =>
            GalleryService.RemoveAsync(session, [new RemoveGalleryOptions { Id = scene.GalleryId, Recurse = true }], new RunOptions { ThrottleLimit = 2 }, sink, token));

        Assert.InRange(kills, fewest, 300);
    }

    [Theory]
    [MemberData(nameof(TransientFaults.Names), MemberType = typeof(TransientFaults))]
    public async Task FaultsThatPassDoNotStopIt(string fault)
    {
        int requests = await TransientFaults.AtEveryRequestAsync(fault, FullAsync, static scene => scene.Sandbox.Sandbox, async scene =>
        {
            var sink = new RecordingSink();
            await RemoveAsync(scene, scene.GalleryId, sink);
            scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Empty(sink.Errors);
            Assert.DoesNotContain(scene.Sandbox.Sandbox.GetStatistics().ResourcesByType.Keys, type => type.StartsWith(ResourceTypes.Gallery, StringComparison.OrdinalIgnoreCase));
        });

        Assert.InRange(requests, 20, 300);
    }

    // Two definitions, four versions, and the gallery.
    private static async Task<GalleryScene> FullAsync()
    {
        GalleryScene scene = await GalleryScene.OpenAsync();
        await scene.DefinitionAsync("app");
        await scene.FurnishVersionAsync("1.0.0", "app");
        foreach (string version in (string[])["1.0.0", "1.0.1", "1.0.2"])
            await scene.FurnishVersionAsync(version);
        return scene;
    }

    private static Task RemoveAsync(GalleryScene scene, string id, RecordingSink sink) =>
        GalleryService.RemoveAsync(scene.Sandbox.Session, [new RemoveGalleryOptions { Id = id, Recurse = true }], new RunOptions(), sink, TestContext.Current.CancellationToken);

    [Fact]
    public async Task AVersionThatMustNotBeDeletedYetKeepsTheWholeGallery()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        await scene.FurnishVersionAsync("1.0.0");
        await scene.Sandbox.SendAsync("PUT", $"{scene.VersionId("2.0.0")}?api-version={GalleryScene.Version}", $$$"""
            {"location":"westeurope","properties":{"publishingProfile":{"targetRegions":[{"name":"westeurope"}],"endOfLifeDate":"2030-01-01T00:00:00Z"},
             "safetyProfile":{"blockDeletionBeforeEndOfLife":true},"storageProfile":{"source":{"id":"{{{scene.ImageId}}}"} } } }
            """);
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromHours(1));
        string before = scene.Sandbox.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => GalleryService.RemoveAsync(scene.Sandbox.Session,
            [new RemoveGalleryOptions { Id = scene.GalleryId, Recurse = true }], new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken));

        Assert.Equal(ErrorIds.OperationNotAllowed, error.ErrorId);
        Assert.Equal("Version 2.0.0 of 'web' must not be deleted before its end of life on 2030-01-01; nothing was removed.", error.Message);
        Assert.Equal(before, scene.Sandbox.Fingerprint);
    }
}
