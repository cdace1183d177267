using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Usage;

/// <summary>What machines or scale sets use is not removed without the word for it, and where nobody knows neither.</summary>
public sealed class RemovalGuardTests
{
    [Fact]
    public async Task AVersionInUseStaysAndTheOthersGo()
    {
        using UsageScene scene = await WithVersionsAsync();
        await scene.ScaleSetAsync(scene.Gallery.VersionId("1.1.0"));
        var sink = new RecordingSink();

        await RemoveAsync(scene, sink, false, scene.Gallery.VersionId("1.0.0"), scene.Gallery.VersionId("1.1.0"), scene.Gallery.VersionId("1.2.0"));

        ImageCmdletsException error = Assert.Single(sink.Errors);
        Assert.Equal((ErrorIds.ResourceInUse, scene.Gallery.VersionId("1.1.0")), (error.ErrorId, (string?)error.Target));
        Assert.Equal("'web 1.1.0' is in use by ScaleSet web, ScaleSetInstance 0, ScaleSetInstance 1.", error.Message);
        Assert.Equal(["1.1.0"], await scene.Gallery.VersionsAsync());
    }

    [Fact]
    public async Task TheVersionThatTheNextInstanceGetsIsInUse()
    {
        using UsageScene scene = await WithVersionsAsync();
        await scene.ScaleSetAsync(scene.Gallery.DefinitionId);
        await scene.Gallery.FurnishVersionAsync("1.3.0");

        Assert.Equal("'web 1.3.0' is in use by ScaleSet web.", (await RefusedAsync(scene, scene.Gallery.VersionId("1.3.0"))).Message);
        Assert.Equal("'web 1.2.0' is in use by ScaleSetInstance 0, ScaleSetInstance 1.", (await RefusedAsync(scene, scene.Gallery.VersionId("1.2.0"))).Message);
        await RemoveAsync(scene, new RecordingSink(), false, scene.Gallery.VersionId("1.1.0"));
        Assert.Equal(["1.0.0", "1.2.0", "1.3.0"], await scene.Gallery.VersionsAsync());
    }

    [Fact]
    public async Task WhatSomethingInItIsUsedOfStaysWhole()
    {
        using UsageScene scene = await WithVersionsAsync();
        await scene.ScaleSetAsync(scene.Gallery.VersionId("1.0.0"));

        Assert.Equal("'web' is in use by ScaleSet web, ScaleSetInstance 0, ScaleSetInstance 1.", (await RefusedAsync(scene, scene.Gallery.DefinitionId)).Message);
        Assert.Equal("'prod' is in use by ScaleSet web, ScaleSetInstance 0, ScaleSetInstance 1.", (await RefusedAsync(scene, scene.Gallery.GalleryId)).Message);
    }

    [Fact]
    public async Task WithTheWordForItItGoes()
    {
        using UsageScene scene = await WithVersionsAsync();
        await scene.ScaleSetAsync(scene.Gallery.VersionId("1.0.0"));

        await RemoveAsync(scene, new RecordingSink(), true, scene.Gallery.GalleryId);

        Assert.Null(await scene.Gallery.Sandbox.GetAsync(scene.Gallery.GalleryId, Galleries.GalleryScene.Version));
    }

    [Fact]
    public async Task AManagedImageInUseStays()
    {
        using UsageScene scene = await UsageScene.OpenAsync();
        await scene.ScaleSetAsync(scene.Gallery.ImageId);
        string before = scene.Gallery.Sandbox.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => RemoveImageAsync(scene, false));

        Assert.Equal((ErrorIds.ResourceInUse, before), (error.ErrorId, scene.Gallery.Sandbox.Fingerprint));

        // Azure itself keeps a managed image that a scale set names.
        ArmOperationException azures = await Assert.ThrowsAsync<ArmOperationException>(() => RemoveImageAsync(scene, true));
        Assert.Equal((409, "OperationNotAllowed"), (azures.Status, azures.Code));
    }

    [Theory]
    [InlineData("VirtualMachines_ListAll")]
    [InlineData("VirtualMachineScaleSets_ListAll")]
    [InlineData("VirtualMachineScaleSetVMs_List")]
    public async Task WhatNobodyCanSeeTheUseOfStays(string operation)
    {
        using UsageScene scene = await WithVersionsAsync();
        await scene.ScaleSetAsync(scene.Gallery.VersionId("1.0.0"));
        scene.Gallery.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = operation, Status = 403, Code = "AuthorizationFailed", Message = "No." });

        ImageCmdletsException error = await RefusedAsync(scene, scene.Gallery.VersionId("1.1.0"), ErrorIds.AuthorizationFailed);

        Assert.StartsWith("Nobody knows whether 'web 1.1.0' is in use: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ManyAreLookedAtOnce()
    {
        using UsageScene scene = await WithVersionsAsync();
        int before = Lists(scene);

        await RemoveAsync(scene, new RecordingSink(), false, scene.Gallery.VersionId("1.0.0"), scene.Gallery.VersionId("1.1.0"), scene.Gallery.VersionId("1.2.0"));

        Assert.Equal(scene.Gallery.Sandbox.Sandbox.Subscriptions.Count, Lists(scene) - before);
    }

    private static int Lists(UsageScene scene) => scene.Gallery.Sandbox.Sandbox.GetStatistics().RequestsByOperation.GetValueOrDefault("GET Microsoft.Compute/virtualMachines");

    private static async Task<UsageScene> WithVersionsAsync()
    {
        UsageScene scene = await UsageScene.OpenAsync();
        foreach (string version in (string[])["1.1.0", "1.2.0"])
            await scene.Gallery.FurnishVersionAsync(version);
        return scene;
    }

    private static async Task<ImageCmdletsException> RefusedAsync(UsageScene scene, string id, string errorId = ErrorIds.ResourceInUse)
    {
        string before = scene.Gallery.Sandbox.Fingerprint;
        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => RemoveAsync(scene, new RecordingSink(), false, id));
        Assert.Equal((errorId, id, before), (error.ErrorId, (string?)error.Target, scene.Gallery.Sandbox.Fingerprint));
        return error;
    }

    private static Task RemoveAsync(UsageScene scene, RecordingSink sink, bool allowInUse, params string[] ids) => GalleryService.RemoveAsync(scene.Gallery.Sandbox.Session,
        [.. ids.Select(id => new RemoveGalleryOptions { Id = id, Recurse = !ResourceId.TryParse(id)!.Is(ResourceTypes.GalleryImageVersion), AllowInUse = allowInUse })], new RunOptions(), sink, TestContext.Current.CancellationToken);

    private static Task RemoveImageAsync(UsageScene scene, bool allowInUse) => ImageService.RemoveAsync(
        scene.Gallery.Sandbox.Session, [new RemoveImageOptions { Id = scene.Gallery.ImageId, AllowInUse = allowInUse }], new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken);
}
