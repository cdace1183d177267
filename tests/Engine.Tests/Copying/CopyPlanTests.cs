using ImageCmdlets.Engine.Copying;

namespace ImageCmdlets.Engine.Tests.Copying;

/// <summary>What is said before a copy, beside what it then takes.</summary>
public sealed class CopyPlanTests
{
    [Theory]
    [InlineData(ImageCopyMethod.SnapshotCopy)]
    [InlineData(ImageCopyMethod.Gallery)]
    public async Task ItIsWhatThenHappens(ImageCopyMethod method)
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        CopyImageOptions options = CopyScene.Options(scene.ImageId, "northeurope") with { Method = method };
        string before = scene.Sandbox.Sandbox.GetStatistics().Fingerprint;
        ImageCopyPlan plan = Assert.Single(await PlanAsync(scene, options));
        Assert.Equal(before, scene.Sandbox.Sandbox.GetStatistics().Fingerprint);
        long calls = scene.Sandbox.Sandbox.GetStatistics().Requests;
        var sink = new RecordingSink();
        await scene.CopyAsync(sink, options);

        calls = scene.Sandbox.Sandbox.GetStatistics().Requests - calls;
        ImageCopyResult result = Assert.IsType<ImageCopyResult>(Assert.Single(sink.Items));
        Assert.Equal((result.Id, result.Method, result.DiskCount, result.Location), (plan.Id, plan.Method, plan.DiskCount, plan.Location));
        Assert.InRange(plan.CallCount, calls * 0.8, calls * 1.2);
        Assert.InRange(result.Elapsed.TotalSeconds, plan.ExpectedDuration.TotalSeconds * 0.8, plan.ExpectedDuration.TotalSeconds * 1.5);
        string[] made = [.. sink.VerboseLines.Where(line => line.StartsWith("PUT", StringComparison.Ordinal))];
        Assert.All(plan.Temporary, name => Assert.Contains(made, line => line.Contains(name, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task WhatCannotBeCopiedIsAnErrorAndWhatIsThereNeedsNothing()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        await scene.CopyAsync(new RecordingSink(), "northeurope");
        await scene.DeleteDisksAsync();
        CopyImageOptions options = CopyScene.Options(scene.ImageId, "northeurope", "japaneast") with { Method = ImageCopyMethod.SnapshotCopy };
        var sink = new RecordingSink();
        IReadOnlyList<ImageCopyPlan> plans = await PlanAsync(scene, options, sink);

        Assert.Equal(("northeurope", "Existing", 0), plans.Select(plan => (plan.Location, plan.Method, plan.Temporary.Count)).Single());
        Assert.Equal(ErrorIds.CopySourceNotAvailable, Assert.Single(sink.Errors).ErrorId);
    }

    private static async Task<IReadOnlyList<ImageCopyPlan>> PlanAsync(CopyScene scene, CopyImageOptions options, RecordingSink? sink = null)
    {
        sink ??= new RecordingSink();
        await CopyService.PlanAsync(scene.Sandbox.Session, CopyService.Targets(options), new RunOptions(), sink, TestContext.Current.CancellationToken);
        return [.. sink.Items.Cast<ImageCopyPlan>()];
    }
}
