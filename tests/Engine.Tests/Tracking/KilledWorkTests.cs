using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Engine.Tests.Generalization;
using ImageCmdlets.Engine.Tests.Staging;
using ImageCmdlets.Engine.Tests.Vhds;
using ImageCmdlets.Engine.Vhds;

namespace ImageCmdlets.Engine.Tests.Tracking;

/// <summary>Workflows are killed at every call and given up: nothing is left but what is finished, and nothing of the source is lost.</summary>
public sealed class KilledWorkTests
{
    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task OfACloneNothingIsLeftUntilItIsGeneralized(KillMoment moment)
    {
        (int interrupted, int finished) = await GiveUpAtEveryCallAsync(moment, () => GeneralizeRig.CreateAsync(isWindows: false, withDataDisk: true), rig => rig.Session, ImageOperationKind.Clone, rig => async (session, sink, token) =>
        {
            var results = new ForwardingSink(sink);
            await GeneralizeService.GeneralizeAsync(session, [new GeneralizeOptions { Id = rig.Machine.Id, PreserveSource = true }], new RunOptions(), results, token);
            string clone = results.Items.OfType<GeneralizeResult>().Single().Id;
            await ImageService.CreateAsync(session, [new NewImageOptions { Source = clone, Name = "golden" }], new RunOptions(), sink, token);
        });

        Assert.InRange(interrupted, 9, 100);
        Assert.InRange(finished, 2, 150);
    }

    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task OfAnUploadNoDiskIsLeft(KillMoment moment)
    {
        (int interrupted, int finished) = await GiveUpAtEveryCallAsync(moment, OpenWithFileAsync, scene => scene.Sandbox.Session, ImageOperationKind.Import, scene => (session, sink, token) =>
        {
            var options = new NewImageOptions { Source = scene.File, IsFile = true, ResourceGroupName = "images", OSType = "Linux" };
            return ImageService.CreateAsync(session, [options], new RunOptions { ThrottleLimit = 1 }, sink, token);
        });

        Assert.InRange(interrupted, 2, 50);
        Assert.InRange(finished, 1, 30);
    }

    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task OfAnExportNoAccessIsLeft(KillMoment moment)
    {
        (int interrupted, int finished) = await GiveUpAtEveryCallAsync(moment, VhdScene.OpenAsync, scene => scene.Sandbox.Session, ImageOperationKind.Export, scene => (session, sink, token) =>
            VhdService.ExportAsync(session, [scene.ToFile], new RunOptions { ThrottleLimit = 1 }, sink, token));

        Assert.InRange(interrupted, 1, 50);
        Assert.Equal(0, finished);
    }

    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task OfASetOfSnapshotsOnlyWholeOnesAreLeft(KillMoment moment)
    {
        (int interrupted, int finished) = await GiveUpAtEveryCallAsync(moment, StagingScene.OpenAsync, scene => scene.Session, ImageOperationKind.Snapshot,
            scene => (session, sink, token) => StagingScene.TakeAsync(session, sink, scene.OfPoint(), token));

        Assert.InRange(interrupted, 3, 60);
        Assert.InRange(finished, 2, 40);
    }

    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task AGeneralizationThatHasBegunIsFoundAndItsCommandEndsIt(KillMoment moment)
    {
        int found = 0;
        for (int call = 1; ; call += moment == KillMoment.BeforeCall ? ProcessKill.ShortStride : 1)
        {
            using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
            bool wasKilled = await ProcessKill.RunAsync(rig.Session, call, moment, (session, sink, token) =>
                GeneralizeService.GeneralizeAsync(session, [new GeneralizeOptions { Id = rig.Machine.Id, Snapshot = true }], new RunOptions(), sink, token));
            EngineSession.Of(rig.Session).Sandbox!.Clock.Advance(TimeSpan.FromHours(3));

            ImageOperation[] operations = [.. (await Tracked.OperationsAsync(rig.Session)).Where(operation => operation.Kind == ImageOperationKind.Generalize)];
            if ((await rig.ReadAsync()).OSState == "Generalized")
                Assert.Empty(operations);
            else if ((await rig.ReadAsync()).PowerState != "Running")
                Assert.Single(operations);
            Assert.All(operations, operation => Assert.Equal(("Interrupted", rig.Machine.Id.ToUpperInvariant()), (operation.State, operation.Id.ToUpperInvariant())));
            found += operations.Length;

            (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync(snapshot: true, checksReadiness: true);
            Assert.True(error is null, $"Killed at {moment} {call}: {error?.Message}");
            Assert.Equal("Succeeded", result!.State);
            Assert.DoesNotContain(await Tracked.OperationsAsync(rig.Session), operation => operation.Kind == ImageOperationKind.Generalize);
            if (!wasKilled)
                break;
        }

        Assert.InRange(found, 3, 60);
    }

    private static async Task<(int Interrupted, int Finished)> GiveUpAtEveryCallAsync<TScene>(
        KillMoment moment, Func<Task<TScene>> open, Func<TScene, ImageSession> sessionOf, ImageOperationKind kind, Func<TScene, ProcessKill.Command> command)
        where TScene : IDisposable
    {
        int interrupted = 0, finished = 0;
        for (int call = 1; ; call += moment == KillMoment.BeforeCall ? ProcessKill.ShortStride : 1)
        {
            using TScene scene = await open();
            ImageSession session = sessionOf(scene);
            string before = await WorldPicture.OfAsync(session);
            bool wasKilled = await ProcessKill.RunAsync(session, call, moment, command(scene));
            EngineSession.Of(session).Sandbox!.Clock.Advance(TimeSpan.FromHours(3));

            ImageOperation[] found = await Tracked.OperationsAsync(session);
            Assert.All(found, operation => Assert.Equal((kind, true), (operation.Kind, operation.State is "Interrupted" or "Succeeded")));
            interrupted += found.Count(operation => operation.State == "Interrupted");
            finished += found.Count(operation => operation.State == "Succeeded");
            await GiveUpAsync(session, found);

            string after = await WorldPicture.OfAsync(session);
            string where = $"{moment} {call}";
            string[] gone = [.. Resources(WorldPicture.Difference(before, after))];
            Assert.True(gone.Length == 0, $"Killed at {where}, gone: {string.Join('\n', gone)}");
            string[] made = [.. Resources(WorldPicture.Difference(after, before))];
            bool isCloneFinished = made.Any(line => line.StartsWith(ResourceTypes.VirtualMachine, StringComparison.Ordinal) && line.Contains(" Generalized ", StringComparison.Ordinal));
            string[] left = [.. made.Where(line => !IsFinished(line) && !(isCloneFinished && line.Contains(" web01-clone-#", StringComparison.Ordinal)))];
            Assert.True(left.Length == 0, $"Killed at {where}, left: {string.Join('\n', left)}");
            if (!wasKilled)
                return (interrupted, finished);
        }
    }

    // What cannot be stopped is finished, and says so.
    private static async Task GiveUpAsync(ImageSession session, ImageOperation[] found)
    {
        RecordingSink stopped = await Tracked.StopAsync(session, found);
        Assert.All(stopped.Errors, error => Assert.Equal(ErrorIds.OperationNotAllowed, error.ErrorId));
        var query = new ImageLeftoverQuery { IncludeInterrupted = true, RevokeAccess = true };
        RecordingSink removed = await Tracked.RemoveAsync(session, await Tracked.LeftoversAsync(session, query), query);
        Assert.Empty(removed.Errors);
        Assert.Empty(await Tracked.LeftoversAsync(session, query));
        Assert.DoesNotContain(await Tracked.OperationsAsync(session), operation => operation.Kind == ImageOperationKind.Export);
    }

    // Parts of others are only counted.
    private static IEnumerable<string> Resources(string picture) => picture.Split('\n').Where(line => line.Contains('[', StringComparison.Ordinal));

    private static bool IsFinished(string line) =>
        line.StartsWith($"{ResourceTypes.Image} ", StringComparison.Ordinal) || line.StartsWith($"{ResourceTypes.Snapshot} before-", StringComparison.Ordinal);

    private static async Task<VhdScene> OpenWithFileAsync()
    {
        VhdScene scene = await VhdScene.OpenAsync();
        await File.WriteAllBytesAsync(scene.File, scene.Bytes, TestContext.Current.CancellationToken);
        return scene;
    }
}
