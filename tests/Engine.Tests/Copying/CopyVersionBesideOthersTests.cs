using ImageCmdlets.Engine.Copying;
using ImageCmdlets.Engine.Tests.Galleries;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Copying;

/// <summary>Copies of an image version while something in a region fails for good, another run does the same, or somebody else changes the version.</summary>
public sealed class CopyVersionBesideOthersTests
{
    [Theory]
    [InlineData("Disks_CreateOrUpdate", SandboxFaultEffect.Forbidden, ErrorIds.AuthorizationFailed)]
    [InlineData("Disks_CreateOrUpdate", SandboxFaultEffect.OperationFailure, ErrorIds.QuotaExceeded)]
    [InlineData("Images_CreateOrUpdate", SandboxFaultEffect.Error, ErrorIds.QuotaExceeded)]
    public async Task OneRegionFailsAlone(string operation, SandboxFaultEffect effect, string errorId)
    {
        using GalleryScene scene = await OpenAsync();
        scene.Sandbox.Sandbox.AddFault(new SandboxFault
        {
            Operation = operation, Location = "japaneast", Count = int.MaxValue, Effect = effect, Status = 409, Code = "QuotaExceeded", Message = "The quota is exceeded.",
        });
        var sink = new RecordingSink();

        await CopyAsync(scene, sink, "northeurope", "japaneast");

        scene.Sandbox.Sandbox.ClearFaults();
        Assert.Equal(["japaneast Failed", "northeurope Succeeded"],
            sink.Items.Cast<ImageCopyResult>().Select(result => $"{result.Location} {result.State}").Order(StringComparer.Ordinal));
        Assert.Equal(errorId, Assert.Single(sink.Errors).ErrorId);
        await AssertTidyAsync(scene);
    }

    [Fact]
    public async Task ARegionToWhichTheVersionDoesNotComeFailsAlone()
    {
        using GalleryScene scene = await OpenAsync();
        scene.FailRegion("japaneast");
        var sink = new RecordingSink();

        await CopyAsync(scene, sink, "northeurope", "japaneast");

        Assert.Equal(["japaneast Failed", "northeurope Succeeded"],
            sink.Items.Cast<ImageCopyResult>().Select(result => $"{result.Location} {result.State}").Order(StringComparer.Ordinal));
        Assert.Equal(ErrorIds.ReplicationFailed, Assert.Single(sink.Errors).ErrorId);
        await AssertTidyAsync(scene);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(30)]
    [InlineData(400)]
    public async Task TwoRunsAtOnceBothSucceed(int secondsApart)
    {
        using GalleryScene scene = await OpenAsync();
        RecordingSink[] sinks = [new(), new()];

        await SideBySide.RunAsync(scene.Sandbox.Sandbox.Clock, secondsApart, () => CopyAsync(scene, sinks[0], "northeurope", "japaneast"), () => CopyAsync(scene, sinks[1], "northeurope", "japaneast"));

        Assert.All(sinks, sink => Assert.True(sink.Errors.Count == 0, string.Join("\n", sink.Errors.Select(error => error.ToString()).Concat(sink.VerboseLines))));
        Assert.All(sinks, sink => Assert.Equal(["Succeeded", "Succeeded"], sink.Items.Cast<ImageCopyResult>().Select(result => result.State)));
        await AssertTidyAsync(scene);
    }

    // Its bytes are in the disks by then.
    [Fact]
    public async Task TheVersionIsDeletedWhenItIsNotNeededAnyMore()
    {
        using GalleryScene scene = await OpenAsync();
        var sink = new RecordingSink();

        await SideBySide.RunAsync(scene.Sandbox.Sandbox.Clock, 1200, () => CopyAsync(scene, sink, "northeurope", "japaneast"),
            () => scene.Sandbox.SendAsync("DELETE", $"{scene.VersionId("1.2.0")}?api-version={GalleryScene.Version}"));

        Assert.Empty(sink.Errors);
        Assert.Equal(["Succeeded", "Succeeded"], sink.Items.Cast<ImageCopyResult>().Select(result => result.State));
        await AssertTidyAsync(scene);
    }

    [Fact]
    public async Task NewTagsOfTheVersionAreItsOwn()
    {
        using GalleryScene scene = await OpenAsync();
        var sink = new RecordingSink();

        await SideBySide.RunAsync(scene.Sandbox.Sandbox.Clock, 60, () => CopyAsync(scene, sink, "northeurope"),
            () => scene.Sandbox.SendAsync("PATCH", $"{scene.VersionId("1.2.0")}?api-version={GalleryScene.Version}", """{"tags":{"team":"other"}}"""));

        Assert.Empty(sink.Errors);
        Assert.Equal("Succeeded", Assert.IsType<ImageCopyResult>(Assert.Single(sink.Items)).State);
        Assert.Equal("other", (string?)(await scene.ReadAsync("1.2.0"))!["tags"]!["team"]);
        await AssertTidyAsync(scene);
    }

    [Fact]
    public async Task ThePlanIsWhatThenHappens()
    {
        using GalleryScene scene = await OpenAsync();
        string before = scene.Sandbox.Fingerprint;
        var planned = new RecordingSink();
        await CopyService.PlanAsync(scene.Sandbox.Session, Targets(scene, "northeurope", "japaneast"), new RunOptions(), planned, TestContext.Current.CancellationToken);
        Assert.Equal(before, scene.Sandbox.Fingerprint);
        Assert.Empty(planned.Errors);
        ImageCopyPlan[] plans = [.. planned.Items.Cast<ImageCopyPlan>()];
        var sink = new RecordingSink();

        await CopyAsync(scene, sink, "northeurope", "japaneast");

        foreach (ImageCopyResult result in sink.Items.Cast<ImageCopyResult>())
        {
            ImageCopyPlan plan = plans.Single(plan => plan.Location == result.Location);
            Assert.Equal((result.Id, result.Method, result.DiskCount), (plan.Id, plan.Method, plan.DiskCount));
            // The plan knows medians, not the seconds between two looks.
            Assert.InRange(result.Elapsed.TotalSeconds, plan.ExpectedDuration.TotalSeconds * 0.8, (plan.ExpectedDuration.TotalSeconds * 1.5) + 10);
        }

        string[] made = [.. sink.VerboseLines.Where(line => line.StartsWith("PUT", StringComparison.Ordinal))];
        Assert.All(plans.SelectMany(plan => plan.Temporary), name => Assert.Contains(made, line => line.Contains(name, StringComparison.Ordinal)));
    }

    private static async Task<GalleryScene> OpenAsync()
    {
        GalleryScene scene = await GalleryScene.OpenAsync();
        await scene.FurnishVersionAsync("1.2.0", regions: """{"name":"westeurope"},{"name":"northeurope"}""");
        return scene;
    }

    private static IReadOnlyList<ImageCopyTarget> Targets(GalleryScene scene, params string[] locations) =>
        CopyService.Targets(new CopyImageOptions { SourceId = scene.VersionId("1.2.0"), Location = locations, TargetResourceGroupName = "images" });

    private static Task CopyAsync(GalleryScene scene, RecordingSink sink, params string[] locations) =>
        CopyService.CopyAsync(scene.Sandbox.Session, Targets(scene, locations), new RunOptions(), sink, TestContext.Current.CancellationToken);

    private static async Task AssertTidyAsync(GalleryScene scene)
    {
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["prod"], await scene.Sandbox.NamesAsync(ResourceTypes.Gallery, GalleryScene.Version));
        Assert.DoesNotContain(await scene.Sandbox.NamesAsync(ResourceTypes.Disk, SandboxSession.DiskVersion), name => name.StartsWith("imagecopy", StringComparison.Ordinal));
    }
}
