using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Engine.Tests.SnapshotCopying;

/// <summary>What copies of snapshots are: where, under which names, with which tags, and how they are told.</summary>
public sealed class SnapshotCopyTests
{
    private static readonly RunOptions s_noWait = new() { NoWait = true };
    private readonly RecordingSink _sink = new();

    private IEnumerable<SnapshotCopyResult> Results => _sink.Items.Cast<SnapshotCopyResult>();

    [Fact]
    public async Task ASetArrivesInEachRegionWithItsTags()
    {
        using SnapshotCopyScene scene = await SnapshotCopyScene.OpenAsync();
        DateTimeOffset begin = scene.Sandbox.Sandbox.Clock.GetUtcNow();

        await scene.CopyAsync(_sink, "northeurope", "Japan East");

        Assert.Empty(_sink.Errors);
        Assert.Empty(_sink.Warnings);
        Assert.Equal(["web01-lun0-japaneast", "web01-lun0-northeurope", "web01-os-japaneast", "web01-os-northeurope"], Results.Select(result => result.Name).Order(StringComparer.Ordinal));
        Assert.All(Results, result =>
        {
            Assert.Equal(("Succeeded", 100.0, SnapshotCopyScene.SetId), (result.State, result.PercentComplete, result.SetId));
            Assert.Equal(result.Name.Contains("lun0", StringComparison.Ordinal) ? 0 : null, result.Lun);
            Assert.True(result.Elapsed > TimeSpan.FromMinutes(4));
        });
        IReadOnlyDictionary<string, string> tags = await scene.TagsAsync(scene.SnapshotId("web01-lun0-japaneast"));
        Assert.Equal(["imagecmdlets-lun", "imagecmdlets-set", "imagecmdlets-vm", "team"], tags.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("0", SnapshotCopyScene.SetId, "web"), (tags["imagecmdlets-lun"], tags["imagecmdlets-set"], tags["team"]));

        // All at once: as long as one of them, with the pauses between looks.
        Assert.InRange(scene.Sandbox.Sandbox.Clock.GetUtcNow() - begin, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5.5));
    }

    [Fact]
    public async Task AnotherGroupAndSubscriptionKeepTheName()
    {
        using SnapshotCopyScene scene = await SnapshotCopyScene.OpenAsync();
        string other = scene.Sandbox.Sandbox.Subscriptions[1].Id;
        await scene.Sandbox.GroupAsync("archive", "northeurope", other);

        await scene.CopyAsync(_sink, [scene.OS], SnapshotCopyScene.To("northeurope") with { TargetSubscriptionId = other, TargetResourceGroupName = "archive" });

        Assert.Equal(ResourceId.Of(other, "archive", ResourceTypes.Snapshot, "web01-os").Text, Assert.Single(Results).Id);
    }

    [Fact]
    public async Task AGivenNameKeepsTheDisksOfASetApart()
    {
        using SnapshotCopyScene scene = await SnapshotCopyScene.OpenAsync();

        await scene.CopyAsync(_sink, [scene.OS, scene.Data], SnapshotCopyScene.To("northeurope") with { TargetName = "backup", TargetResourceGroupName = "elsewhere", Tag = new Dictionary<string, string> { ["kept"] = "yes" } });

        Assert.Equal(["backup-lun0", "backup-os"], Results.Select(result => result.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["imagecmdlets-set", "imagecmdlets-vm", "kept"], (await scene.TagsAsync(scene.SnapshotId("backup-os", "elsewhere"))).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task SnapshotsOfOneDiskGoOneAfterTheOtherTheOldestFirst()
    {
        using SnapshotCopyScene scene = await SnapshotCopyScene.OpenAsync();
        string newer = await scene.SnapshotAsync("newer-os", "web01-osdisk");

        await scene.CopyAsync(_sink, [newer, scene.OS], SnapshotCopyScene.To("northeurope"));

        Assert.Empty(_sink.Errors);
        Assert.Equal(["web01-os-northeurope", "newer-os-northeurope"], Results.Select(result => result.Name));
    }

    [Fact]
    public async Task WhatIsNotWaitedForIsBegunAndPickedUp()
    {
        using SnapshotCopyScene scene = await SnapshotCopyScene.OpenAsync();
        string newer = await scene.SnapshotAsync("newer-os", "web01-osdisk");
        await scene.CopyAsync(_sink, s_noWait, [scene.OS, newer, scene.Data], SnapshotCopyScene.To("northeurope"));

        Assert.Equal([("newer-os-northeurope", "NotStarted"), ("web01-lun0-northeurope", "InProgress"), ("web01-os-northeurope", "InProgress")],
            Results.Select(result => (result.Name, result.State)).Order());
        Assert.StartsWith("'newer-os-northeurope' is not begun: Azure copies one snapshot of a disk to a region at a time.", Assert.Single(_sink.Warnings), StringComparison.Ordinal);

        var second = new RecordingSink();
        await scene.CopyAsync(second, [scene.OS, newer, scene.Data], SnapshotCopyScene.To("northeurope"));
        Assert.All(second.Items.Cast<SnapshotCopyResult>(), result => Assert.Equal("Succeeded", result.State));
        Assert.Empty(second.Warnings);
        Assert.DoesNotContain("imagecmdlets-unfinished", await scene.TagsAsync(scene.SnapshotId("web01-os-northeurope")));
    }

    [Fact]
    public async Task WhatIsThereIsGivenAgain()
    {
        using SnapshotCopyScene scene = await SnapshotCopyScene.OpenAsync();
        await scene.CopyAsync(new RecordingSink(), "northeurope");
        string before = scene.Sandbox.Fingerprint;

        await scene.CopyAsync(_sink, "northeurope");

        Assert.Equal(["Succeeded", "Succeeded"], Results.Select(result => result.State));
        Assert.All(_sink.Warnings, warning => Assert.Contains("and is given as it is.", warning, StringComparison.Ordinal));
        Assert.Equal(before, scene.Sandbox.Fingerprint);
    }

    [Fact]
    public async Task InTheSameRegionAFullSnapshotIsCopiedToo()
    {
        using SnapshotCopyScene scene = await SnapshotCopyScene.OpenAsync();
        string full = await scene.SnapshotAsync("full", "web01-data", incremental: false);

        await scene.CopyAsync(_sink, [full], SnapshotCopyScene.To("westeurope") with { TargetResourceGroupName = "elsewhere" });

        SnapshotCopyResult result = Assert.Single(Results);
        Assert.Equal(("Succeeded", "full", "westeurope"), (result.State, result.Name, result.Location));
    }

    [Fact]
    public async Task ProgressTellsPercentAndTimeLeft()
    {
        using SnapshotCopyScene scene = await SnapshotCopyScene.OpenAsync();

        await scene.CopyAsync(_sink, "northeurope");

        OperationProgress[] own = [.. _sink.ProgressRecords.Where(record => record.Activity == "web01-os to northeurope" || record.Activity == "web01-os-northeurope to northeurope")];
        Assert.Contains(own, record => record is { PercentComplete: > 0 and < 100, SecondsRemaining: > 0 });
        Assert.True(own[^1].Completed);
        Assert.True(_sink.ProgressRecords[^1] is { Completed: true, Activity: "Copying snapshots", Status: "2 of 2 copies" });
    }

    [Fact]
    public async Task ACopyCanBeRestoredInItsRegion()
    {
        using SnapshotCopyScene scene = await SnapshotCopyScene.OpenAsync();
        await scene.CopyAsync(_sink, "northeurope");
        var disks = new RecordingSink();

        await SnapshotService.RestoreAsync(scene.Sandbox.Session, [new RestoreSnapshotOptions { Source = scene.SnapshotId("web01-os-northeurope"), Name = "again" }], new RunOptions(), disks, TestContext.Current.CancellationToken);

        Assert.Equal("northeurope", Assert.IsType<ManagedDisk>(Assert.Single(disks.Items)).Location);
    }
}
