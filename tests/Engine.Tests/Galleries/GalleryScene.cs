using System.Text;
using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Tests.Copying;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Galleries;

/// <summary>A sandbox with an image of two disks, and a gallery with a definition that fits it.</summary>
internal sealed class GalleryScene : IDisposable
{
    public const string Version = "2024-03-03";
    private readonly CopyScene _scene;

    private GalleryScene(CopyScene scene)
    {
        _scene = scene;
    }

    public SandboxSession Sandbox => _scene.Sandbox;

    public string ImageId => _scene.ImageId;

    public string OSDiskId => _scene.OSDiskId;

    public string DataDiskId => _scene.DataDiskId;

    public string GalleryId => Sandbox.Id("images", ResourceTypes.Gallery, "prod");

    public string DefinitionId => GalleryId + "/images/web";

    public static Task<GalleryScene> OpenAsync() => OpenAsync(seed: 1);

    public static async Task<GalleryScene> OpenAsync(int seed)
    {
        var scene = new GalleryScene(await CopyScene.OpenAsync(seed));
        await scene.Sandbox.PutAsync(scene.GalleryId, Version, """{"location":"westeurope"}""");
        await scene.DefinitionAsync("web");
        return scene;
    }

    public string VersionId(string version, string definition = "web") => $"{GalleryId}/images/{definition}/versions/{version}";

    public Task<string> DefinitionAsync(string name, string generation = "V2", string state = "Generalized", string more = "") => Sandbox.PutAsync($"{GalleryId}/images/{name}", Version,
        $$$"""{"location":"westeurope","properties":{"osType":"Windows","osState":"{{{state}}}","hyperVGeneration":"{{{generation}}}","identifier":{"publisher":"contoso","offer":"{{{name}}}","sku":"s"}{{{more}}} } }""");

    public Task<string> ImageAsync(string name) => _scene.ImageAsync(name);

    /// <summary>A version that somebody else made; time passes until it is done.</summary>
    public async Task<string> FurnishVersionAsync(string version, string definition = "web", string regions = """{"name":"westeurope"}""", string more = "")
    {
        string id = await BeginVersionAsync(version, definition, regions, more);
        Sandbox.Sandbox.Clock.Advance(TimeSpan.FromHours(1));
        return id;
    }

    /// <summary>A version that somebody else is making. No time passes.</summary>
    public async Task<string> BeginVersionAsync(string version, string definition = "web", string regions = """{"name":"westeurope"}""", string more = "")
    {
        string id = VersionId(version, definition);
        SandboxResponse answer = await Sandbox.SendAsync("PUT", $"{id}?api-version={Version}",
            $$$"""{"location":"westeurope","properties":{"publishingProfile":{"targetRegions":[{{{regions}}}]{{{more}}} },"storageProfile":{"source":{"id":"{{{ImageId}}}"} } } }""");
        Assert.True(answer.Status == 201, Encoding.UTF8.GetString(answer.Body));
        return id;
    }

    /// <summary>The definition of the scene, and the image.</summary>
    public NewVersionOptions Options() => new() { DefinitionId = DefinitionId, Source = ImageId };

    public Task<JsonNode?> ReadAsync(string version) => Sandbox.GetAsync(VersionId(version), Version);

    public Task CreateAsync(RecordingSink sink, NewVersionOptions options, RunOptions? run = null) =>
        VersionService.CreateAsync(Sandbox.Session, [options], run ?? new RunOptions(), sink, TestContext.Current.CancellationToken);

    public async Task<ImageVersion> CreateAsync(NewVersionOptions options)
    {
        var sink = new RecordingSink();
        await CreateAsync(sink, options);
        Assert.Empty(sink.Errors);
        return Assert.IsType<ImageVersion>(Assert.Single(sink.Items));
    }

    /// <summary>Asks for a version that is refused, and makes sure that nothing has changed.</summary>
    public async Task<ImageCmdletsException> RefusedAsync(NewVersionOptions options)
    {
        string before = Sandbox.Fingerprint;
        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => CreateAsync(new RecordingSink(), options));
        Assert.Equal(before, Sandbox.Fingerprint);
        return error;
    }

    /// <summary>The replication to a region fails the next time that something is asked for.</summary>
    public void FailRegion(string region, string operation = "GalleryImageVersions_CreateOrUpdate") => Sandbox.Sandbox.AddFault(new SandboxFault
    {
        Operation = operation,
        Count = 1,
        Effect = SandboxFaultEffect.OperationFailure,
        Code = "InternalExecutionError",
        Message = $"Gallery replication jobs failed in one or more regions. The failing regions' details are as follows: '{{region:{region}, detail:Failed with internal server error.}}'.",
    });

    public async Task<ImageVersion> ReadVersionAsync(string version)
    {
        var sink = new RecordingSink();
        await VersionService.GetAsync(Sandbox.Session, new GalleryQuery { Id = VersionId(version) }, sink, TestContext.Current.CancellationToken);
        return Assert.IsType<ImageVersion>(Assert.Single(sink.Items));
    }

    /// <summary>The names of the versions of a definition, in the order of their numbers.</summary>
    public async Task<string[]> VersionsAsync(string definition = "web")
    {
        var sink = new RecordingSink();
        var query = new GalleryQuery { ResourceGroupName = "images", GalleryName = "prod", DefinitionName = definition };
        await VersionService.GetAsync(Sandbox.Session, query, sink, TestContext.Current.CancellationToken);
        return [.. sink.Items.Cast<ImageVersion>().Select(version => version.Name)];
    }

    public void Dispose() => _scene.Dispose();
}
