using ImageCmdlets.Engine.Retention;
using ImageCmdlets.Engine.Tests.Galleries;
using ImageCmdlets.Engine.Tests.Usage;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Retention;

public sealed class RetentionServiceTests
{
    [Fact]
    public async Task WhatNobodyCanSeeTheUseOfStays()
    {
        using UsageScene scene = await WithVersionsAsync();
        scene.Gallery.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "VirtualMachineScaleSets_ListAll", Status = 403, Code = "AuthorizationFailed", Message = "No." });
        var sink = new RecordingSink();

        ImageRetention[] plan = await PlanAsync(scene.Gallery, new GetImageRetentionOptions { KeepLast = 1 }, sink);

        Assert.All(plan, row => Assert.Equal(ImageRetentionAction.Keep, row.Action));
        Assert.Contains("Nobody knows what is in use", Assert.Single(sink.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task InstancesOfAScaleSetKeepTheirVersion()
    {
        using UsageScene scene = await WithVersionsAsync();
        await scene.ScaleSetAsync(scene.Gallery.VersionId("1.1.0"));

        ImageRetention[] plan = await PlanAsync(scene.Gallery, new GetImageRetentionOptions { KeepLast = 1 });

        Assert.Equal(["1.4.0", "1.1.0"], plan.Where(row => row.Action == ImageRetentionAction.Keep).Select(row => row.Version));
        Assert.Equal(3, plan.Single(row => row.Version == "1.1.0").UseCount);
    }

    [Fact]
    public async Task InAGalleryWithSoftDeletionVersionsCanBeBroughtBack()
    {
        using UsageScene scene = await WithVersionsAsync();
        await scene.Gallery.Sandbox.PutAsync(scene.Gallery.GalleryId, GalleryScene.Version, """{"location":"westeurope","properties":{"softDeletePolicy":{"isSoftDeleteEnabled":true}}}""");

        ImageRetentionResult[] results = await InvokeAsync(scene.Gallery, await PlanAsync(scene.Gallery, new GetImageRetentionOptions { KeepLast = 4 }));

        Assert.Equal("web 1.0.0: SoftDeleted", Assert.Single(results).ToString());
    }

    [Fact]
    public async Task OneThatFailsDoesNotKeepTheOthers()
    {
        using UsageScene scene = await WithVersionsAsync();
        ImageRetention[] plan = await PlanAsync(scene.Gallery, new GetImageRetentionOptions { KeepLast = 2 });
        scene.Gallery.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "GalleryImageVersions_Delete", Count = 1, Status = 409, Code = "ScopeLocked", Message = "The scope is locked." });
        var sink = new RecordingSink();

        ImageRetentionResult[] results = await InvokeAsync(scene.Gallery, plan, sink);

        Assert.Equal(["Failed", "Removed", "Removed"], results.Select(result => result.State).Order(StringComparer.Ordinal));
        Assert.Equal(ErrorIds.ResourceLocked, Assert.Single(sink.Errors).ErrorId);
        Assert.Equal(3, (await scene.Gallery.VersionsAsync()).Length);
    }

    private static async Task<UsageScene> WithVersionsAsync()
    {
        UsageScene scene = await UsageScene.OpenAsync();
        for (int minor = 1; minor <= 4; minor++)
            await scene.Gallery.FurnishVersionAsync($"1.{minor}.0");
        return scene;
    }

    private static async Task<ImageRetention[]> PlanAsync(GalleryScene scene, GetImageRetentionOptions rule, RecordingSink? sink = null)
    {
        RecordingSink own = sink ?? new RecordingSink();
        await RetentionService.PlanAsync(scene.Sandbox.Session, [new GalleryQuery { Id = scene.GalleryId }], rule, new RunOptions(), own, TestContext.Current.CancellationToken);
        return [.. own.Items.Cast<ImageRetention>()];
    }

    private static async Task<ImageRetentionResult[]> InvokeAsync(GalleryScene scene, ImageRetention[] plan, RecordingSink? sink = null, int maxRemove = 5)
    {
        RecordingSink own = sink ?? new RecordingSink();
        await RetentionService.InvokeAsync(
            scene.Sandbox.Session, new InvokeImageRetentionOptions { Plan = plan, MaxRemove = maxRemove }, new RunOptions { ThrottleLimit = 50 }, own, TestContext.Current.CancellationToken);
        return [.. own.Items.Cast<ImageRetentionResult>()];
    }

    [Fact]
    public async Task AVersionThatFailedInOneRegionIsOneOfTheNewest()
    {
        using UsageScene scene = await WithVersionsAsync();
        scene.Gallery.FailRegion("northeurope");
        await scene.Gallery.FurnishVersionAsync("2.0.0", regions: """{"name":"westeurope"},{"name":"northeurope"}""");
        scene.Gallery.FailRegion("westeurope");
        await scene.Gallery.FurnishVersionAsync("3.0.0");

        ImageRetention[] plan = await PlanAsync(scene.Gallery, new GetImageRetentionOptions { KeepLast = 2 });

        Assert.Equal(["2.0.0", "1.4.0", "1.3.0"], plan.Where(row => row.Action == ImageRetentionAction.Keep).Select(row => row.Version));
        Assert.Equal(["is whole in westeurope, though it failed elsewhere, and as new as those that are kept"], plan.Single(row => row.Version == "2.0.0").Reason);
        Assert.Contains("was never made: it failed in every region", plan.Single(row => row.Version == "3.0.0").Reason);
    }
}
