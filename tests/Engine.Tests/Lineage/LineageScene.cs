using ImageCmdlets.Engine.Copying;
using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Sources;
using ImageCmdlets.Engine.Tests.Galleries;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Tests.Lineage;

/// <summary>Machines, and the images made of them, in a sandbox with a gallery for Linux.</summary>
internal sealed class LineageScene : IDisposable
{
    private LineageScene(GalleryScene gallery)
    {
        Gallery = gallery;
    }

    public GalleryScene Gallery { get; }

    public SandboxSession Sandbox => Gallery.Sandbox;

    public string Definition => Gallery.GalleryId + "/images/linux";

    public static async Task<LineageScene> OpenAsync()
    {
        var scene = new LineageScene(await GalleryScene.OpenAsync());
        await scene.Sandbox.PutAsync(scene.Definition, GalleryScene.Version,
            """{"location":"westeurope","properties":{"osType":"Linux","osState":"Generalized","hyperVGeneration":"V2","identifier":{"publisher":"p","offer":"o","sku":"linux"}}}""");
        return scene;
    }

    public string MachineId(string name) => Sandbox.Id("images", ResourceTypes.VirtualMachine, name);

    /// <summary>A machine that runs.</summary>
    public async Task<string> RunningAsync(string name, string image = "Debian:debian-12:12-gen2:latest")
    {
        var options = new NewVMOptions { ResourceGroupName = "images", Name = name, Location = "westeurope", Image = image };
        await VMService.NewAsync(Sandbox.Session, [options], new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken);
        return MachineId(name);
    }

    /// <summary>A machine, generalized.</summary>
    public async Task<string> MachineAsync(string name, string image = "Debian:debian-12:12-gen2:latest")
    {
        await RunningAsync(name, image);
        await GeneralizeService.GeneralizeAsync(Sandbox.Session, [new GeneralizeOptions { Id = MachineId(name) }], new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken);
        return MachineId(name);
    }

    public Task RemoveMachineAsync(string name) => VMService.RemoveAsync(Sandbox.Session, [new RemoveVMOptions { Id = MachineId(name) }], new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken);

    public async Task<CustomImage> ImageAsync(string source, IReadOnlyDictionary<string, string>? tag = null)
    {
        var sink = new RecordingSink();
        await ImageService.CreateAsync(Sandbox.Session, [new NewImageOptions { Source = source, Tag = tag }], new RunOptions(), sink, TestContext.Current.CancellationToken);
        return Assert.IsType<CustomImage>(Assert.Single(sink.Items));
    }

    public Task<ImageVersion> VersionAsync(string source) => Gallery.CreateAsync(new NewVersionOptions { DefinitionId = Definition, Source = source });

    public async Task<string> CopyAsync(string source, string location)
    {
        var sink = new RecordingSink();
        IReadOnlyList<ImageCopyTarget> targets = CopyService.Targets(new CopyImageOptions { SourceId = source, Location = [location] });
        await CopyService.CopyAsync(Sandbox.Session, targets, new RunOptions(), sink, TestContext.Current.CancellationToken);
        Assert.Empty(sink.Errors);
        return Assert.IsType<ImageCopyResult>(Assert.Single(sink.Items)).Id;
    }

    public async Task<ImageSource> SourceAsync(string id, bool withLineage = true)
    {
        var sink = new RecordingSink();
        await ImageSourceService.GetAsync(Sandbox.Session, [new GetImageSourceOptions { Source = id, IncludeLineage = withLineage }], sink, TestContext.Current.CancellationToken);
        return Assert.IsType<ImageSource>(Assert.Single(sink.Items));
    }

    public void Dispose() => Gallery.Dispose();
}
