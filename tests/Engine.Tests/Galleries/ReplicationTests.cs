using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Tests.Usage;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Tests.Galleries;

/// <summary>Regions of image versions: shown, added, given up and awaited; killed, failing, and changed by two at once.</summary>
public sealed class ReplicationTests
{
    private const string Two = """{"name":"westeurope","regionalReplicaCount":2,"excludeFromLatest":true},{"name":"northeurope","storageAccountType":"Premium_LRS"}""";

    [Fact]
    public async Task WhatIsNotNamedStaysAsItWas()
    {
        using GalleryScene scene = await OpenAsync();

        RegionReplication[] regions = await SetAsync(scene, Add("japaneast=3") with { RemoveRegion = ["North Europe"] });

        Assert.Equal(["westeurope 2 Completed 100", "japaneast 3 Completed 100"], regions.Select(region => $"{region.Region} {region.ReplicaCount} {region.State} {region.Progress}"));
        ImageVersion version = await scene.ReadVersionAsync("1.0.0");
        Assert.Equal((true, "Standard_LRS"), (version.TargetRegion[0].ExcludeFromLatest, version.TargetRegion[0].StorageAccountType));
    }

    [Fact]
    public async Task ReplicasOfAllOrOfOne()
    {
        using GalleryScene scene = await OpenAsync();

        await SetAsync(scene, Add("northeurope=5") with { ReplicaCount = 3 });

        ImageVersion version = await scene.ReadVersionAsync("1.0.0");
        Assert.Equal(["westeurope=3", "northeurope=5"], version.TargetRegion.Select(region => region.ToString()));
        Assert.Equal("Premium_LRS", version.TargetRegion[1].StorageAccountType);
    }

    [Fact]
    public async Task WhatIsAsWantedIsNotWritten()
    {
        using GalleryScene scene = await OpenAsync();
        string before = scene.Sandbox.Fingerprint;

        await SetAsync(scene, Add("northeurope") with { RemoveRegion = ["japaneast"] });

        Assert.Equal(before, scene.Sandbox.Fingerprint);
    }

    [Theory]
    [InlineData("its own region", ErrorIds.InvalidArgument)]
    [InlineData("a region that is none", ErrorIds.InvalidLocation)]
    [InlineData("one twice", ErrorIds.InvalidArgument)]
    [InlineData("one added and removed", ErrorIds.InvalidArgument)]
    [InlineData("no version", ErrorIds.ImageNotFound)]
    public async Task WhatCannotBeIsRefusedAndNothingIsChanged(string problem, string errorId)
    {
        using GalleryScene scene = await OpenAsync();
        SetReplicationOptions options = problem switch
        {
            "its own region" => new() { Id = scene.VersionId("1.0.0"), RemoveRegion = ["westeurope"] },
            "a region that is none" => Add("mars"),
            "one twice" => new() { Id = scene.VersionId("1.0.0"), AddRegion = [new("japaneast"), new("Japan East")] },
            "one added and removed" => Add("japaneast") with { RemoveRegion = ["japaneast"] },
            _ => Add("japaneast") with { Id = scene.VersionId("9.0.0") },
        };
        options = options with { Id = options.Id.Length == 0 ? scene.VersionId("1.0.0") : options.Id };
        string before = scene.Sandbox.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => SetAsync(scene, options));

        Assert.Equal((errorId, before), (error.ErrorId, scene.Sandbox.Fingerprint));
    }

    [Fact]
    public async Task ARegionThatFailsIsNamedAndTriedAgainByTheSameCommand()
    {
        using GalleryScene scene = await OpenAsync();
        scene.FailRegion("japaneast", "GalleryImageVersions_Update");
        var sink = new RecordingSink();
        await SetAsync(scene, sink, Add("japaneast"), new RunOptions());

        Assert.Equal((ErrorIds.ReplicationFailed, true), (Assert.Single(sink.Errors).ErrorId, sink.Errors[0].Message.Contains("japaneast", StringComparison.Ordinal)));
        Assert.Equal(["Completed", "Completed", "Failed"], sink.Items.Cast<RegionReplication>().Select(region => region.State));

        Assert.All(await SetAsync(scene, Add("japaneast")), region => Assert.Equal("Completed", region.State));
    }

    [Theory]
    [InlineData(KillMoment.BeforeCall, 8)]
    [InlineData(KillMoment.AfterWrite, 1)]
    public async Task TheSameCommandEndsIt(KillMoment moment, int fewest)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, OpenAsync, static scene => scene.Sandbox.Session, scene => (session, sink, token) =>
            ReplicationService.SetAsync(session, [Named(scene, Add("japaneast=2") with { RemoveRegion = ["northeurope"] })], new RunOptions(), sink, token));

        Assert.InRange(kills, fewest, 300);
    }

    [Theory]
    [MemberData(nameof(TransientFaults.Names), MemberType = typeof(TransientFaults))]
    public async Task FaultsThatPassDoNotStopIt(string fault)
    {
        int requests = await TransientFaults.AtEveryRequestAsync(fault, OpenAsync, static scene => scene.Sandbox.Sandbox, async scene =>
            Assert.Equal(3, (await SetAsync(scene, Add("japaneast"))).Count(region => region.State == "Completed")));

        Assert.InRange(requests, 8, 300);
    }

    [Fact]
    public async Task TwoAtOnceBothGetTheirRegion()
    {
        using GalleryScene scene = await OpenAsync();

        await SideBySide.RunAsync(scene.Sandbox.Sandbox.Clock, 0, () => SetAsync(scene, Add("japaneast")), () => SetAsync(scene, Add("eastus")));

        Assert.Equal(["eastus", "japaneast", "northeurope", "westeurope"], (await scene.ReadVersionAsync("1.0.0")).TargetRegion.Select(region => region.Location).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task SomeRegionsAreWaitedForAndTheOthersAreNot()
    {
        using GalleryScene scene = await OpenAsync();
        await SetAsync(scene, new RecordingSink(), Add("japaneast") with { AddRegion = [new("eastus"), new("japaneast")] }, new RunOptions { NoWait = true });
        var sink = new RecordingSink();

        await WaitAsync(scene, sink, new WaitReplicationOptions { Id = scene.VersionId("1.0.0"), Region = ["eastus"] });

        RegionReplication region = Assert.IsType<RegionReplication>(Assert.Single(sink.Items));
        Assert.Equal(("eastus", "Completed", 100), (region.Region, region.State, region.Progress));
        Assert.True(region.Elapsed > TimeSpan.FromMinutes(1));
        RegionReplication[] now = await GetAsync(scene);
        Assert.Equal("Updating", now[0].ProvisioningState);

        await WaitAsync(scene, new RecordingSink(), new WaitReplicationOptions { Id = scene.VersionId("1.0.0") });
        Assert.All(await GetAsync(scene), there => Assert.Equal("Completed", there.State));
    }

    [Fact]
    public async Task EnoughIsEnough()
    {
        using GalleryScene scene = await OpenAsync();
        scene.FailRegion("eastus", "GalleryImageVersions_Update");
        await SetAsync(scene, new RecordingSink(), Add("eastus"), new RunOptions());
        var sink = new RecordingSink();

        await WaitAsync(scene, sink, new WaitReplicationOptions { Id = scene.VersionId("1.0.0"), MinimumReplicated = 2 });
        Assert.Empty(sink.Errors);

        await WaitAsync(scene, sink, new WaitReplicationOptions { Id = scene.VersionId("1.0.0") });
        Assert.Contains("eastus", Assert.Single(sink.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARegionThatItIsNotToBeInIsNotWaitedFor()
    {
        using GalleryScene scene = await OpenAsync();

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => WaitAsync(scene, new RecordingSink(), new WaitReplicationOptions { Id = scene.VersionId("1.0.0"), Region = ["eastus"] }));

        Assert.Equal(ErrorIds.RegionMismatch, error.ErrorId);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2, "westeurope")]
    public async Task MoreRegionsThanThereAreAreNotWaitedFor(int minimum, params string[] regions)
    {
        using GalleryScene scene = await OpenAsync();
        var sink = new RecordingSink();

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => WaitAsync(scene, sink, new WaitReplicationOptions { Id = scene.VersionId("1.0.0"), Region = regions, MinimumReplicated = minimum }));

        Assert.Equal((ErrorIds.RegionMismatch, (object)scene.VersionId("1.0.0")), (error.ErrorId, error.Target));
        Assert.Contains($"in {minimum} of the regions", error.Message, StringComparison.Ordinal);
        Assert.Empty(sink.Items);
    }

    [Fact]
    public async Task WhileItIsMadeItSaysWhenItWillBeThere()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        await scene.CreateAsync(new RecordingSink(), scene.Options(), new RunOptions { NoWait = true });
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(3));

        RegionReplication region = Assert.Single(await GetAsync(scene));

        Assert.Equal(("Replicating", "Creating"), (region.State, region.ProvisioningState));
        Assert.InRange(region.Progress, 30, 70);
        Assert.InRange(region.EstimatedEnd!.Value - scene.Sandbox.Sandbox.Clock.GetUtcNow(), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(6));
    }

    private static async Task<GalleryScene> OpenAsync()
    {
        GalleryScene scene = await GalleryScene.OpenAsync();
        await scene.FurnishVersionAsync("1.0.0", regions: Two);
        return scene;
    }

    private static SetReplicationOptions Add(string region) => new() { Id = string.Empty, AddRegion = [new ImageTargetRegion(region)] };

    private static SetReplicationOptions Named(GalleryScene scene, SetReplicationOptions options) => options.Id.Length > 0 ? options : options with { Id = scene.VersionId("1.0.0") };

    private static Task SetAsync(GalleryScene scene, RecordingSink sink, SetReplicationOptions options, RunOptions run) =>
        ReplicationService.SetAsync(scene.Sandbox.Session, [Named(scene, options)], run, sink, TestContext.Current.CancellationToken);

    private static async Task<RegionReplication[]> SetAsync(GalleryScene scene, SetReplicationOptions options)
    {
        var sink = new RecordingSink();
        await SetAsync(scene, sink, options, new RunOptions());
        Assert.Empty(sink.Errors);
        return [.. sink.Items.Cast<RegionReplication>()];
    }

    private static Task WaitAsync(GalleryScene scene, RecordingSink sink, WaitReplicationOptions options) =>
        ReplicationService.WaitAsync(scene.Sandbox.Session, [options], new RunOptions(), sink, TestContext.Current.CancellationToken);

    private static async Task<RegionReplication[]> GetAsync(GalleryScene scene)
    {
        var sink = new RecordingSink();
        await ReplicationService.GetAsync(scene.Sandbox.Session, new GalleryQuery { Id = scene.VersionId("1.0.0") }, [], sink, TestContext.Current.CancellationToken);
        return [.. sink.Items.Cast<RegionReplication>()];
    }

    [Fact]
    public async Task ARegionInWhichMachinesAreIsNotGivenUpWithoutTheWordForIt()
    {
        using UsageScene scene = await UsageScene.OpenAsync();
        string version = await scene.Gallery.FurnishVersionAsync("1.1.0", regions: """{"name":"westeurope"},{"name":"northeurope"},{"name":"eastus"}""");
        var request = new NewVMOptions { ResourceGroupName = "apps", Name = "web01", Location = "northeurope", Image = version };
        await VMService.NewAsync(scene.Gallery.Sandbox.Session, [request], new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken);
        string before = scene.Gallery.Sandbox.Fingerprint;
        SetReplicationOptions options = new() { Id = version, RemoveRegion = ["North Europe"] };

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => SetAsync(scene, options));

        Assert.Equal((ErrorIds.ResourceInUse, "'web 1.1.0' is in use in North Europe by VM web01."), (error.ErrorId, error.Message));
        Assert.Equal(before, scene.Gallery.Sandbox.Fingerprint);
        await SetAsync(scene, options with { RemoveRegion = ["eastus"] });
        await SetAsync(scene, options with { AllowInUse = true });
        Assert.Equal("westeurope", Assert.Single((await scene.Gallery.ReadVersionAsync("1.1.0")).TargetRegion).Location);
    }

    private static Task SetAsync(UsageScene scene, SetReplicationOptions options) =>
        ReplicationService.SetAsync(scene.Gallery.Sandbox.Session, [options], new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken);
}
