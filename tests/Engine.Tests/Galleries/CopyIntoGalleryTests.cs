using ImageCmdlets.Engine.Copying;

namespace ImageCmdlets.Engine.Tests.Galleries;

/// <summary>Copy-CustomImage with a gallery as its target: new versions, more regions of a version, and what the same command does again.</summary>
public sealed class CopyIntoGalleryTests
{
    [Fact]
    public async Task AnImageBecomesAVersion()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();

        ImageCopyResult[] results = await CopyAsync(scene, Options(scene, "northeurope", "Japan East"));

        Assert.Equal(["northeurope Succeeded Gallery 100 2", "japaneast Succeeded Gallery 100 2"], results.Select(Told));
        Assert.All(results, result => Assert.Equal((scene.VersionId("1.0.0"), "Windows", "V2", scene.ImageId), (result.Id, result.OSType, result.HyperVGeneration, result.SourceId)));
        Assert.Equal(["westeurope", "northeurope", "japaneast"], (await scene.ReadVersionAsync("1.0.0")).TargetRegion.Select(region => region.Location));
    }

    [Fact]
    public async Task TheSameCommandFindsItAndAddsWhatIsMissing()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        await CopyAsync(scene, Options(scene, "northeurope"));
        string before = scene.Sandbox.Fingerprint;

        Assert.Equal(["northeurope Succeeded Existing 100 2"], (await CopyAsync(scene, Options(scene, "northeurope"))).Select(Told));
        Assert.Equal(before, scene.Sandbox.Fingerprint);
        Assert.Equal(["northeurope Succeeded Existing 100 2", "japaneast Succeeded Replication 100 2"], (await CopyAsync(scene, Options(scene, "northeurope", "japaneast"))).Select(Told));
        Assert.Equal(["1.0.0"], await scene.VersionsAsync());
    }

    [Fact]
    public async Task AnIncrementMakesANewOneAllTheSame()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        await CopyAsync(scene, Options(scene, "northeurope"));

        await CopyAsync(scene, With(Options(scene, "northeurope"), gallery => gallery with { Increment = VersionIncrement.Minor }));
        await CopyAsync(scene, With(Options(scene, "northeurope"), gallery => gallery with { Version = "7.0.0" }));

        Assert.Equal(["1.0.0", "1.1.0", "7.0.0"], await scene.VersionsAsync());
    }

    [Fact]
    public async Task AVersionOfTheDefinitionGetsTheRegionsAndKeepsItsOthers()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        string version = await scene.FurnishVersionAsync("1.0.0", regions: """{"name":"westeurope","regionalReplicaCount":4,"excludeFromLatest":true}""");

        ImageCopyResult[] results = await CopyAsync(scene, Options(scene, "japaneast") with { SourceId = version });

        Assert.Equal("japaneast Succeeded Replication 100 2", Told(Assert.Single(results)));
        ImageVersion now = await scene.ReadVersionAsync("1.0.0");
        Assert.Equal(["westeurope=4", "japaneast"], now.TargetRegion.Select(region => region.ToString()));
        Assert.True(now.TargetRegion[0].ExcludeFromLatest);
    }

    [Fact]
    public async Task AVersionOfAnotherDefinitionBecomesAVersion()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        await scene.DefinitionAsync("other");
        string version = await scene.FurnishVersionAsync("1.0.0", "other");

        ImageCopyResult result = Assert.Single(await CopyAsync(scene, Options(scene, "japaneast") with { SourceId = version }));

        Assert.Equal(("japaneast Succeeded Gallery 100 2", scene.VersionId("1.0.0")), (Told(result), result.Id));
    }

    [Fact]
    public async Task ARegionThatFailsIsNamedAndTheOthersAreDone()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        scene.FailRegion("japaneast");
        var sink = new RecordingSink();

        await CopyAsync(scene, sink, Options(scene, "northeurope", "japaneast", "mars"), new RunOptions());

        Assert.Equal(["mars Failed  0 0", "northeurope Succeeded Gallery 100 2", "japaneast Failed Gallery"], sink.Items.Cast<ImageCopyResult>().Select(result => result.Location == "japaneast" ? $"japaneast {result.State} {result.Method}" : Told(result)));
        Assert.Equal([ErrorIds.InvalidLocation, ErrorIds.ReplicationFailed], sink.Errors.Select(error => error.ErrorId));
        Assert.Contains("japaneast", sink.Errors[1].Message, StringComparison.Ordinal);

        Assert.All(await CopyAsync(scene, Options(scene, "northeurope", "japaneast")), result => Assert.Equal(("Succeeded", scene.VersionId("1.0.0")), (result.State, result.Id)));
    }

    [Fact]
    public async Task WhatDoesNotFitIsRefusedAndNothingIsChanged()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        await scene.DefinitionAsync("v1", generation: "V1");
        string before = scene.Sandbox.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => CopyAsync(scene, With(Options(scene, "japaneast"), gallery => gallery with { DefinitionId = scene.GalleryId + "/images/v1" })));

        Assert.Equal((ErrorIds.HyperVGenerationMismatch, before), (error.ErrorId, scene.Sandbox.Fingerprint));
        Assert.Equal(ErrorIds.InvalidResourceId, Assert.Throws<ImageCmdletsException>(() => CopyService.Targets(Options(scene, "japaneast") with { SourceId = scene.OSDiskId })).ErrorId);
        Assert.Equal(ErrorIds.InvalidResourceName, Assert.Throws<ImageCmdletsException>(() => CopyService.Targets(With(Options(scene, "japaneast"), gallery => gallery with { Version = "1" }))).ErrorId);
    }

    [Fact]
    public async Task WhatIsNotWaitedForIsOnItsWay()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        var sink = new RecordingSink();

        await CopyAsync(scene, sink, Options(scene, "japaneast"), new RunOptions { NoWait = true });

        Assert.Equal("japaneast InProgress Gallery 0 2", Told(Assert.IsType<ImageCopyResult>(Assert.Single(sink.Items))));
        Assert.Equal("japaneast Succeeded Gallery 100 2", Told(Assert.Single(await CopyAsync(scene, Options(scene, "japaneast")))));
        Assert.Equal(["1.0.0"], await scene.VersionsAsync());
    }

    [Fact]
    public async Task ThePlanSaysTheWayAndChangesNothing()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        Assert.Equal(("Gallery", "Make version with the next number of web in westeurope, replicated to westeurope, japaneast, once for all regions."), Told(await PlanAsync(scene)));
        await CopyAsync(scene, Options(scene, "northeurope"));
        string before = scene.Sandbox.Fingerprint;

        Assert.Equal(("Replication", "Add japaneast to version 1.0.0 of web; its other regions stay as they are."), Told(await PlanAsync(scene)));
        Assert.Equal(before, scene.Sandbox.Fingerprint);

        static (string Method, string Step) Told(ImageCopyPlan plan) => (plan.Method, Assert.Single(plan.Step));
    }

    [Theory]
    [InlineData(KillMoment.BeforeCall, false, 15)]
    [InlineData(KillMoment.AfterWrite, false, 2)]
    [InlineData(KillMoment.BeforeCall, true, 8)]
    [InlineData(KillMoment.AfterWrite, true, 1)]
    public async Task TheSameCommandEndsIt(KillMoment moment, bool isReplication, int fewest)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, OpenAsync, static scene => scene.Sandbox.Session, scene => (session, sink, token) =>
            CopyService.CopyAsync(session, CopyService.Targets(Options(scene, "northeurope", "japaneast") with { SourceId = isReplication ? scene.VersionId("1.0.0") : scene.ImageId }), new RunOptions(), sink, token));

        Assert.InRange(kills, fewest, 300);

        async Task<GalleryScene> OpenAsync()
        {
            GalleryScene scene = await GalleryScene.OpenAsync();
            if (isReplication)
                await scene.FurnishVersionAsync("1.0.0");
            return scene;
        }
    }

    [Theory]
    [MemberData(nameof(TransientFaults.Names), MemberType = typeof(TransientFaults))]
    public async Task FaultsThatPassDoNotStopIt(string fault)
    {
        int requests = await TransientFaults.AtEveryRequestAsync(fault, GalleryScene.OpenAsync, static scene => scene.Sandbox.Sandbox, async scene =>
            Assert.Equal(["northeurope Succeeded Gallery 100 2", "japaneast Succeeded Gallery 100 2"], (await CopyAsync(scene, Options(scene, "northeurope", "japaneast"))).Select(Told)));

        Assert.InRange(requests, 15, 300);
    }

    private static CopyImageOptions Options(GalleryScene scene, params string[] locations) => new() { SourceId = scene.ImageId, Location = locations, Gallery = new GalleryCopyTarget { DefinitionId = scene.DefinitionId } };

    private static CopyImageOptions With(CopyImageOptions options, Func<GalleryCopyTarget, GalleryCopyTarget> change) => options with { Gallery = change(options.Gallery!) };

    private static string Told(ImageCopyResult result) => $"{result.Location} {result.State} {result.Method} {result.PercentComplete} {result.DiskCount}";

    private static Task CopyAsync(GalleryScene scene, RecordingSink sink, CopyImageOptions options, RunOptions run) =>
        CopyService.CopyAsync(scene.Sandbox.Session, CopyService.Targets(options), run, sink, TestContext.Current.CancellationToken);

    private static async Task<ImageCopyResult[]> CopyAsync(GalleryScene scene, CopyImageOptions options)
    {
        var sink = new RecordingSink();
        await CopyAsync(scene, sink, options, new RunOptions());
        Assert.Empty(sink.Errors);
        return [.. sink.Items.Cast<ImageCopyResult>()];
    }

    private static async Task<ImageCopyPlan> PlanAsync(GalleryScene scene)
    {
        var sink = new RecordingSink();
        await CopyService.PlanAsync(scene.Sandbox.Session, CopyService.Targets(Options(scene, "japaneast")), new RunOptions(), sink, TestContext.Current.CancellationToken);
        return Assert.IsType<ImageCopyPlan>(Assert.Single(sink.Items));
    }
}
