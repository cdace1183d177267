using ImageCmdlets.Engine.Copying;
using ImageCmdlets.Engine.Tests.Copying;

namespace ImageCmdlets.Engine.Tests.Tracking;

/// <summary>A copy into another tenant is killed at every call: each tenant's session sees its side of it, and giving it up on both leaves nothing behind, no access either.</summary>
public sealed class KilledTenantCopyTests
{
    [Theory]
    [InlineData(KillMoment.BeforeCall, true)]
    [InlineData(KillMoment.BeforeCall, false)]
    [InlineData(KillMoment.AfterWrite, true)]
    [InlineData(KillMoment.AfterWrite, false)]
    public async Task BothSidesAreFoundAndGivenUp(KillMoment moment, bool byStopping)
    {
        var states = new HashSet<string>();
        int seenThere = 0;
        for (int call = 1; ; call += moment == KillMoment.BeforeCall ? ProcessKill.ShortStride : 1)
        {
            using TenantScene scene = await TenantScene.OpenAsync();
            scene.Furnish(scene.Here.OSDiskId);
            bool wasKilled = await ProcessKill.RunAsync(scene.Here.Sandbox.Session, call, moment, (session, sink, token) =>
                CopyService.CopyAsync(session, CopyService.Targets(scene.Options(OtherProcess.OpenPartner(session), "northeurope")), new RunOptions { ThrottleLimit = 1 }, sink, token));
            scene.Sandbox.Clock.Advance(TimeSpan.FromHours(3));

            foreach (ImageSession side in new[] { scene.Here.Sandbox.Session, scene.There })
            {
                ImageOperation[] found = await Tracked.OperationsAsync(side);
                Assert.All(found, operation => Assert.Equal(scene.Here.ImageId, operation.SourceId));
                states.UnionWith(found.Select(operation => operation.State));
                seenThere += side == scene.There ? found.Length : 0;
                var query = new ImageLeftoverQuery { IncludeInterrupted = true, RevokeAccess = true };
                RecordingSink given = byStopping ? await Tracked.StopAsync(side, found) : await Tracked.RemoveAsync(side, await Tracked.LeftoversAsync(side, query), query);
                Assert.True(given.Errors.Count == 0, $"Killed at {moment} {call}: {given.Errors.FirstOrDefault()?.Message}");
            }

            Assert.Empty(await scene.PartsAsync());
            Assert.Equal(["web01-data", "web01-os"], await scene.Here.DisksAsync());
            if (!wasKilled)
                break;
        }

        Assert.Superset(new HashSet<string> { "Interrupted", "Succeeded" }, states);
        Assert.InRange(seenThere, 3, 300);
    }

    [Fact]
    public async Task TheOtherTenantsSessionSaysWhatWouldGoOn()
    {
        using TenantScene scene = await TenantScene.OpenAsync();
        scene.Furnish(scene.Here.OSDiskId);
        using var stop = new CancellationTokenSource();
        var sink = new RecordingSink { OnProgress = record => { if (record.Status == "Making the image") stop.Cancel(); } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.Here.CopyAsync(sink, scene.Options(scene.There, "northeurope"), new RunOptions { ThrottleLimit = 1 }, stop.Token));

        ImageOperation copy = Assert.Single(await Tracked.OperationsAsync(scene.There));

        Assert.Equal(("Interrupted", "northeurope", scene.ThereId(ResourceTypes.Image, "web01-image")), (copy.State, copy.Location, copy.Id));
        Assert.StartsWith($"Copy-CustomImage -ResourceId '{scene.Here.ImageId}' -Location 'northeurope' -TargetResourceGroupName 'landing' -TargetName 'web01-image' ", copy.Command, StringComparison.Ordinal);
        Assert.EndsWith(" -Method 'BlobCopy' -Session <of the image's tenant> -TargetSession <of this tenant>", copy.Command, StringComparison.Ordinal);
    }
}
