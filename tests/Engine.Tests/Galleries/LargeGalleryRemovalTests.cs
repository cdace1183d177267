using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Engine.Tests.Galleries;

/// <summary>Galleries of hundreds of versions, under Azure's limits: one command, as fast as these allow, which can be stopped at any time and run again.</summary>
public sealed class LargeGalleryRemovalTests(ITestOutputHelper output)
{
    [Fact]
    public async Task FiveHundredVersionsTakeOneCommandAndLittleMoreTimeThanAzuresLimitsAsk()
    {
        using GalleryScene scene = await OpenAsync(501);
        DeletionPace pace = await DeletionPace.MeasureAsync(scene, scene.VersionId("1.0.500"));
        DateTimeOffset begin = scene.Sandbox.Sandbox.Clock.GetUtcNow();
        int requests = scene.Sandbox.Sandbox.GetStatistics().Requests;
        var sink = new RecordingSink();

        await RemoveAsync(scene.Sandbox.Session, scene, sink, TestContext.Current.CancellationToken);

        TimeSpan took = scene.Sandbox.Sandbox.Clock.GetUtcNow() - begin, best = pace.Best(500);
        output.WriteLine($"{took} of {best}, {scene.Sandbox.Sandbox.GetStatistics().Requests - requests} requests");
        Assert.Equal((150, 1000), (pace.ThreeMinutes, pace.ThirtyMinutes));
        Assert.InRange(took, best, best * 1.1);
        Assert.Empty(sink.Errors);
        AssertGone(scene);

        // It only ever goes on, and says how far it is all the way.
        int[] percents = [.. sink.ProgressRecords.Select(record => record.PercentComplete)];
        Assert.Equal(percents.Order(), percents);
        Assert.InRange(percents.Distinct().Count(), 50, 101);
        Assert.Equal((true, "502 of 502 removed"), (sink.ProgressRecords[^1].Completed, sink.ProgressRecords[^1].Status));
    }

    // One gallery, whose removal is stopped, killed and begun again by another process, over and over.
    [Fact]
    public async Task StoppedAndKilledAtAnyPointTheSameCommandGoesOn()
    {
        using GalleryScene scene = await OpenAsync(400);
        foreach (int removed in (int[])[0, 1, 75])
            await StopAsync(scene, removed);
        foreach (int call in (int[])[1, 30])
            await KillAsync(scene, call);
        var sink = new RecordingSink();

        await RemoveAsync(scene.Sandbox.Session, scene, sink, TestContext.Current.CancellationToken);

        Assert.Empty(sink.Errors);
        AssertGone(scene);
    }

    private static async Task StopAsync(GalleryScene scene, int removed)
    {
        using var stop = new CancellationTokenSource();
        var sink = new RecordingSink
        {
            OnProgress = progress =>
            {
                if (int.Parse(progress.Status.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) >= removed)
                    stop.Cancel();
            },
        };
        int before = Versions(scene);
        if (removed == 0)
            await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RemoveAsync(scene.Sandbox.Session, scene, sink, stop.Token));

        Assert.InRange(Versions(scene), 1, before - removed);
    }

    private static async Task KillAsync(GalleryScene scene, int call)
    {
        int before = Versions(scene);
        using var handler = new MortalHandler(scene.Sandbox.Sandbox, call, KillMoment.AfterWrite);
        ImageSession other = OtherProcess.Open(scene.Sandbox.Session, handler);

        await Assert.ThrowsAnyAsync<Exception>(() => RemoveAsync(other, scene, new RecordingSink(), handler.Death));

        Assert.True(handler.Death.IsCancellationRequested);
        Assert.InRange(Versions(scene), 0, before);
    }

    private static Task RemoveAsync(ImageSession session, GalleryScene scene, IOperationSink sink, CancellationToken token) =>
        GalleryService.RemoveAsync(session, [new RemoveGalleryOptions { Id = scene.GalleryId, Recurse = true }], new RunOptions { ThrottleLimit = GalleryService.DeletionsAtOnce }, sink, token);

    private static int Versions(GalleryScene scene) => scene.Sandbox.Sandbox.GetStatistics().ResourcesByType.GetValueOrDefault(ResourceTypes.GalleryImageVersion);

    private static void AssertGone(GalleryScene scene) => Assert.DoesNotContain(
        scene.Sandbox.Sandbox.GetStatistics().ResourcesByType.Keys, type => type.StartsWith(ResourceTypes.Gallery, StringComparison.OrdinalIgnoreCase));

    private static async Task<GalleryScene> OpenAsync(int versions)
    {
        GalleryScene scene = await GalleryScene.OpenAsync();
        for (int number = 0; number < versions; number++)
        {
            await scene.BeginVersionAsync($"1.0.{number}");
            scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromHours(2));
        Assert.True(scene.Sandbox.Sandbox.EnforceRateLimits);
        return scene;
    }
}
