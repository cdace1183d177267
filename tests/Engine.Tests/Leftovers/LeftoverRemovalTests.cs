using ImageCmdlets.Engine.Leftovers;
using ImageCmdlets.Engine.Tests.Tracking;

namespace ImageCmdlets.Engine.Tests.Leftovers;

/// <summary>What is left over is removed one by one; what somebody needs, locks or has begun to use stays.</summary>
public sealed class LeftoverRemovalTests
{
    private static readonly ImageLeftoverQuery s_everything = new() { RevokeAccess = true };

    [Fact]
    public async Task EverythingOfAllMakersGoesAndNothingElse()
    {
        using LeftoverWorld world = await FurnishedAsync();

        RecordingSink sink = await Tracked.RemoveAsync(world.Session, await Tracked.LeftoversAsync(world.Session, s_everything), s_everything);

        Assert.Empty(sink.Errors);
        Assert.Empty(await world.FindAsync());
        Assert.Equal(["precious", "web01-os"], await world.Sandbox.NamesAsync(ResourceTypes.Disk, SandboxSession.DiskVersion));
        Assert.Equal(["web01-northeurope"], await world.Sandbox.NamesAsync(ResourceTypes.Image, SandboxSession.ComputeVersion));
        Assert.Empty(await world.Sandbox.NamesAsync(ResourceTypes.Snapshot, SandboxSession.DiskVersion));
        Assert.Equal(["images", "target"], await GroupsAsync(world));
    }

    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task ARemovalThatWasKilledIsEndedByTheSameCommand(KillMoment moment)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, FurnishedAsync, world => world.Session, _ => async (session, sink, token) =>
        {
            var found = new RecordingSink();
            await LeftoverService.GetAsync(session, s_everything, found, token);
            string[] ids = [.. found.Items.Cast<ImageLeftover>().Select(leftover => leftover.Id)];
            if (ids.Length > 0)
                await LeftoverService.RemoveAsync(session, ids, s_everything, new RunOptions(), sink, token);
        });

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 11 : 60, 400);
    }

    [Fact]
    public async Task ALockKeepsAndIsNamedAndTheOthersGo()
    {
        using LeftoverWorld world = await LeftoverWorld.OpenAsync();
        await world.CopyByAzureCliAsync();
        ImageLeftover[] found = await Tracked.LeftoversAsync(world.Session, s_everything);
        await world.LockAsync(found[1].Id, "keep-me");

        RecordingSink sink = await Tracked.RemoveAsync(world.Session, found, s_everything);

        Assert.Equal([ErrorIds.ResourceLocked, ErrorIds.ResourceLocked], sink.Errors.Select(error => error.ErrorId));
        Assert.Equal($"'{found[1].Name}' stays. The lock 'keep-me' keeps it.", sink.Errors[0].Message);
        Assert.Equal(["web01_os_disk_snapshot-northeurope", "image-copy-rg"], await world.NamesAsync());
    }

    [Fact]
    public async Task AccessIsRevokedOnlyWhereItIsAskedFor()
    {
        using LeftoverWorld world = await LeftoverWorld.OpenAsync();
        await world.CopyByAzureCliAsync();

        RecordingSink sink = await Tracked.RemoveAsync(world.Session, await world.FindAsync());

        ImageCmdletsException error = Assert.Single(sink.Errors);
        Assert.Equal(ErrorIds.ResourceInUse, error.ErrorId);
        Assert.Contains("-RevokeAccess", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(["web01_os_disk_snapshot"], await world.NamesAsync());
    }

    [Fact]
    public async Task WhatIsTaggedAnewIsNotWhatWasFound()
    {
        using LeftoverWorld world = await LeftoverWorld.OpenAsync();
        await world.CopyByAzureCliAsync();
        ImageLeftover[] found = await Tracked.LeftoversAsync(world.Session, s_everything);
        await world.Sandbox.SendAsync("PATCH", $"{found[1].Id}?api-version={SandboxSession.DiskVersion}", """{"tags":{"keep":"yes"} }""");
        world.Pass(TimeSpan.FromMinutes(1));

        RecordingSink sink = await Tracked.RemoveAsync(world.Session, found, s_everything);

        Assert.Equal([ErrorIds.NotALeftover, ErrorIds.ResourceInUse], sink.Errors.Select(error => error.ErrorId));
        Assert.Equal(found[1].Id, sink.Errors[0].Target);
        Assert.Equal(["web01_os_disk_snapshot-northeurope"], await world.Sandbox.NamesAsync(ResourceTypes.Snapshot, SandboxSession.DiskVersion));
        Assert.Contains("image-copy-rg", await GroupsAsync(world));
    }

    [Fact]
    public async Task WhatIsNoLeftoverIsRefused()
    {
        using LeftoverWorld world = await FurnishedAsync();
        string[] ids = [world.Sandbox.Id("images", ResourceTypes.Disk, "precious"), world.Sandbox.Id("target", ResourceTypes.Image, "web01-northeurope"), $"/subscriptions/{world.Session.SubscriptionId}/resourceGroups/target"];
        string before = world.Sandbox.Fingerprint;
        var sink = new RecordingSink();

        await LeftoverService.RemoveAsync(world.Session, ids, s_everything, new RunOptions(), sink, TestContext.Current.CancellationToken);

        Assert.All(sink.Errors, error => Assert.Equal(ErrorIds.NotALeftover, error.ErrorId));
        Assert.Equal(ids, sink.Errors.Select(error => error.Target));
        Assert.Equal(before, world.Sandbox.Fingerprint);
    }

    [Fact]
    public async Task AGroupGoesLastAndOnlyEmpty()
    {
        using LeftoverWorld world = await LeftoverWorld.OpenAsync();
        await world.BuildByPackerAsync();
        world.Pass(TimeSpan.FromHours(2));
        ImageLeftover[] found = await world.FindAsync();

        RecordingSink early = await Tracked.RemoveAsync(world.Session, [found[^1]]);
        await world.DiskAsync(found[^1].Name, "precious");
        RecordingSink late = await Tracked.RemoveAsync(world.Session, found);

        Assert.Equal(ErrorIds.ResourceInUse, Assert.Single(early.Errors).ErrorId);
        Assert.Equal(ErrorIds.ResourceInUse, Assert.Single(late.Errors).ErrorId);
        Assert.Equal(["precious"], await world.Sandbox.NamesAsync(ResourceTypes.Disk, SandboxSession.DiskVersion));
        Assert.Empty(await world.Sandbox.NamesAsync(ResourceTypes.VirtualMachine, SandboxSession.ComputeVersion));
    }

    [Fact]
    public async Task OneFailureDoesNotStopTheOthers()
    {
        using LeftoverWorld world = await LeftoverWorld.OpenAsync();
        await world.CopyByAzureCliAsync();
        world.Sandbox.Sandbox.AddFault(new ImageCmdlets.Sandbox.SandboxFault { Operation = "StorageAccounts_Delete", Count = 1, Status = 403, Code = "RequestDisallowedByPolicy", Message = "No." });

        RecordingSink sink = await Tracked.RemoveAsync(world.Session, await Tracked.LeftoversAsync(world.Session, s_everything), s_everything);

        Assert.Equal([ErrorIds.PolicyViolation, ErrorIds.ResourceInUse], sink.Errors.Select(error => error.ErrorId));
        Assert.Empty(await world.Sandbox.NamesAsync(ResourceTypes.Snapshot, SandboxSession.DiskVersion));
    }

    private static async Task<LeftoverWorld> FurnishedAsync()
    {
        LeftoverWorld world = await LeftoverWorld.OpenAsync();
        await world.CopyByAzureCliAsync();
        await world.BuildByPackerAsync();
        await world.StageByImageBuilderAsync();
        await world.DiskAsync("images", "precious");
        world.Pass(TimeSpan.FromHours(2));
        return world;
    }

    private static async Task<string[]> GroupsAsync(LeftoverWorld world) =>
        [.. (await world.Sandbox.GetAsync($"/subscriptions/{world.Session.SubscriptionId}/resourcegroups", "2021-04-01"))!["value"]!.AsArray().Select(group => (string)group!["name"]!).Order(StringComparer.Ordinal)];
}
