namespace ImageCmdlets.Engine.Tests.Galleries;

/// <summary>Image versions of an image: number, regions, settings, and what the same command does again.</summary>
public sealed class NewVersionTests
{
    [Fact]
    public async Task TheFirstIsInTheSourcesRegionWithAllItsDisks()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();

        ImageVersion version = await scene.CreateAsync(scene.Options());

        Assert.Equal(("1.0.0", new Version(1, 0, 0), "web", "prod", "images"), (version.Name, version.Version, version.DefinitionName, version.GalleryName, version.ResourceGroupName));
        Assert.Equal(("westeurope", scene.ImageId, "Succeeded", "Completed", "Full", false), (version.Location, version.SourceId, version.ProvisioningState, version.ReplicationState, version.ReplicationMode, version.ExcludeFromLatest));
        Assert.Equal([(3, "ReadOnly", 64)], version.DataDisk.Select(disk => (disk.Lun, disk.Caching, disk.DiskSizeGB)).Select(disk => (disk.Lun!.Value, disk.Caching!, disk.DiskSizeGB!.Value)));
        Assert.Equal("westeurope 1 Completed 100", Told(version));
        Assert.Equal(["PlanName", "PlanProduct", "PlanPublisher", "imagecmdlets-operation", "imagecmdlets-source", "imagecmdlets-step", "team"], version.Tag.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ItIsAsItIsWanted()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        DateTimeOffset end = scene.Sandbox.Sandbox.Clock.GetUtcNow().AddYears(2);

        ImageVersion version = await scene.CreateAsync(scene.Options() with
        {
            Version = "3.2.1", TargetRegion = [new ImageTargetRegion("West Europe=3"), new ImageTargetRegion("northeurope") { ExcludeFromLatest = true, StorageAccountType = "Premium_LRS" }], ReplicaCount = 2,
            StorageAccountType = "Standard_ZRS", StageExcluded = true, EndOfLifeDate = end, BlockDeletionBeforeEndOfLife = true, Tag = new Dictionary<string, string> { ["build"] = "7" },
        });

        Assert.Equal(("3.2.1", true, true, true, "7"), (version.Name, version.ExcludeFromLatest, version.IsStaged, version.BlockDeletionBeforeEndOfLife, version.Tag["build"]));
        Assert.Equal(end.ToUnixTimeSeconds(), version.EndOfLifeDate!.Value.ToUnixTimeSeconds());
        Assert.Equal("westeurope 3 Completed 100, northeurope 2 Completed 100", Told(version));
        Assert.Equal(["Standard_ZRS", "Premium_LRS"], version.TargetRegion.Select(region => region.StorageAccountType));
        Assert.Equal([null, true], version.TargetRegion.Select(region => region.ExcludeFromLatest));
    }

    [Fact]
    public async Task TheNextNumberFollowsTheGreatestInWhateverState()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        await scene.FurnishVersionAsync("1.9.0", more: ""","excludeFromLatest":true""");
        scene.FailRegion("westeurope");
        await scene.FurnishVersionAsync("1.10.0");

        Assert.Equal("1.10.1", (await scene.CreateAsync(scene.Options())).Name);
        Assert.Equal("1.11.0", (await scene.CreateAsync(scene.Options() with { Increment = VersionIncrement.Minor })).Name);
        Assert.Equal("2.0.0", (await scene.CreateAsync(scene.Options() with { Increment = VersionIncrement.Major })).Name);
        Assert.Equal("1.11.1", (await scene.CreateAsync(scene.Options() with { Major = 1 })).Name);
    }

    [Fact]
    public async Task WhoPublishesTheSameAgainIsTold()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        var first = new RecordingSink();
        await scene.CreateAsync(first, scene.Options());
        var second = new RecordingSink();
        await scene.CreateAsync(second, scene.Options());
        var other = new RecordingSink();
        await scene.CreateAsync(other, scene.Options() with { Source = await scene.ImageAsync("other") });
        var older = new RecordingSink();
        await scene.CreateAsync(older, scene.Options());

        Assert.Equal(["1.0.0", "1.0.1", "1.0.2", "1.0.3"], await scene.VersionsAsync());
        Assert.StartsWith("Version 1.0.0 of 'web', the newest, was made of ", Assert.Single(second.Warnings), StringComparison.Ordinal);
        Assert.Empty(first.Warnings.Concat(other.Warnings).Concat(older.Warnings));
    }

    [Theory]
    [InlineData("nope", "prod", ErrorIds.ResourceGroupNotFound)]
    [InlineData("images", "nope", ErrorIds.ImageNotFound)]
    public async Task WhatIsMissingIsNamed(string group, string gallery, string errorId)
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();

        ImageCmdletsException error = await scene.RefusedAsync(scene.Options() with { DefinitionId = scene.Sandbox.Id(group, ResourceTypes.Gallery, gallery) + "/images/web" });

        Assert.Equal(errorId, error.ErrorId);
    }

    [Fact]
    public async Task ANumberThatCanBeRestoredIsNotFree()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        await scene.Sandbox.SendAsync("PATCH", $"{scene.GalleryId}?api-version={GalleryScene.Version}", """{"properties":{"softDeletePolicy":{"isSoftDeleteEnabled":true}}}""");
        await scene.Sandbox.DeleteAsync(await scene.FurnishVersionAsync("1.0.0"), GalleryScene.Version);
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal("1.0.1", (await scene.CreateAsync(scene.Options())).Name);
    }

    [Fact]
    public async Task AFinishedOneIsNotGoneOnWith()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();

        Assert.Equal("1.0.0", (await scene.CreateAsync(scene.Options())).Name);
        Assert.Equal("1.0.1", (await scene.CreateAsync(scene.Options())).Name);
    }

    [Fact]
    public async Task WhatWasNotWaitedForIsGoneOnWith()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        var sink = new RecordingSink();
        await scene.CreateAsync(sink, scene.Options(), new RunOptions { NoWait = true });

        ImageVersion version = await scene.CreateAsync(scene.Options());

        Assert.Equal(("InProgress", scene.VersionId("1.0.0")), (Assert.IsType<ImageOperation>(Assert.Single(sink.Items)).State, version.Id));
        Assert.Equal(["1.0.0"], await scene.VersionsAsync());
        Assert.DoesNotContain("imagecmdlets-unfinished", version.Tag.Keys);
    }

    [Fact]
    public async Task AVersionThatIsThereIsGivenOfTheSameSourceOnly()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        NewVersionOptions options = scene.Options() with { Version = "1.0.0" };
        await scene.CreateAsync(options);
        string before = scene.Sandbox.Fingerprint;
        var sink = new RecordingSink();

        await scene.CreateAsync(sink, options);

        Assert.Contains("is there already", Assert.Single(sink.Warnings), StringComparison.Ordinal);
        Assert.Equal((before, 1), (scene.Sandbox.Fingerprint, sink.Items.Count));
        await scene.ImageAsync("other");
        Assert.Equal(ErrorIds.ResourceAlreadyExists, (await scene.RefusedAsync(options with { Source = scene.Sandbox.Id("images", ResourceTypes.Image, "other") })).ErrorId);
        Assert.Equal(ErrorIds.ResourceAlreadyExists, (await scene.RefusedAsync(options with { TargetRegion = [new ImageTargetRegion("westeurope"), new ImageTargetRegion("japaneast")] })).ErrorId);
    }

    [Fact]
    public async Task ProgressIsToldForEachRegion()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        var sink = new RecordingSink();

        await scene.CreateAsync(sink, scene.Options() with { TargetRegion = [new ImageTargetRegion("westeurope"), new ImageTargetRegion("northeurope")] });

        OperationProgress whole = sink.ProgressRecords.First(record => record.ParentActivityId == -1);
        Assert.Equal("Making version 1.0.0 of web", whole.Activity);
        foreach (string region in (string[])["westeurope", "northeurope"])
        {
            OperationProgress[] own = [.. sink.ProgressRecords.Where(record => record.Activity == region)];
            Assert.All(own, record => Assert.Equal(whole.ActivityId, record.ParentActivityId));
            Assert.Contains(own, record => record.PercentComplete is > 0 and < 100 && record.SecondsRemaining > 0);
            Assert.True(own[^1].Completed);
        }
    }

    private static string Told(ImageVersion version) => string.Join(", ", version.TargetRegion.Select(region => $"{region.Location} {region.ReplicaCount} {region.State} {region.Progress}"));

    [Fact]
    public async Task EachRegionHasKeysOfItsOwn()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        string west = await SetAsync(scene, "west", "westeurope"), data = await SetAsync(scene, "data", "westeurope"), north = await SetAsync(scene, "north", "northeurope");

        ImageVersion version = await scene.CreateAsync(scene.Options() with
        {
            TargetRegion =
            [
                new ImageTargetRegion { Location = "westeurope", DiskEncryptionSetId = west, DataDiskEncryptionSetId = [data] },
                new ImageTargetRegion { Location = "northeurope", DiskEncryptionSetId = north },
            ],
        });

        Assert.Equal([$"westeurope {west} {data}", $"northeurope {north} {north}"],
            version.TargetRegion.Select(region => $"{region.Location} {region.DiskEncryptionSetId} {string.Join(",", region.DataDiskEncryptionSetId)}"), StringComparer.OrdinalIgnoreCase);
        ImageCmdletsException error = await scene.RefusedAsync(scene.Options() with { TargetRegion = [new ImageTargetRegion { Location = "westeurope", DiskEncryptionSetId = north }] });
        Assert.Contains("north", error.Message, StringComparison.Ordinal);
    }

    private static async Task<string> SetAsync(GalleryScene scene, string name, string location)
    {
        string id = scene.Sandbox.Id("images", "Microsoft.Compute/diskEncryptionSets", name);
        await scene.Sandbox.SendAsync("PUT", $"{id}?api-version=2022-03-02",
            $$$"""{"location":"{{{location}}}","identity":{"type":"SystemAssigned"},"properties":{"activeKey":{"keyUrl":"https://vault.vault.azure.net/keys/key/0403edced5f34987809b71a8a128868d"} } }""");
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        return id;
    }
}
