using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Rollouts;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Rollouts;

/// <summary>Bad versions taken back: what is excluded, what is pointed elsewhere, what is told.</summary>
public sealed class UndoRolloutTests
{
    // What Azure has begun with a scale set it ends by itself; the next command has nothing to do there and does not wait for it.
    private static readonly TimeSpan s_changed = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task TheBadVersionIsExcludedEverywhereAndWhatNamesItGetsTheOneBefore()
    {
        using RolloutScene scene = await RolloutScene.OpenAsync();
        await scene.DescendAsync();

        ImageRolloutResult[] rows = await scene.UndoAsync();

        Assert.Equal(
            [
                ("CustomImage copied: MadeOfBadVersion", null), ("ImageVersion copy 1.0.0: MadeOfBadVersion", null), ("ImageVersion web 1.1.0: Excluded", scene.Good),
                ("ScaleSet follower: FollowsLatest", scene.Good), ("ScaleSet pinned: Repointed", scene.Good),
                ("ScaleSetInstance follower 0: Updated", scene.Good), ("ScaleSetInstance follower 1: Updated", scene.Good), ("ScaleSetInstance pinned 0: Updated", scene.Good), ("ScaleSetInstance pinned 1: Updated", (string?)scene.Good),
            ],
            rows.Select(row => (row.ToString(), row.To)).Order());
        Assert.Equal(["ImageVersion web 1.1.0: Excluded", "ScaleSet pinned: Repointed"], rows.Take(2).Select(row => row.ToString()));
        Assert.All(rows, row => Assert.Equal(scene.Bad, row.From, ignoreCase: true));
        Assert.Equal((scene.Good, scene.Gallery.DefinitionId), (await scene.ModelAsync(scene.Pinned), await scene.ModelAsync(scene.Follower)));
        ImageVersion bad = await scene.Gallery.ReadVersionAsync("1.1.0");
        Assert.True(bad.ExcludeFromLatest);
        Assert.All(bad.TargetRegion, region => Assert.True(region.ExcludeFromLatest));
        Assert.Equal(["sshd does not start", "2026-01-05T", scene.Gallery.Sandbox.Session.Account],
            [bad.Tag["imagecmdlets-undone"], bad.Tag["imagecmdlets-undone-time"][..11], bad.Tag["imagecmdlets-undone-by"]]);
    }

    [Theory]
    [InlineData(KillMoment.BeforeCall, 10)]
    [InlineData(KillMoment.AfterWrite, 2)]
    public async Task KilledAtAnyCallTheSameCommandEndsIt(KillMoment moment, int fewest)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, RolloutScene.OpenAsync, static scene => scene.Gallery.Sandbox.Session,
            static scene => (session, sink, token) => RolloutService.UndoAsync(session, scene.Options, new RunOptions(), sink, token),
            later: s_changed);

        Assert.InRange(kills, fewest, 300);
    }

    [Fact]
    public async Task TheSameCommandAgainChangesNothing()
    {
        using RolloutScene scene = await RolloutScene.OpenAsync();
        await scene.UndoAsync();
        string before = scene.Gallery.Sandbox.Fingerprint;
        scene.Gallery.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromDays(1));

        ImageRolloutResult[] rows = await scene.UndoAsync();

        Assert.Equal(before, scene.Gallery.Sandbox.Fingerprint);
        Assert.DoesNotContain(rows, row => row.Action == ImageRolloutAction.Repoint);
        Assert.Equal("Excluded", rows[0].State);
    }

    [Fact]
    public async Task ThePlanNamesEverythingAndChangesNothing()
    {
        using RolloutScene scene = await RolloutScene.OpenAsync();
        string before = scene.Gallery.Sandbox.Fingerprint;

        ImageRolloutResult[] rows = await scene.PlanAsync();

        Assert.Equal(before, scene.Gallery.Sandbox.Fingerprint);
        Assert.Equal(
            ["ImageVersion web 1.1.0 Exclude", "ScaleSet pinned Repoint", "ScaleSetInstance follower 0 Upgrade", "ScaleSetInstance follower 1 Upgrade", "ScaleSetInstance pinned 0 Upgrade", "ScaleSetInstance pinned 1 Upgrade"],
            rows.Where(row => row.State == "Planned").Select(row => $"{row.Kind} {row.Name} {row.Action}"));
        Assert.Equal(7, rows.Length);
    }

    [Fact]
    public async Task MachinesAreLeftWhereOnlyModelsAreMeant()
    {
        using RolloutScene scene = await RolloutScene.OpenAsync();

        ImageRolloutResult[] rows = await scene.UndoAsync(scene.Options with { ModelOnly = true });

        Assert.Equal(["Excluded", "Repointed", "FollowsLatest", "RunsBadVersion", "RunsBadVersion", "RunsBadVersion", "RunsBadVersion"], rows.Select(row => row.State));
    }

    [Fact]
    public async Task WhatWasNotAgreedToIsLeft()
    {
        using RolloutScene scene = await RolloutScene.OpenAsync();

        ImageRolloutResult[] rows = await scene.UndoAsync(scene.Options with { Agreed = [scene.Bad] });

        Assert.Equal("Skipped", rows.Single(row => row.Action == ImageRolloutAction.Repoint).State);
        Assert.Equal((scene.Bad, true), (await scene.ModelAsync(scene.Pinned), (await scene.Gallery.ReadVersionAsync("1.1.0")).ExcludeFromLatest));
    }

    [Fact]
    public async Task WithoutAGoodVersionItIsRefusedUnlessOnlyExcluded()
    {
        using RolloutScene scene = await RolloutScene.OpenAsync();
        await scene.UndoAsync(scene.Options with { Id = [scene.Good], ExcludeOnly = true });
        string before = scene.Gallery.Sandbox.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => scene.UndoAsync());

        Assert.Equal((ErrorIds.ImageNotFound, before), (error.ErrorId, scene.Gallery.Sandbox.Fingerprint));
        Assert.Contains("-ExcludeOnly", error.RecommendedAction, StringComparison.Ordinal);

        ImageRolloutResult[] rows = await scene.UndoAsync(scene.Options with { ExcludeOnly = true });
        Assert.Equal(["Excluded", "FollowsLatest", "PointsAtBadVersion"], rows.Where(row => row.Kind != ImageUserKind.ScaleSetInstance).Select(row => row.State));
        Assert.Contains("No version counts as latest in westeurope", rows.Single(row => row.State == "FollowsLatest").Reason, StringComparison.Ordinal);
        Assert.Equal(scene.Bad, await scene.ModelAsync(scene.Pinned));
    }

    [Fact]
    public async Task TheGoodVersionIsThatOfTheScaleSetsRegion()
    {
        using RolloutScene scene = await RolloutScene.OpenAsync();
        await scene.Gallery.FurnishVersionAsync("1.0.5", regions: """{"name":"westeurope","excludeFromLatest":true},{"name":"northeurope"}""");

        ImageRolloutResult[] rows = await scene.UndoAsync();

        Assert.Equal((scene.Gallery.VersionId("1.0.5"), scene.Good), (rows[0].To, rows.Single(row => row.Action == ImageRolloutAction.Repoint).To));
    }

    [Fact]
    public async Task SeveralBadOnesAreNotGoodForEachOther()
    {
        using RolloutScene scene = await RolloutScene.OpenAsync();
        string third = await scene.Gallery.FurnishVersionAsync("1.2.0");

        ImageRolloutResult[] rows = await scene.UndoAsync(scene.Options with { Id = [third, scene.Bad] });

        Assert.Equal([scene.Good, scene.Good], rows.Where(row => row.Action == ImageRolloutAction.Exclude).Select(row => row.To));
        Assert.Equal(scene.Good, rows.Single(row => row.State == "FollowsLatest").To);
    }

    [Fact]
    public async Task TheUserMayNameTheGoodOne()
    {
        using RolloutScene scene = await RolloutScene.OpenAsync();
        string later = await scene.Gallery.FurnishVersionAsync("1.2.0");

        Assert.Equal([ErrorIds.InvalidArgument, ErrorIds.InvalidArgument, ErrorIds.ImageNotFound],
            [await RefusedAsync(scene, "1.1.0"), await RefusedAsync(scene, scene.Gallery.VersionId("1.0.0", "other")), await RefusedAsync(scene, "7.0.0")]);

        await scene.UndoAsync(scene.Options with { To = "1.2.0" });
        Assert.Equal(later, await scene.ModelAsync(scene.Pinned));
    }

    [Fact]
    public async Task AScaleSetThatIsRefusedDoesNotKeepTheRest()
    {
        using RolloutScene scene = await RolloutScene.OpenAsync();
        scene.Gallery.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "VirtualMachineScaleSets_Update", Status = 403, Code = "RequestDisallowedByPolicy", Message = "No." });
        var sink = new RecordingSink();

        ImageRolloutResult[] rows = await scene.UndoAsync(null, sink);

        ImageRolloutResult failed = rows.Single(row => row.State == "Failed");
        Assert.Equal((ErrorIds.PolicyViolation, failed.Error), (Assert.Single(sink.Errors).ErrorId, sink.Errors[0]));
        Assert.True((await scene.Gallery.ReadVersionAsync("1.1.0")).ExcludeFromLatest);
    }

    [Fact]
    public async Task WhatCannotBeLookedAtIsSaid()
    {
        using RolloutScene scene = await RolloutScene.OpenAsync();
        scene.Gallery.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "VirtualMachines_ListAll", Status = 403, Code = "AuthorizationFailed", Message = "No." });
        var sink = new RecordingSink();

        await scene.UndoAsync(null, sink);

        Assert.Contains(sink.Errors, error => error.ErrorId == ErrorIds.AuthorizationFailed);
        Assert.Equal(scene.Good, await scene.ModelAsync(scene.Pinned));
    }

    [Fact]
    public async Task ReleasedAgainItIsGoodInEveryRegion()
    {
        using RolloutScene scene = await RolloutScene.OpenAsync();
        await scene.UndoAsync();

        await VersionService.SetAsync(scene.Gallery.Sandbox.Session, [new SetVersionOptions { Id = scene.Bad, ExcludeFromLatest = false }], new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken);

        ImageVersion version = await scene.Gallery.ReadVersionAsync("1.1.0");
        Assert.False(version.ExcludeFromLatest);
        Assert.All(version.TargetRegion, region => Assert.NotEqual(true, region.ExcludeFromLatest));
        Assert.DoesNotContain(version.Tag.Keys, name => name.StartsWith("imagecmdlets-undone", StringComparison.Ordinal));
    }

    [Fact]
    public void TheTagsNeverKeepTheVersionFromBeingTakenBack()
    {
        var full = Enumerable.Range(0, 49).ToDictionary(i => $"t{i}", _ => "v");

        Dictionary<string, string> tags = RolloutTags.With(full, null, DateTimeOffset.UnixEpoch, "somebody");

        Assert.Equal((50, "no reason was given"), (tags.Count, tags["imagecmdlets-undone"]));
    }

    private static async Task<string> RefusedAsync(RolloutScene scene, string to)
    {
        string before = scene.Gallery.Sandbox.Fingerprint;
        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => scene.UndoAsync(scene.Options with { To = to }));
        Assert.Equal(before, scene.Gallery.Sandbox.Fingerprint);
        return error.ErrorId;
    }

    [Fact]
    public async Task AVersionThatIsNotLatestAllTheSameIsSaidToBeOvertaken()
    {
        using RolloutScene scene = await RolloutScene.OpenAsync();
        string worst = await scene.Gallery.FurnishVersionAsync("1.2.0");
        var sink = new RecordingSink();

        ImageRolloutResult[] rows = await scene.UndoAsync(scene.Options with { Id = [worst], To = "1.0.0" }, sink);

        const string reason = "What follows latest gets 1.1.0 in westeurope: take those back too, or exclude them from latest with Set-ImageVersion.";
        Assert.Equal(reason, rows[0].Reason);
        Assert.Contains(reason, sink.Warnings);
    }
}
