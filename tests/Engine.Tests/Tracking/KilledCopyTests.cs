using ImageCmdlets.Engine.Copying;
using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Engine.Tests.Copying;
using ImageCmdlets.Engine.Tracking;

namespace ImageCmdlets.Engine.Tests.Tracking;

/// <summary>A copy is killed at every call: it is seen in Azure as interrupted, and both ways of giving it up leave nothing behind.</summary>
public sealed class KilledCopyTests
{
    [Theory]
    [InlineData(KillMoment.BeforeCall, true, false)]
    [InlineData(KillMoment.BeforeCall, false, false)]
    [InlineData(KillMoment.AfterWrite, true, false)]
    [InlineData(KillMoment.AfterWrite, false, false)]
    [InlineData(KillMoment.BeforeCall, true, true)]
    [InlineData(KillMoment.AfterWrite, true, true)]
    [InlineData(KillMoment.AfterWrite, false, true)]
    public async Task AnInterruptedCopyIsFoundAndGivenUp(KillMoment moment, bool byStopping, bool byGallery)
    {
        int interrupted = 0, made = 0;
        for (int call = 1; ; call += moment == KillMoment.BeforeCall ? ProcessKill.ShortStride : 1)
        {
            using CopyScene scene = await CopyScene.OpenAsync();
            if (byGallery)
                await scene.DeleteDisksAsync();
            bool wasKilled = await ProcessKill.RunAsync(scene.Sandbox.Session, call, moment, Copy(scene));
            ImageOperation[] running = await Tracked.OperationsAsync(scene.Sandbox.Session);

            // What Azure was asked for it does; only then nobody is at it any more.
            EngineSession.Of(scene.Sandbox.Session).Sandbox!.Clock.Advance(TimeSpan.FromHours(3));
            string[] temporaries = await TemporariesAsync(scene);
            ImageOperation[] found = await Tracked.OperationsAsync(scene.Sandbox.Session);
            bool isMade = (await scene.ImagesAsync()).Length == 2;

            Assert.All(running, operation => Assert.True(operation.State is "InProgress" or "Interrupted" or "Succeeded", operation.State));
            if (temporaries.Length == 0)
            {
                Assert.Empty(found);
            }
            else
            {
                AssertIsCopy(Assert.Single(found), scene, isMade, temporaries);
                interrupted += isMade ? 0 : 1;
                made += isMade ? 1 : 0;
            }

            await GiveUpAsync(scene, found, byStopping);
            Assert.True((await TemporariesAsync(scene)).Length == 0, $"Killed at {moment} {call}");
            Assert.Equal(byGallery ? [] : ["web01-data", "web01-os"], await scene.DisksAsync());
            Assert.Equal(isMade ? ["web01-image", "web01-image-northeurope"] : ["web01-image"], await scene.ImagesAsync());
            if (!wasKilled)
                break;
        }

        Assert.InRange(interrupted, moment == KillMoment.AfterWrite ? 4 : 8, 100);
        Assert.InRange(made, moment == KillMoment.AfterWrite ? 3 : 4, 150);
    }

    [Theory]
    [InlineData(KillMoment.BeforeCall, true)]
    [InlineData(KillMoment.AfterWrite, true)]
    [InlineData(KillMoment.BeforeCall, false)]
    [InlineData(KillMoment.AfterWrite, false)]
    public async Task GivingUpIsItselfEndedByTheSameCommand(KillMoment moment, bool byGallery)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, () => InterruptedAsync(byGallery), scene => scene.Sandbox.Session, _ => async (session, sink, token) =>
        {
            var found = new RecordingSink();
            await TrackingService.GetAsync(session, new ImageOperationQuery { Kind = [ImageOperationKind.Copy] }, found, token);
            if (found.Items.Count > 0)
                await TrackingService.StopAsync(session, [.. found.Items.Cast<ImageOperation>()], new RunOptions(), sink, token);
        });

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 4 : 20, 200);
    }

    [Fact]
    public async Task TheCommandOfAnInterruptedCopySaysAllThatIsNeededToGoOn()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        CopyImageOptions options = CopyScene.Options(scene.ImageId, "northeurope") with { TargetResourceGroupName = "elsewhere", TargetName = "golden" };
        await ProcessKill.RunAsync(scene.Sandbox.Session, 4, KillMoment.AfterWrite, Copy(scene, options));
        EngineSession.Of(scene.Sandbox.Session).Sandbox!.Clock.Advance(TimeSpan.FromHours(3));

        ImageOperation copy = Assert.Single(await Tracked.OperationsAsync(scene.Sandbox.Session));

        Assert.Equal("golden", copy.Name);
        Assert.Equal("elsewhere", copy.ResourceGroupName);
        Assert.Equal("northeurope", copy.Location);
        Assert.Equal($"Copy-CustomImage -ResourceId '{scene.ImageId}' -Location 'northeurope' -TargetResourceGroupName 'elsewhere' -TargetName 'golden'", copy.Command);
    }

    private static void AssertIsCopy(ImageOperation copy, CopyScene scene, bool isMade, string[] temporaries)
    {
        Assert.Equal(ImageOperationKind.Copy, copy.Kind);
        Assert.Equal(isMade ? "Succeeded" : "Interrupted", copy.State);
        Assert.Equal(scene.ImageId, copy.SourceId);
        Assert.Equal(temporaries, copy.Resource.Select(part => part.Name).Where(IsTemporary).Order(StringComparer.Ordinal));
        Assert.All(copy.Resource, part => Assert.True(part.IsTemporary));
    }

    private static async Task<CopyScene> InterruptedAsync(bool byGallery)
    {
        CopyScene scene = await CopyScene.OpenAsync();
        if (byGallery)
            await scene.DeleteDisksAsync();
        await scene.CopyAsync(new RecordingSink(), CopyScene.Options(scene.ImageId, "northeurope", "japaneast"), new RunOptions { NoWait = true });
        EngineSession.Of(scene.Sandbox.Session).Sandbox!.Clock.Advance(TimeSpan.FromHours(3));
        return scene;
    }

    private static async Task GiveUpAsync(CopyScene scene, ImageOperation[] found, bool byStopping)
    {
        ImageSession session = scene.Sandbox.Session;
        var query = new ImageLeftoverQuery { IncludeInterrupted = true };
        RecordingSink sink = byStopping ? await Tracked.StopAsync(session, found) : await Tracked.RemoveAsync(session, await Tracked.LeftoversAsync(session, query), query);
        Assert.Empty(sink.Errors);
        Assert.Empty(await Tracked.OperationsAsync(session));
        Assert.Empty(await Tracked.LeftoversAsync(session, query));
    }

    private static ProcessKill.Command Copy(CopyScene scene, CopyImageOptions? options = null) => (session, sink, token) =>
        CopyService.CopyAsync(session, CopyService.Targets(options ?? CopyScene.Options(scene.ImageId, "northeurope")), new RunOptions(), sink, token);

    private static bool IsTemporary(string name) => name.StartsWith("imagecopy", StringComparison.Ordinal);

    private static async Task<string[]> TemporariesAsync(CopyScene scene)
    {
        string[] galleries = await scene.Sandbox.NamesAsync(ResourceTypes.Gallery, "2022-03-03");
        return [.. (await scene.SnapshotsAsync()).Concat(await scene.DisksAsync()).Concat(galleries).Where(IsTemporary).Order(StringComparer.Ordinal)];
    }
}
