using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Copying;

namespace ImageCmdlets.Engine.Tests.Copying;

/// <summary>Ctrl-C at every ARM call of a copy: the same command afterwards ends where it would have, and nothing is left.</summary>
public sealed class CopyStopTests
{
    // Every call of a copy to one region; of two regions, whose calls are the same twice over, every seventh.
    [Theory]
    [InlineData(1, 30, "northeurope")]
    [InlineData(7, 10, "northeurope", "japaneast")]
    public async Task AStopAtAnyCallIsPickedUpByTheSameCommand(int stride, int fewestStops, params string[] locations)
    {
        using CopyScene undisturbed = await CopyScene.OpenAsync();
        await undisturbed.CopyAsync(new RecordingSink(), locations);
        string expected = await StateAsync(undisturbed);

        int stops = 0;
        for (int call = 1; ; call += stride)
        {
            using CopyScene scene = await CopyScene.OpenAsync();
            using var stop = new StopAfterCalls(call);
            IReadOnlyList<ImageCopyTarget> targets = CopyService.Targets(CopyScene.Options(scene.ImageId, locations));
            bool stopped = await StopAfterCalls.EndsAsync(() => CopyService.CopyAsync(scene.Sandbox.Session, targets, new RunOptions(), stop, stop.Token));
            stops += stopped ? 1 : 0;
            var again = new RecordingSink();
            await scene.CopyAsync(again, locations);

            Assert.Empty(again.Errors);
            Assert.Equal(locations.Length, again.Items.Cast<ImageCopyResult>().Count(result => result.State == "Succeeded"));
            Assert.True(expected == await StateAsync(scene), $"stopped after call {call}");
            if (!stopped)
                break;
        }

        Assert.InRange(stops, fewestStops, 400);
    }

    [Fact]
    public async Task TheSameSeedGivesTheSameCallsInTheSameOrder()
    {
        var runs = new List<string[]>();
        for (int run = 0; run < 2; run++)
        {
            using CopyScene scene = await CopyScene.OpenAsync(seed: 7);
            var sink = new RecordingSink();
            await scene.CopyAsync(sink, "northeurope", "japaneast", "brazilsouth", "eastus");
            runs.Add([.. sink.VerboseLines, .. sink.Items.Cast<ImageCopyResult>().Select(result => $"{result.Location} {result.Elapsed}")]);
        }

        Assert.Equal(runs[0], runs[1]);
    }

    // Times of creation and unique ids differ with the time of the stop; what a user can tell does not.
    private static async Task<string> StateAsync(CopyScene scene)
    {
        var state = new JsonObject
        {
            ["snapshots"] = string.Join(",", await scene.SnapshotsAsync()),
            ["disks"] = string.Join(",", await scene.DisksAsync()),
        };
        foreach (string name in await scene.ImagesAsync())
            state[name] = (await scene.Sandbox.GetAsync(scene.Sandbox.Id("images", ResourceTypes.Image, name), SandboxSession.ComputeVersion))!.DeepClone();
        return state.ToJsonString();
    }
}
