using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Tests.Vms;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Staging;

/// <summary>A machine with a data disk, an image of its disks, and a gallery version of that image, in a sandbox.</summary>
internal sealed class StagingScene : IDisposable
{
    private const string Galleries = "2022-03-03";

    private StagingScene(VMWorld world) => World = world;

    public VMWorld World { get; }

    public ImageSession Session => World.Session;

    public ArmSandbox Sandbox => World.Sandbox;

    public string Machine => World.Id(ResourceTypes.VirtualMachine, "web01");

    public string Image => World.Id(ResourceTypes.Image, "golden");

    public string Version => World.Id(ResourceTypes.Gallery, "gal") + "/images/web/versions/1.0.0";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<StagingScene> OpenAsync()
    {
        VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(new NewVMOptions { ResourceGroupName = "images", Name = "web01", Location = "westeurope", Image = VMWorld.Linux, DataDiskSizeGB = [16], StorageAccountType = "Premium_LRS" });
        return new StagingScene(world);
    }

    public static async Task<StagingScene> OpenWithImageAsync()
    {
        var scene = new StagingScene(await VMWorld.OpenAsync());
        await scene.World.MakeGroupAsync();
        string os = await scene.DiskAsync("os", """ "osType":"Linux","hyperVGeneration":"V2","creationData":{"createOption":"Import","sourceUri":"https://store.blob.core.windows.net/vhds/os.vhd"} """);
        string data = await scene.DiskAsync("data", """ "diskSizeGB":16,"creationData":{"createOption":"Empty"} """);
        await scene.World.PutAsync(scene.Image, VMWorld.Compute, $$$"""
            {"location":"westeurope","properties":{"hyperVGeneration":"V2","storageProfile":{
             "osDisk":{"osType":"Linux","osState":"Generalized","managedDisk":{"id":"{{{os}}}"} },
             "dataDisks":[{"lun":3,"managedDisk":{"id":"{{{data}}}"} }] } } }
            """);
        return scene;
    }

    public static async Task<StagingScene> OpenWithVersionAsync()
    {
        StagingScene scene = await OpenWithImageAsync();
        string gallery = scene.World.Id(ResourceTypes.Gallery, "gal");
        await scene.World.PutAsync(gallery, Galleries, """{"location":"westeurope","properties":{}}""");
        await scene.World.PutAsync(gallery + "/images/web", Galleries, """
            {"location":"westeurope","properties":{"osType":"Linux","osState":"Generalized","hyperVGeneration":"V2","identifier":{"publisher":"p","offer":"o","sku":"s"} } }
            """);
        await scene.World.PutAsync(scene.Version, Galleries, $$$"""
            {"location":"westeurope","properties":{"publishingProfile":{"targetRegions":[{"name":"westeurope"},{"name":"northeurope"}]},
             "storageProfile":{"source":{"id":"{{{scene.Image}}}"} } } }
            """);
        scene.Sandbox.Clock.Advance(TimeSpan.FromMinutes(40));
        return scene;
    }

    public NewSnapshotOptions OfPoint(string? name = "before") => new() { Source = Machine, Name = name, RestorePoint = true };

    public NewSnapshotOptions OfVersion(string? name = "before") => new() { Source = Version, Name = name };

    public static Task TakeAsync(ImageSession session, IOperationSink sink, NewSnapshotOptions options, CancellationToken token) =>
        SnapshotService.CreateAsync(session, [options], new RunOptions { ThrottleLimit = 1 }, sink, token);

    /// <summary>Takes them, and gives the OS disk's first.</summary>
    public async Task<ImageSnapshot[]> TakeAsync(NewSnapshotOptions options)
    {
        var sink = new RecordingSink();
        await TakeAsync(Session, sink, options, Token);
        Assert.Empty(sink.Errors);
        return [.. sink.Items.Cast<ImageSnapshot>().OrderBy(snapshot => snapshot.Lun ?? -1)];
    }

    public async Task<ImageCmdletsException> RefusedAsync(NewSnapshotOptions options)
    {
        string before = World.Fingerprint;
        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => TakeAsync(options));
        Assert.Equal(before, World.Fingerprint);
        return error;
    }

    public void Refuse(string operation, int skip = 0) =>
        Sandbox.AddFault(new SandboxFault { Operation = operation, Skip = skip, Count = 1, Status = 403, Code = "RequestDisallowedByPolicy", Message = "No." });

    /// <summary>Runs two commands of which the second begins when so much virtual time has passed.</summary>
    public Task TogetherAsync(int secondsApart, Func<int, Task> command) => SideBySide.RunAsync(Sandbox.Clock, secondsApart, () => command(0), () => command(1));

    /// <summary>Nothing is left of what the snapshots were made by way of.</summary>
    public void AssertTidy(int snapshots)
    {
        Assert.Equal((snapshots, 2, 0), (World.Count(ResourceTypes.Snapshot), World.Count(ResourceTypes.Disk), World.Count(ResourceTypes.RestorePointCollection)));
    }

    public async Task<JsonNode> SnapshotAsync(string name) => (await World.GetAsync(ResourceTypes.Snapshot, name, SandboxSession.DiskVersion))!;

    public void Dispose() => World.Dispose();

    private async Task<string> DiskAsync(string name, string properties)
    {
        string id = World.Id(ResourceTypes.Disk, name);
        await World.PutAsync(id, SandboxSession.DiskVersion, $$"""{"location":"westeurope","properties":{ {{properties}} } }""");
        return id;
    }
}
