using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Usage;

public sealed class UsageServiceTests
{
    [Fact]
    public async Task AModelThatFollowsLatestUsesTheVersionThatItsNextInstanceGets()
    {
        using UsageScene scene = await UsageScene.OpenAsync();
        await scene.ScaleSetAsync(scene.Gallery.DefinitionId);
        string second = await scene.Gallery.FurnishVersionAsync("1.1.0");

        ImageUsage[] uses = await scene.UsesAsync(null, scene.Gallery.DefinitionId);

        Assert.Equal([ImageUserKind.ScaleSet, ImageUserKind.ScaleSetInstance, ImageUserKind.ScaleSetInstance], uses.Select(use => use.Kind));
        Assert.Equal(["1.1.0", "1.0.0", "1.0.0"], uses.Select(use => use.Version));
        Assert.All(uses, use => Assert.True(use.FollowsLatest));
        Assert.All(uses.Skip(1), use => Assert.Equal(scene.ScaleSetId, use.ScaleSetId, ignoreCase: true));
        Assert.Equal(scene.ScaleSetId, Assert.Single(await scene.UsesAsync(null, second)).Id, ignoreCase: true);
    }

    [Fact]
    public async Task InstancesOfAnotherModelThanTodaysAreFound()
    {
        using UsageScene scene = await UsageScene.OpenAsync();
        await scene.ScaleSetAsync(scene.Gallery.VersionId("1.0.0"));
        string second = await scene.Gallery.FurnishVersionAsync("1.1.0");
        await scene.ScaleSetAsync(second);

        ImageUsage[] uses = await scene.UsesAsync(null, scene.Gallery.VersionId("1.0.0"));

        Assert.Equal([ImageUserKind.ScaleSetInstance, ImageUserKind.ScaleSetInstance], uses.Select(use => use.Kind));
        Assert.Equal(ImageUserKind.ScaleSet, Assert.Single(await scene.UsesAsync(null, second)).Kind);
    }

    [Fact]
    public async Task AnImageIsUsedByTheVersionsMadeOfIt()
    {
        using UsageScene scene = await UsageScene.OpenAsync();

        ImageUsage use = Assert.Single(await scene.UsesAsync(null, scene.Gallery.ImageId));

        Assert.Equal((ImageUserKind.ImageVersion, "1.0.0"), (use.Kind, use.Name));
    }

    [Fact]
    public async Task WhatCannotBeReadIsSaidAndTheRestIsShown()
    {
        using UsageScene scene = await UsageScene.OpenAsync();
        await scene.ScaleSetAsync(scene.Gallery.DefinitionId);
        scene.Gallery.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "VirtualMachines_ListAll", Status = 403, Code = "AuthorizationFailed", Message = "No." });
        var sink = new RecordingSink();

        ImageUsage[] uses = await scene.UsesAsync(sink, scene.Gallery.DefinitionId);

        Assert.Equal(3, uses.Length);
        Assert.Contains(sink.Errors, error => error.ErrorId == ErrorIds.AuthorizationFailed);
    }
}
