using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Rollouts;
using ImageCmdlets.Engine.Tests.Galleries;
using ImageCmdlets.Engine.Tests.Usage;

namespace ImageCmdlets.Engine.Tests.Rollouts;

/// <summary>Version 1.1.0 was rolled out after 1.0.0: one scale set names it, another follows latest, and a version and an image were made of it.</summary>
internal sealed class RolloutScene : IDisposable
{
    private RolloutScene(UsageScene usage)
    {
        Usage = usage;
    }

    public UsageScene Usage { get; }

    public GalleryScene Gallery => Usage.Gallery;

    public string Good => Gallery.VersionId("1.0.0");

    public string Bad => Gallery.VersionId("1.1.0");

    public string Pinned => Usage.SetId("pinned");

    public string Follower => Usage.SetId("follower");

    public static async Task<RolloutScene> OpenAsync()
    {
        var scene = new RolloutScene(await UsageScene.OpenAsync());
        await scene.Gallery.FurnishVersionAsync("1.1.0", regions: """{"name":"westeurope"},{"name":"northeurope"}""");
        await scene.Usage.ScaleSetAsync(scene.Bad, "pinned");
        await scene.Usage.ScaleSetAsync(scene.Gallery.DefinitionId, "follower");
        return scene;
    }

    /// <summary>What was made of the bad version.</summary>
    public async Task DescendAsync()
    {
        await Gallery.DefinitionAsync("copy");
        await Gallery.CreateAsync(Gallery.Options() with { DefinitionId = Gallery.GalleryId + "/images/copy", Source = Bad });
        await Gallery.Sandbox.PutAsync(Gallery.Sandbox.Id("images", ResourceTypes.Image, "copied"), SandboxSession.ComputeVersion, $$$"""
            {"location":"westeurope","tags":{"imagecmdlets-copyof":"{{{Bad}}}"},"properties":{"hyperVGeneration":"V2",
             "storageProfile":{"osDisk":{"osType":"Windows","osState":"Generalized","managedDisk":{"id":"{{{Gallery.OSDiskId}}}"} } } } }
            """);
    }

    public UndoRolloutOptions Options => new() { Id = [Bad], Reason = "sshd does not start" };

    public async Task<ImageRolloutResult[]> UndoAsync(UndoRolloutOptions? options = null, RecordingSink? sink = null)
    {
        RecordingSink own = sink ?? new RecordingSink();
        await RolloutService.UndoAsync(Gallery.Sandbox.Session, options ?? Options, new RunOptions(), own, TestContext.Current.CancellationToken);
        return [.. own.Items.Cast<ImageRolloutResult>()];
    }

    public async Task<ImageRolloutResult[]> PlanAsync(UndoRolloutOptions? options = null)
    {
        var sink = new RecordingSink();
        await RolloutService.PlanAsync(Gallery.Sandbox.Session, options ?? Options, new RunOptions(), sink, TestContext.Current.CancellationToken);
        return [.. sink.Items.Cast<ImageRolloutResult>()];
    }

    /// <summary>The image that the model of a scale set names.</summary>
    public async Task<string?> ModelAsync(string setId)
    {
        JsonNode set = (await Gallery.Sandbox.GetAsync(setId, SandboxSession.ComputeVersion))!;
        return (string?)set["properties"]!["virtualMachineProfile"]!["storageProfile"]!["imageReference"]!["id"];
    }

    public void Dispose() => Usage.Dispose();
}
