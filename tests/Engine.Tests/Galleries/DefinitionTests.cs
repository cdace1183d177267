using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Engine.Tests.Galleries;

/// <summary>Image definitions: by hand and of a source, given again, changed.</summary>
public sealed class DefinitionTests
{
    private static readonly NewDefinitionOptions s_new = new() { ResourceGroupName = "images", GalleryName = "prod", Name = "app" };

    [Fact]
    public async Task TheSourceSaysWhatItIs()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();

        ImageDefinition definition = await CreateAsync(scene, s_new with { FromSource = scene.ImageId });

        Assert.Equal(("prod", "Windows", "Generalized", "V2", "x64", "Standard"),
            (definition.GalleryName, definition.OSType, definition.OSState, definition.HyperVGeneration, definition.Architecture, definition.SecurityType));
        Assert.Equal(("prod", "app", "app", new PurchasePlan("q", "o", "p")), (definition.Publisher, definition.Offer, definition.Sku, definition.Plan));
    }

    [Fact]
    public async Task OfADiskComeGenerationAndSystem()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();

        ImageDefinition definition = await CreateAsync(scene, s_new with { FromSource = scene.OSDiskId, OSState = "Specialized" });

        Assert.Equal(("Windows", "Specialized", "V2"), (definition.OSType, definition.OSState, definition.HyperVGeneration));
    }

    [Fact]
    public async Task OfAVersionComesItsDefinition()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        string version = await scene.FurnishVersionAsync("1.0.0");

        ImageDefinition definition = await CreateAsync(scene, s_new with { FromSource = version });

        Assert.Equal(("Windows", "Generalized", "V2"), (definition.OSType, definition.OSState, definition.HyperVGeneration));
    }

    [Fact]
    public async Task ByHandItHasFeatures()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();

        ImageDefinition definition = await CreateAsync(scene, s_new with
        {
            OSType = "Linux", Architecture = "Arm64", SecurityType = "TrustedLaunchSupported", Publisher = "contoso", Feature = new Dictionary<string, string> { ["IsAcceleratedNetworkSupported"] = "True" },
        });

        Assert.Equal(("Linux", "V2", "Arm64", "TrustedLaunchSupported", "contoso"), (definition.OSType, definition.HyperVGeneration, definition.Architecture, definition.SecurityType, definition.Publisher));
        Assert.Equal("True", definition.Feature["IsAcceleratedNetworkSupported"]);
    }

    [Theory]
    [InlineData("no system", ErrorIds.InvalidArgument)]
    [InlineData("another generation than the source's", ErrorIds.HyperVGenerationMismatch)]
    [InlineData("another definition of the name", ErrorIds.ResourceAlreadyExists)]
    [InlineData("no gallery", ErrorIds.ResourceNotFound)]
    [InlineData("no source", ErrorIds.ImageNotFound)]
    [InlineData("a bad name", ErrorIds.InvalidResourceName)]
    [InlineData("an end of life that is past", ErrorIds.InvalidArgument)]
    public async Task WhatCannotBeIsRefusedAndNothingIsChanged(string problem, string errorId)
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        NewDefinitionOptions options = problem switch
        {
            "no system" => s_new,
            "another generation than the source's" => s_new with { FromSource = scene.ImageId, HyperVGeneration = "V1" },
            "another definition of the name" => s_new with { Name = "web", OSType = "Linux", Publisher = "contoso" },
            "no gallery" => s_new with { GalleryName = "none", OSType = "Linux" },
            "no source" => s_new with { FromSource = scene.ImageId + "x" },
            "a bad name" => s_new with { Name = "app-", OSType = "Linux" },
            _ => s_new with { OSType = "Linux", EndOfLifeDate = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero) },
        };
        string before = scene.Sandbox.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => CreateAsync(scene, options));

        Assert.Equal((errorId, before), (error.ErrorId, scene.Sandbox.Fingerprint));
    }

    [Fact]
    public async Task WhatDiffersIsNamed()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() => CreateAsync(scene, s_new with { Name = "web", OSType = "Linux", Publisher = "contoso", Sku = "s" }));

        Assert.Contains("OSType is Windows, not Linux.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSameCommandGivesTheOneThatIsThere()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        await CreateAsync(scene, s_new with { FromSource = scene.ImageId });
        string before = scene.Sandbox.Fingerprint;

        await CreateAsync(scene, s_new with { FromSource = scene.ImageId });

        Assert.Equal(before, scene.Sandbox.Fingerprint);
    }

    [Fact]
    public async Task TheyAreFoundByNamesAndByIds()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        await scene.DefinitionAsync("app");

        Assert.Equal(["app", "web"], await NamesAsync(scene, new GalleryQuery()));
        Assert.Equal(["web"], await NamesAsync(scene, new GalleryQuery { ResourceGroupName = "images", GalleryName = "prod", DefinitionName = "web" }));
        Assert.Equal(["app"], await NamesAsync(scene, new GalleryQuery { GalleryName = "p*", DefinitionName = "a*" }));
        Assert.Equal(["app", "web"], await NamesAsync(scene, new GalleryQuery { Id = scene.GalleryId }));
        Assert.Equal(["web"], await NamesAsync(scene, new GalleryQuery { Id = scene.VersionId("1.0.0") }));
        Assert.Empty(await NamesAsync(scene, new GalleryQuery { DefinitionName = "x*" }));
        Assert.Equal(ErrorIds.ImageNotFound, (await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => NamesAsync(scene, new GalleryQuery { ResourceGroupName = "images", GalleryName = "prod", DefinitionName = "x" }))).ErrorId);
        Assert.Equal(ErrorIds.InvalidResourceId, (await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => NamesAsync(scene, new GalleryQuery { Id = scene.ImageId }))).ErrorId);
    }

    [Fact]
    public async Task OnlyWhatIsNamedIsChanged()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        var sink = new RecordingSink();

        await DefinitionService.SetAsync(scene.Sandbox.Session, [new SetDefinitionOptions { Id = scene.DefinitionId, Description = "Web" }], new RunOptions(), sink, TestContext.Current.CancellationToken);

        ImageDefinition definition = Assert.IsType<ImageDefinition>(Assert.Single(sink.Items));
        Assert.Equal(("Web", "Windows", "web"), (definition.Description, definition.OSType, definition.Offer));
    }

    private static async Task<ImageDefinition> CreateAsync(GalleryScene scene, NewDefinitionOptions options)
    {
        var sink = new RecordingSink();
        await DefinitionService.CreateAsync(scene.Sandbox.Session, options, new RunOptions(), sink, TestContext.Current.CancellationToken);
        return Assert.IsType<ImageDefinition>(Assert.Single(sink.Items));
    }

    private static async Task<string[]> NamesAsync(GalleryScene scene, GalleryQuery query)
    {
        var sink = new RecordingSink();
        await DefinitionService.GetAsync(scene.Sandbox.Session, query, sink, TestContext.Current.CancellationToken);
        return [.. sink.Items.Cast<ImageDefinition>().Select(definition => definition.Name).Order(StringComparer.Ordinal)];
    }
}
