namespace ImageCmdlets.Engine.Tests.ScaleSets;

public sealed class ScaleSetReaderTests
{
    private const string Latest = "Canonical:ubuntu-24_04-lts:server:latest";

    [Fact]
    public async Task AListTellsWhatModelsName()
    {
        using ScaleSetScene scene = await ScaleSetScene.OpenAsync();
        await scene.MakeAsync("web");
        await scene.MakeAsync("app", isFlexible: true);

        await scene.GetAsync(new ResourceQuery { ResourceGroupName = "images" }, withInstances: false);

        Assert.Equal([("app", "Flexible"), ("web", "Uniform")], scene.Sets.Select(set => (set.Name, set.OrchestrationMode)).Order());
        Assert.All(scene.Sets, set => Assert.Equal((Latest, 2, "Standard_B1s", "westeurope", "web", "Succeeded"),
            (set.Image, set.Capacity, set.Size, set.Location, set.Tag["team"], set.ProvisioningState)));
        Assert.All(scene.Sets, set => Assert.True(set.Instance is null && set.LatestModelCount is null && set.OutdatedCount is null));
    }

    [Theory]
    [InlineData("web", null)]
    [InlineData("web", "images")]
    [InlineData("WE*", "im*")]
    public async Task InstancesComeWithWhatTheyRun(string name, string? group)
    {
        using ScaleSetScene scene = await ScaleSetScene.OpenAsync();
        await scene.MakeAsync("web", isWatched: true);

        await scene.GetAsync(new ResourceQuery { ResourceGroupName = group, Name = name }, withInstances: true);

        ImageScaleSet set = Assert.Single(scene.Sets);
        Assert.Equal(("Manual", 2, 0), (set.UpgradeMode, set.LatestModelCount, set.OutdatedCount));
        Assert.Equal(["0", "1"], set.Instance!.Select(instance => instance.InstanceId));
        Assert.All(set.Instance!, instance => Assert.Equal((true, "Running", "Healthy", "Succeeded"),
            (instance.LatestModelApplied, instance.PowerState, instance.Health, instance.ProvisioningState)));
        Assert.All(set.Instance!, instance => Assert.Equal($"Canonical:ubuntu-24_04-lts:server:{instance.Version}", instance.Image));
        Assert.All(set.Instance!, instance => Assert.Matches(@"^\d+\.\d+\.\d+$", instance.Version));
    }

    [Fact]
    public async Task InstancesOfAnEarlierModelAreCounted()
    {
        using ScaleSetScene scene = await ScaleSetScene.OpenAsync();
        await scene.MakeAsync("web");
        await scene.PatchAsync("web", """{"sku":{"name":"Standard_B2s","tier":"Standard","capacity":3}}""");

        await scene.GetAsync(new ResourceQuery { Id = scene.Id("web") }, withInstances: true);

        ImageScaleSet set = Assert.Single(scene.Sets);
        Assert.Equal((3, 1, 2), (set.Capacity, set.LatestModelCount, set.OutdatedCount));
        Assert.Equal([("0", false, "Standard_B1s"), ("1", false, "Standard_B1s"), ("2", true, "Standard_B2s")],
            set.Instance!.Select(instance => (instance.InstanceId!, instance.LatestModelApplied!.Value, instance.Size!)));
        Assert.All(set.Instance!, instance => Assert.Null(instance.Health));
    }

    [Fact]
    public async Task MachinesOfAFlexibleSetAreItsInstances()
    {
        using ScaleSetScene scene = await ScaleSetScene.OpenAsync();
        await scene.MakeAsync("app", isFlexible: true);

        await scene.GetAsync(new ResourceQuery { Name = "app" }, withInstances: true);

        ImageScaleSet set = Assert.Single(scene.Sets);
        Assert.Equal(2, set.Instance!.Count);
        Assert.Null(set.LatestModelCount);
        Assert.Null(set.OutdatedCount);
        Assert.All(set.Instance!, instance =>
        {
            Assert.StartsWith("app_", instance.InstanceId, StringComparison.Ordinal);
            Assert.Equal((ResourceTypes.VirtualMachine, "Running", null, "Standard_B1s"),
                (ResourceId.TryParse(instance.Id)!.ResourceType, instance.PowerState, instance.LatestModelApplied, instance.Size));
            Assert.StartsWith("Canonical:ubuntu-24_04-lts:server:", instance.Image, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("images")]
    [InlineData(null)]
    public async Task AMissingSetIsNotFound(string? group)
    {
        using ScaleSetScene scene = await ScaleSetScene.OpenAsync();

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(
            () => scene.GetAsync(new ResourceQuery { ResourceGroupName = group, Name = "none" }, withInstances: true));

        Assert.Equal(ErrorIds.ResourceNotFound, error.ErrorId);
    }

    [Fact]
    public async Task AnIdOfSomethingElseIsRefused()
    {
        using ScaleSetScene scene = await ScaleSetScene.OpenAsync();

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(
            () => scene.GetAsync(new ResourceQuery { Id = scene.Sandbox.Id("images", ResourceTypes.VirtualMachine, "web") }, withInstances: false));

        Assert.Equal(ErrorIds.InvalidResourceId, error.ErrorId);
    }
}
