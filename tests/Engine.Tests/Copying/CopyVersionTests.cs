using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Copying;
using ImageCmdlets.Engine.Tests.Galleries;

namespace ImageCmdlets.Engine.Tests.Copying;

/// <summary>Managed images of an image version: where it is replicated by disks of it, elsewhere by a temporary gallery.</summary>
public sealed class CopyVersionTests
{
    private const string Regions = """{"name":"westeurope"},{"name":"northeurope"}""";
    private static readonly RunOptions s_oneByOne = new() { ThrottleLimit = 1 };

    [Fact]
    public async Task EachRegionGetsAnImageAndOnlyThoseWithoutTheVersionWaitForOne()
    {
        using GalleryScene scene = await OpenAsync();
        string version = await scene.FurnishVersionAsync("1.2.0", regions: Regions);
        var sink = new RecordingSink();

        await CopyAsync(scene.Sandbox.Session, version, sink, "northeurope", "japaneast");

        Assert.Empty(sink.Errors);
        Assert.Empty(sink.Warnings);
        ImageCopyResult[] results = [.. sink.Items.Cast<ImageCopyResult>()];
        Assert.Equal([scene.Sandbox.Id("images", ResourceTypes.Image, "web-1.2.0-northeurope"), scene.Sandbox.Id("images", ResourceTypes.Image, "web-1.2.0-japaneast")], results.OrderByDescending(result => result.Location).Select(result => result.Id));
        Assert.All(results, result => Assert.Equal(("Succeeded", "Gallery", version), (result.State, result.Method, result.SourceId)));
        TimeSpan near = results.Single(result => result.Location == "northeurope").Elapsed, far = results.Single(result => result.Location == "japaneast").Elapsed;
        Assert.True(far > TimeSpan.FromMinutes(5), $"{far}");
        Assert.True(near < TimeSpan.FromMinutes(1), $"{near}");
        JsonNode image = (await scene.Sandbox.GetAsync(results[0].Id, SandboxSession.ComputeVersion))!;
        Assert.Equal(("V2", "Generalized"), ((string)image["properties"]!["hyperVGeneration"]!, (string)image["properties"]!["storageProfile"]!["osDisk"]!["osState"]!));
        await AssertTidyAsync(scene);
    }

    [Fact]
    public async Task WhereTheVersionIsReplicatedNoGalleryIsMade()
    {
        using GalleryScene scene = await OpenAsync();
        string version = await scene.FurnishVersionAsync("1.2.0", regions: Regions);
        var sink = new RecordingSink();

        await CopyAsync(scene.Sandbox.Session, version, sink, "northeurope");
        await CopyAsync(scene.Sandbox.Session, version, sink, "northeurope");

        Assert.Equal(["Gallery", "Existing"], sink.Items.Cast<ImageCopyResult>().Select(result => result.Method));
        Assert.DoesNotContain(sink.VerboseLines, line => line.StartsWith("PUT ", StringComparison.Ordinal) && line.Contains("galleries", StringComparison.Ordinal));
        await AssertTidyAsync(scene);
    }

    [Theory]
    [InlineData("specialized", "V2", "Specialized", "", ErrorIds.OperationNotSupported)]
    [InlineData("trusted", "V2", "Generalized", """ ,"features":[{"name":"SecurityType","value":"TrustedLaunch"}] """, ErrorIds.SecurityTypeNotSupported)]
    [InlineData("confidential", "V2", "Generalized", """ ,"features":[{"name":"SecurityType","value":"ConfidentialVM"}] """, ErrorIds.SecurityTypeNotSupported)]
    [InlineData("arm", "V2", "Generalized", """ ,"architecture":"Arm64" """, ErrorIds.ArchitectureNotSupported)]
    public async Task WhatAManagedImageCannotBeIsRefused(string definition, string generation, string state, string more, string errorId)
    {
        using GalleryScene scene = await OpenAsync();
        await scene.DefinitionAsync(definition, generation, state, more);
        string version = scene.VersionId("1.0.0", definition);
        string body = $$"""{"location":"westeurope","properties":{"publishingProfile":{"targetRegions":[{"name":"westeurope"}]},"storageProfile":{"osDiskImage":{"source":{"id":"{{scene.OSDiskId}}"} } } } }""";
        await scene.Sandbox.SendAsync("PUT", $"{version}?api-version={GalleryScene.Version}", body);
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromHours(1));
        string before = scene.Sandbox.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => CopyAsync(scene.Sandbox.Session, version, new RecordingSink(), "northeurope"));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains("New-ImageVersion", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(before, scene.Sandbox.Fingerprint);
    }

    [Fact]
    public async Task SnapshotsOfAVersionThereAreNone()
    {
        using GalleryScene scene = await OpenAsync();
        string version = await scene.FurnishVersionAsync("1.2.0");
        IReadOnlyList<ImageCopyTarget> targets = CopyService.Targets(new CopyImageOptions { SourceId = version, Location = ["northeurope"], Method = ImageCopyMethod.SnapshotCopy });

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() =>
            CopyService.CopyAsync(scene.Sandbox.Session, targets, new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken));

        Assert.Equal(ErrorIds.CopySourceNotAvailable, error.ErrorId);
    }

    [Theory]
    [InlineData(KillMoment.BeforeCall, 30)]
    [InlineData(KillMoment.AfterWrite, 10)]
    public async Task KilledAtAnyCallTheSameCommandEndsIt(KillMoment moment, int fewest)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, async () =>
        {
            GalleryScene scene = await OpenAsync();
            await scene.FurnishVersionAsync("1.2.0", regions: Regions);
            return scene;
        }, scene => scene.Sandbox.Session, scene => (session, sink, token) => CopyService.CopyAsync(session, Targets(scene.VersionId("1.2.0"), "northeurope", "japaneast"), s_oneByOne, sink, token));

        Assert.InRange(kills, fewest, 300);
    }

    [Theory]
    [MemberData(nameof(TransientFaults.Names), MemberType = typeof(TransientFaults))]
    public async Task WhatPassesIsNotNoticed(string name)
    {
        int struck = await TransientFaults.AtEveryRequestAsync(name, async () =>
        {
            GalleryScene scene = await OpenAsync();
            await scene.FurnishVersionAsync("1.2.0", regions: Regions);
            return scene;
        }, scene => scene.Sandbox.Sandbox, async scene =>
        {
            var sink = new RecordingSink();
            await CopyService.CopyAsync(scene.Sandbox.Session, Targets(scene.VersionId("1.2.0"), "northeurope", "japaneast"), s_oneByOne, sink, TestContext.Current.CancellationToken);
            Assert.Empty(sink.Errors);
            Assert.Equal(["Succeeded", "Succeeded"], sink.Items.Cast<ImageCopyResult>().Select(result => result.State));
        });

        Assert.InRange(struck, 30, 200);
    }

    private static async Task<GalleryScene> OpenAsync() => await GalleryScene.OpenAsync();

    private static IReadOnlyList<ImageCopyTarget> Targets(string version, params string[] locations) => CopyService.Targets(new CopyImageOptions { SourceId = version, Location = locations, TargetResourceGroupName = "images" });

    private static Task CopyAsync(ImageSession session, string version, RecordingSink sink, params string[] locations) =>
        CopyService.CopyAsync(session, Targets(version, locations), new RunOptions(), sink, TestContext.Current.CancellationToken);

    private static async Task AssertTidyAsync(GalleryScene scene)
    {
        string[] left = [.. (await scene.Sandbox.NamesAsync(ResourceTypes.Disk, SandboxSession.DiskVersion)).Concat(await scene.Sandbox.NamesAsync(ResourceTypes.Gallery, GalleryScene.Version)).Where(name => name.StartsWith("imagecopy", StringComparison.Ordinal))];
        Assert.Empty(left);
    }
}
