using System.Diagnostics;
using System.Globalization;
using ImageCmdlets.Engine.Retention;
using ImageCmdlets.Engine.Tests.Galleries;

namespace ImageCmdlets.Engine.Tests.Retention;

/// <summary>Retention of many versions under Azure's limits. The long run takes 10,000 in 100 definitions.</summary>
public sealed class LargeRetentionTests(ITestOutputHelper output)
{
    private const int Kept = 10;

    // Recorded of a change that copies nothing: the first deletion comes after it.
    private static readonly TimeSpan s_exclusion = TimeSpan.FromSeconds(150);

    public static TheoryData<int, int> Sizes => ProcessKill.Stride == 1 ? new TheoryData<int, int> { { 20, 57 }, { 100, 100 } } : new TheoryData<int, int> { { 20, 57 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task AllIsPlannedByOneListEachAndGoesAsFastAsAzureAllows(int definitions, int versions)
    {
        using GalleryScene scene = await OpenAsync(definitions, versions);
        DeletionPace pace = await DeletionPace.MeasureAsync(scene, await scene.FurnishVersionAsync("9.9.9"));
        int before = scene.Sandbox.Sandbox.GetStatistics().Requests, first = 0;
        var watch = Stopwatch.StartNew();

        ImageRetention[] plan = await PlanAsync(scene, () => first = first > 0 ? first : scene.Sandbox.Sandbox.GetStatistics().Requests - before);

        // The first rows come when a part of the definitions has been read: in waves.
        int asked = scene.Sandbox.Sandbox.GetStatistics().Requests - before, leaving = plan.Count(row => row.Action == ImageRetentionAction.Remove);
        output.WriteLine($"{plan.Length} versions planned in {watch.Elapsed.TotalSeconds:0.0} s by {asked} requests, the first row after {first}");
        Assert.Equal((definitions * versions, definitions * (versions - Kept)), (plan.Length, leaving));
        Assert.InRange(asked, definitions, definitions + (plan.Length / 50) + 20);
        Assert.InRange(first, 2, asked - (definitions - new RunOptions().ThrottleLimit));

        DateTimeOffset begin = scene.Sandbox.Sandbox.Clock.GetUtcNow();
        var sink = new RecordingSink();
        await RetentionService.InvokeAsync(scene.Sandbox.Session, new InvokeImageRetentionOptions { Plan = plan, MaxRemove = leaving }, Run, sink, TestContext.Current.CancellationToken);

        TimeSpan took = scene.Sandbox.Sandbox.Clock.GetUtcNow() - begin, best = s_exclusion + pace.Best(leaving);
        output.WriteLine($"{leaving} removed in {took} of {best}, {scene.Sandbox.Sandbox.GetStatistics().Requests - before - asked} requests, {watch.Elapsed.TotalSeconds:0.0} s in all");
        Assert.Empty(sink.Errors);
        Assert.Equal(leaving, sink.Items.Cast<ImageRetentionResult>().Count(result => result.State == "Removed"));
        Assert.InRange(took, best, best * 1.15);
    }

    private static RunOptions Run => new() { ThrottleLimit = RetentionService.VersionsAtOnce };

    private static async Task<ImageRetention[]> PlanAsync(GalleryScene scene, Action onRow)
    {
        var sink = new RecordingSink { OnItem = _ => onRow() };
        await RetentionService.PlanAsync(scene.Sandbox.Session, [new GalleryQuery { Id = scene.GalleryId, DefinitionName = "many*" }], new GetImageRetentionOptions { KeepLast = Kept }, new RunOptions(), sink, TestContext.Current.CancellationToken);
        return [.. sink.Items.Cast<ImageRetention>().Where(row => row.DefinitionName != "web")];
    }

    private static async Task<GalleryScene> OpenAsync(int definitions, int versions)
    {
        GalleryScene scene = await GalleryScene.OpenAsync();
        scene.Sandbox.Sandbox.EnforceRateLimits = false;
        for (int definition = 0; definition < definitions; definition++)
        {
            string name = "many" + definition.ToString(CultureInfo.InvariantCulture);
            await scene.DefinitionAsync(name);
            for (int version = 0; version < versions; version++)
                await scene.BeginVersionAsync($"1.0.{version}", name);
        }

        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromHours(2));
        scene.Sandbox.Sandbox.EnforceRateLimits = true;
        return scene;
    }
}
