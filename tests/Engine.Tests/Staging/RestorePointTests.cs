using ImageCmdlets.Engine.Tests.Vms;

namespace ImageCmdlets.Engine.Tests.Staging;

/// <summary>Snapshots of all disks of a machine in one moment.</summary>
public sealed class RestorePointTests
{
    [Fact]
    public async Task ASetIsOfOneMomentAndNothingElseIsLeft()
    {
        using StagingScene scene = await StagingScene.OpenAsync();
        ImageVM vm = scene.World.Machines.Single();

        ImageSnapshot[] set = await scene.TakeAsync(scene.OfPoint() with { Tag = new Dictionary<string, string> { ["team"] = "web" } });

        Assert.Equal(["before-os", "before-lun0"], set.Select(snapshot => snapshot.Name));
        Assert.Equal([null, 0], set.Select(snapshot => snapshot.Lun));
        Assert.Equal([vm.OSDisk!.SourceId, vm.DataDisk[0].SourceId], set.Select(snapshot => snapshot.SourceId));
        Assert.All(set, snapshot =>
        {
            Assert.Equal(("FileSystemConsistent", vm.Id, set[0].SetId, true), (snapshot.Consistency, snapshot.VMId, snapshot.SetId, snapshot.Incremental));
            Assert.Equal("web", snapshot.Tag["team"]);
            Assert.Null(snapshot.RestorePointId);
            Assert.DoesNotContain("imagecmdlets-unfinished", snapshot.Tag.Keys);
        });
        Assert.DoesNotContain("imagecmdlets-unfinished", (await scene.SnapshotAsync("before-os"))["tags"]!.AsObject().Select(tag => tag.Key));
        scene.AssertTidy(snapshots: 2);
    }

    [Fact]
    public async Task CrashConsistencyIsAskedForAndTold()
    {
        using StagingScene scene = await StagingScene.OpenAsync();

        ImageSnapshot[] set = await scene.TakeAsync(scene.OfPoint() with { CrashConsistent = true, Full = true });

        Assert.All(set, snapshot => Assert.Equal(("CrashConsistent", false), (snapshot.Consistency, snapshot.Incremental)));
    }

    [Fact]
    public async Task ThePointIsKeptWhereThatIsAskedFor()
    {
        using StagingScene scene = await StagingScene.OpenAsync();

        ImageSnapshot[] set = await scene.TakeAsync(scene.OfPoint() with { KeepRestorePoint = true, OSDiskOnly = true });

        string collection = scene.World.Id(ResourceTypes.RestorePointCollection, "before");
        Assert.Equal(("before", collection + "/restorePoints/before"), (Assert.Single(set).Name, set[0].RestorePointId));
        Assert.Null((await scene.World.GetAsync(ResourceTypes.RestorePointCollection, "before", VMWorld.Compute))!["tags"]?.AsObject().Select(tag => tag.Key).FirstOrDefault());
        Assert.Equal(2, scene.World.Count(ResourceTypes.Disk));
    }

    [Fact]
    public async Task WhatHasTheNameIsRefused()
    {
        using StagingScene scene = await StagingScene.OpenAsync();
        await scene.TakeAsync(scene.OfPoint());

        ImageCmdletsException error = await scene.RefusedAsync(scene.OfPoint());

        Assert.Equal((ErrorIds.ResourceAlreadyExists, scene.World.Id(ResourceTypes.Snapshot, "before-os")), (error.ErrorId, error.Target));
    }

    [Fact]
    public async Task ACollectionOfSomebodyElseIsRefused()
    {
        using StagingScene scene = await StagingScene.OpenAsync();
        string collection = scene.World.Id(ResourceTypes.RestorePointCollection, "before");
        await scene.World.PutAsync(collection, VMWorld.Compute, $$"""{"location":"westeurope","properties":{"source":{"id":"{{scene.Machine}}"} } }""");

        ImageCmdletsException error = await scene.RefusedAsync(scene.OfPoint());

        Assert.Equal((ErrorIds.ResourceAlreadyExists, collection), (error.ErrorId, error.Target));
    }

    [Fact]
    public async Task ADiskHasNoRestorePoint()
    {
        using StagingScene scene = await StagingScene.OpenAsync();
        string disk = scene.World.Machines.Single().OSDisk!.SourceId!;

        ImageCmdletsException error = await scene.RefusedAsync(scene.OfPoint() with { Source = disk });

        Assert.Equal((ErrorIds.InvalidArgument, disk), (error.ErrorId, error.Target));
    }

    [Theory]
    [InlineData("RestorePointCollections_CreateOrUpdate", 0)]
    [InlineData("RestorePoints_Create", 0)]
    [InlineData("Disks_CreateOrUpdate", 1)]
    [InlineData("Snapshots_CreateOrUpdate", 1)]
    public async Task ARefusalLeavesNothingHalf(string operation, int skip)
    {
        using StagingScene scene = await StagingScene.OpenAsync();
        scene.Refuse(operation, skip);

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => scene.TakeAsync(scene.OfPoint()));

        Assert.Equal(ErrorIds.PolicyViolation, error.ErrorId);
        scene.AssertTidy(snapshots: 0);
    }

    [Fact]
    public async Task AnUnnamedRunThatWasStoppedIsGoneOnWith()
    {
        using StagingScene scene = await StagingScene.OpenAsync();
        await Interruption.RunUntilAsync(14, (sink, token) => StagingScene.TakeAsync(scene.Session, sink, scene.OfPoint(name: null), token));
        Assert.Equal(1, scene.World.Count(ResourceTypes.RestorePointCollection));
        scene.Sandbox.Clock.Advance(TimeSpan.FromMinutes(5));

        ImageSnapshot[] set = await scene.TakeAsync(scene.OfPoint(name: null));

        Assert.Equal(2, set.Length);
        scene.AssertTidy(snapshots: 2);
    }

    [Fact]
    public async Task AMachineThatIsRemovedMeanwhileIsInItsSnapshots()
    {
        using StagingScene scene = await StagingScene.OpenAsync();
        var sink = new RecordingSink();
        sink.OnProgress = record =>
        {
            if (record.Status == "Disks and snapshots")
                scene.World.DeleteAsync(scene.Machine, VMWorld.Compute).GetAwaiter().GetResult();
        };

        await StagingScene.TakeAsync(scene.Session, sink, scene.OfPoint(), TestContext.Current.CancellationToken);
        scene.Sandbox.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(["before-lun0", "before-os"], sink.Items.Cast<ImageSnapshot>().Select(snapshot => snapshot.Name).Order(StringComparer.Ordinal));
        Assert.Null(await scene.World.GetAsync(ResourceTypes.VirtualMachine, "web01", VMWorld.Compute));
    }
}
