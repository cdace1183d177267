namespace ImageCmdlets.Engine.Tests.Images;

/// <summary>What cannot become an image is refused before anything changes, with the id that says why.</summary>
public sealed class NewImageRefusalTests
{
    private const string Blob = "https://store.blob.core.windows.net/vhds/os.vhd";

    [Fact]
    public async Task ADiskOfAnotherGeneration()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        string disk = await scene.OSDiskAsync("os", generation: "V2");

        ImageCmdletsException error = await scene.RefusedAsync(new NewImageOptions { Source = disk, HyperVGeneration = "V1" });

        Assert.Equal((ErrorIds.HyperVGenerationMismatch, disk), (error.ErrorId, error.Target));
    }

    [Fact]
    public async Task ADiskInAnotherRegion()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        string disk = await scene.OSDiskAsync("os");

        ImageCmdletsException error = await scene.RefusedAsync(new NewImageOptions { Source = disk, Location = "North Europe" });

        Assert.Equal(ErrorIds.RegionMismatch, error.ErrorId);
        Assert.Contains("Copy-CustomImage", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADiskOfAnotherSystem()
    {
        using ImageScene scene = await ImageScene.OpenAsync();

        ImageCmdletsException error = await scene.RefusedAsync(new NewImageOptions { Source = await scene.OSDiskAsync("os"), OSType = "Linux" });

        Assert.Equal(ErrorIds.OSTypeMismatch, error.ErrorId);
    }

    [Fact]
    public async Task ADataDiskWithoutASystem()
    {
        using ImageScene scene = await ImageScene.OpenAsync();

        ImageCmdletsException error = await scene.RefusedAsync(new NewImageOptions { Source = await scene.DataDiskAsync("data", 16) });

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains("-OSType", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnArm64Disk()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        string disk = await scene.OSDiskAsync("os", generation: "V2", properties: """ ,"supportedCapabilities":{"architecture":"Arm64"} """);

        ImageCmdletsException error = await scene.RefusedAsync(new NewImageOptions { Source = disk });

        Assert.Equal(ErrorIds.ArchitectureNotSupported, error.ErrorId);
        Assert.Contains("gallery", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATrustedLaunchDisk()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        string disk = await scene.OSDiskAsync("os", generation: "V2", properties: """ ,"securityProfile":{"securityType":"TrustedLaunch"} """);

        ImageCmdletsException error = await scene.RefusedAsync(new NewImageOptions { Source = disk });

        Assert.Equal(ErrorIds.SecurityTypeNotSupported, error.ErrorId);
        Assert.Contains("gallery", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASnapshotThatHasNotArrived()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        string source = await scene.SnapshotAsync("source", await scene.OSDiskAsync("os"), incremental: true);
        string copy = await scene.Sandbox.PutAsync(scene.Sandbox.Id("images", ResourceTypes.Snapshot, "copy"), SandboxSession.DiskVersion,
            $$"""{"location":"northeurope","properties":{"incremental":true,"creationData":{"createOption":"CopyStart","sourceResourceId":"{{source}}"} } }""");

        ImageCmdletsException error = await scene.RefusedAsync(new NewImageOptions { Source = copy });

        Assert.Equal((ErrorIds.SnapshotNotComplete, copy), (error.ErrorId, error.Target));
    }

    [Fact]
    public async Task ANameThatIsTakenByAnImageOfSomethingElse()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        await scene.CreateAsync(new NewImageOptions { Source = await scene.OSDiskAsync("a"), Name = "img" });

        ImageCmdletsException error = await scene.RefusedAsync(new NewImageOptions { Source = await scene.OSDiskAsync("b"), Name = "img" });

        Assert.Equal((ErrorIds.ResourceAlreadyExists, scene.Sandbox.Id("images", ResourceTypes.Image, "img")), (error.ErrorId, error.Target));
    }

    [Theory]
    [InlineData("http://store.blob.core.windows.net/vhds/os.vhd")]
    [InlineData("https://store.blob.core.windows.net/vhds/os.vhdx")]
    [InlineData("https://store.blob.core.windows.net/vhds/os.vhd?sv=2022&sig=geheim")]
    public async Task AnAddressThatIsNoGoodVhd(string address)
    {
        using ImageScene scene = await ImageScene.OpenAsync();

        ImageCmdletsException error = await scene.RefusedAsync(new NewImageOptions { Source = address, ResourceGroupName = "images", OSType = "Linux" });

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.DoesNotContain("geheim", $"{error} {error.Target}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Blob, "images", null, null, ErrorIds.InvalidArgument)]
    [InlineData(Blob, null, "Linux", null, ErrorIds.InvalidArgument)]
    [InlineData(Blob, "nowhere", "Linux", null, ErrorIds.ResourceGroupNotFound)]
    [InlineData(Blob, "images", "Linux", "_bad", ErrorIds.InvalidResourceName)]
    [InlineData("missing", "images", null, null, ErrorIds.VMNotFound)]
    [InlineData("missing", "nowhere", null, null, ErrorIds.ResourceGroupNotFound)]
    [InlineData("missing", null, null, null, ErrorIds.InvalidArgument)]
    [InlineData("/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/images/providers/Microsoft.Compute/images/i", null, null, null, ErrorIds.InvalidResourceId)]
    [InlineData("/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/images/providers/Microsoft.Compute/virtualMachines/v", null, null, null, ErrorIds.VMNotFound)]
    [InlineData("/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/images/providers/Microsoft.Compute/disks/d", null, null, null, ErrorIds.DiskNotFound)]
    [InlineData("/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/images/providers/Microsoft.Compute/snapshots/s", null, null, null, ErrorIds.SnapshotNotFound)]
    public async Task WhatIsWrongOrMissing(string source, string? group, string? system, string? name, string errorId)
    {
        using ImageScene scene = await ImageScene.OpenAsync();

        ImageCmdletsException error = await scene.RefusedAsync(new NewImageOptions { Source = source, ResourceGroupName = group, OSType = system, Name = name });

        Assert.Equal(errorId, error.ErrorId);
    }

    [Fact]
    public async Task TwoImagesOfOneName()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        NewImageOptions[] items = [new() { Source = await scene.OSDiskAsync("a"), Name = "img" }, new() { Source = await scene.OSDiskAsync("b"), Name = "IMG" }];
        string before = scene.Sandbox.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() => Engine.Images.ImageService.CreateAsync(
            scene.Sandbox.Session, items, new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken));

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Equal(before, scene.Sandbox.Fingerprint);
    }
}
