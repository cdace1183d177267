using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Engine.Tests.Staging;

/// <summary>Snapshots of what is no disk: image versions; of managed images there are none.</summary>
public sealed class ImageSnapshotTests
{
    [Theory]
    [InlineData(null, "westeurope")]
    [InlineData("North Europe", "northeurope")]
    public async Task AVersionGivesASnapshotOfEachDiskInItsRegions(string? location, string expected)
    {
        using StagingScene scene = await StagingScene.OpenWithVersionAsync();

        ImageSnapshot[] set = await scene.TakeAsync(scene.OfVersion() with { Location = location });

        Assert.Equal([("before-os", (int?)null, 30), ("before-lun3", 3, 16)], set.Select(snapshot => (snapshot.Name, snapshot.Lun, snapshot.DiskSizeGB!.Value)));
        Assert.All(set, snapshot => Assert.Equal((expected, scene.Version, set[0].SetId), (snapshot.Location, snapshot.SourceId, snapshot.SetId)));
        Assert.Equal(("Linux", "Generalized", null), (set[0].OSType, set[0].OSState, set[0].VMId));
        scene.AssertTidy(snapshots: 2);
    }

    [Fact]
    public async Task ADefinitionMeansItsNewestVersion()
    {
        using StagingScene scene = await StagingScene.OpenWithVersionAsync();

        ImageSnapshot[] set = await scene.TakeAsync(scene.OfVersion() with { Source = scene.World.Id(ResourceTypes.Gallery, "gal") + "/images/web", OSDiskOnly = true });

        Assert.Equal(("before", scene.Version), (Assert.Single(set).Name, set[0].SourceId));
    }

    [Fact]
    public async Task OfAManagedImageAzureMakesNoDisks()
    {
        using StagingScene scene = await StagingScene.OpenWithImageAsync();

        ImageCmdletsException error = await scene.RefusedAsync(new NewSnapshotOptions { Source = "golden", ResourceGroupName = "images" });

        Assert.Equal((ErrorIds.OperationNotSupported, scene.Image), (error.ErrorId, error.Target));
        Assert.Contains("a version of the image in a gallery", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARegionWithoutTheVersionIsRefused()
    {
        using StagingScene scene = await StagingScene.OpenWithVersionAsync();

        ImageCmdletsException error = await scene.RefusedAsync(scene.OfVersion() with { Location = "japaneast" });

        Assert.Equal((ErrorIds.RegionMismatch, scene.Version), (error.ErrorId, error.Target));
    }

    [Fact]
    public async Task ARegionForAMachineIsRefused()
    {
        using StagingScene scene = await StagingScene.OpenAsync();

        ImageCmdletsException error = await scene.RefusedAsync(new NewSnapshotOptions { Source = scene.Machine, Location = "northeurope" });

        Assert.Equal((ErrorIds.InvalidArgument, "northeurope"), (error.ErrorId, error.Target));
    }

    [Fact]
    public async Task SeveralStepsAreWaitedFor()
    {
        using StagingScene scene = await StagingScene.OpenWithVersionAsync();
        string before = scene.World.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() => SnapshotService.CreateAsync(scene.Session,
            [new NewSnapshotOptions { Source = scene.Version }], new RunOptions { NoWait = true }, new RecordingSink(), TestContext.Current.CancellationToken));

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Equal(before, scene.World.Fingerprint);
    }
}
