namespace ImageCmdlets.Engine.Tests.Copying;

/// <summary>Bad input changes nothing and names what is wrong.</summary>
public sealed class CopyRefusalTests
{
    [Fact]
    public async Task UnknownRegionsFailAloneBeforeAnythingIsChanged()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        string before = scene.Sandbox.Fingerprint;
        var sink = new RecordingSink { OnError = _ => Assert.Equal(before, scene.Sandbox.Fingerprint) };

        await scene.CopyAsync(sink, "westeurop", "northeurope", "mars/2");

        Assert.Equal([(ErrorIds.InvalidLocation, "westeurop"), (ErrorIds.InvalidLocation, "mars/2")], sink.Errors.Select(error => (error.ErrorId, (string)error.Target!)));
        Assert.Contains("westeurope", sink.Errors[0].RecommendedAction, StringComparison.Ordinal);
        ImageCopyResult[] results = [.. sink.Items.Cast<ImageCopyResult>()];
        Assert.Equal(["westeurop Failed", "mars/2 Failed", "northeurope Succeeded"], results.Select(result => $"{result.Location} {result.State}"));
        Assert.Same(sink.Errors[0], results[0].Error);
        Assert.Equal(["web01-image", "web01-image-northeurope"], await scene.ImagesAsync());
    }

    [Fact]
    public async Task WithoutAnyKnownRegionNothingIsChanged()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        await scene.CopyAsync(new RecordingSink(), CopyScene.Options(scene.ImageId, "northeurope"), new RunOptions { NoWait = true });
        string before = scene.Sandbox.Fingerprint;
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "mars");

        Assert.Equal("Failed", Assert.Single(sink.Items.Cast<ImageCopyResult>()).State);
        Assert.Equal(before, scene.Sandbox.Fingerprint);
    }

    [Fact]
    public Task AMissingTargetGroupIsRefused() =>
        RefusedAsync(scene => CopyScene.Options(scene.ImageId, "northeurope") with { TargetResourceGroupName = "nowhere" }, ErrorIds.ResourceGroupNotFound, "nowhere");

    [Fact]
    public Task AnUnknownSubscriptionIsRefused() => RefusedAsync(
        scene => CopyScene.Options(scene.ImageId, "northeurope") with { TargetSubscriptionId = "11111111-2222-3333-4444-555555555555" }, ErrorIds.SubscriptionNotFound, null);

    [Fact]
    public Task ANameAgainstAzuresRulesIsRefused() =>
        RefusedAsync(scene => CopyScene.Options(scene.ImageId, "northeurope") with { TargetName = "_web01" }, ErrorIds.InvalidResourceName, "_web01");

    [Fact]
    public Task ANameThatBecomesTooLongByItsRegionIsRefused()
    {
        string name = new('w', 75);
        return RefusedAsync(scene => CopyScene.Options(scene.ImageId, "northeurope", "japaneast") with { TargetName = name }, ErrorIds.InvalidResourceName, name + "-northeurope");
    }

    [Fact]
    public Task ACopyOntoTheImageItselfIsRefused() =>
        RefusedAsync(scene => CopyScene.Options(scene.ImageId, "westeurope") with { TargetName = "web01-image" }, ErrorIds.InvalidArgument, null);

    [Fact]
    public Task AMissingImageIsRefused() =>
        RefusedAsync(scene => CopyScene.Options(scene.ImageId + "x", "northeurope"), ErrorIds.ImageNotFound, null);

    [Fact]
    public Task TheIdOfAnotherTypeIsRefused() =>
        RefusedAsync(scene => CopyScene.Options(scene.OSDiskId, "northeurope"), ErrorIds.InvalidResourceId, null);

    private static async Task RefusedAsync(Func<CopyScene, CopyImageOptions> options, string errorId, string? target)
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        string before = scene.Sandbox.Fingerprint;
        var sink = new RecordingSink();

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => scene.CopyAsync(sink, options(scene)));

        Assert.Equal(errorId, error.ErrorId);
        if (target is not null)
            Assert.Equal(target, error.Target);
        Assert.Empty(sink.Items);
        Assert.Equal(before, scene.Sandbox.Fingerprint);
    }
}
