using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Galleries;

/// <summary>Which version is the latest: by number, well made, excluded neither everywhere nor in the region, replicated to it.</summary>
public sealed class LatestVersionTests
{
    private const string Here = """{"name":"westeurope"}""";
    private const string Both = """{"name":"westeurope"},{"name":"northeurope"}""";

    [Fact]
    public async Task NumbersCountAsNumbers()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        foreach (string version in (string[])["1.10.0", "1.9.0", "1.2.11"])
            await scene.FurnishVersionAsync(version);

        Assert.Equal(["1.2.11", "1.9.0", "1.10.0"], await scene.VersionsAsync());
        Assert.Equal("1.10.0", await LatestAsync(scene, null));
    }

    [Theory]
    [InlineData(null, "3.0.0")]
    [InlineData("westeurope", "3.0.0")]
    [InlineData("northeurope", "1.0.0")]
    [InlineData("North Europe", "1.0.0")]
    [InlineData("japaneast", null)]
    public async Task ExclusionsAndRegionsCount(string? location, string? expected)
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        await scene.FurnishVersionAsync("1.0.0", regions: Both);
        await scene.FurnishVersionAsync("2.0.0", regions: """{"name":"westeurope"},{"name":"northeurope","excludeFromLatest":true}""");
        await scene.FurnishVersionAsync("3.0.0", regions: Here);
        await scene.FurnishVersionAsync("4.0.0", regions: Both, more: ""","excludeFromLatest":true""");
        scene.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "GalleryImageVersions_CreateOrUpdate", Count = 1, Effect = SandboxFaultEffect.OperationFailure, Code = "InternalExecutionError", Message = "No." });
        await scene.FurnishVersionAsync("5.0.0", regions: Both);

        Assert.Equal(expected, await LatestAsync(scene, location));
    }

    private static async Task<string?> LatestAsync(GalleryScene scene, string? location)
    {
        var sink = new RecordingSink();
        await VersionService.GetAsync(scene.Sandbox.Session, new GalleryQuery { Id = scene.DefinitionId, Latest = true, Location = location }, sink, TestContext.Current.CancellationToken);
        return sink.Items.Cast<ImageVersion>().SingleOrDefault()?.Version?.ToString();
    }
}
