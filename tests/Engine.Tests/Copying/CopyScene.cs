using ImageCmdlets.Engine.Copying;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Copying;

/// <summary>A sandbox with an image of an OS disk and one data disk, and what the tests of copies do with it.</summary>
internal sealed class CopyScene : IDisposable
{
    private CopyScene(SandboxSession sandbox)
    {
        Sandbox = sandbox;
    }

    public SandboxSession Sandbox { get; }

    public string ImageId => Sandbox.Id("images", ResourceTypes.Image, "web01-image");

    public string OSDiskId => Sandbox.Id("images", ResourceTypes.Disk, "web01-os");

    public string DataDiskId => Sandbox.Id("images", ResourceTypes.Disk, "web01-data");

    public static async Task<CopyScene> OpenAsync(int seed = 1)
    {
        var scene = new CopyScene(await SandboxSession.OpenAsync(seed));
        await scene.Sandbox.GroupAsync("images");
        await scene.Sandbox.GroupAsync("elsewhere", "northeurope");
        await scene.FurnishAsync();
        return scene;
    }

    /// <summary>The disks and the image, made by somebody else.</summary>
    public async Task FurnishAsync()
    {
        await DiskAsync(OSDiskId, """ "osType":"Windows","hyperVGeneration":"V2","creationData":{"createOption":"Import","sourceUri":"https://store.blob.core.windows.net/vhds/os.vhd"} """);
        await DiskAsync(DataDiskId, """ "diskSizeGB":64,"creationData":{"createOption":"Empty"} """);
        await ImageAsync("web01-image");
    }

    /// <summary>The disks are removed, as with their machine.</summary>
    public async Task DeleteDisksAsync()
    {
        await Sandbox.SendAsync("DELETE", $"{OSDiskId}?api-version={SandboxSession.DiskVersion}");
        await Sandbox.DeleteAsync(DataDiskId, SandboxSession.DiskVersion);
    }

    /// <summary>Azure refuses an operation, whenever it is asked for.</summary>
    public void Refuse(string operation, int status = 403, string code = "RequestDisallowedByPolicy") =>
        Sandbox.Sandbox.AddFault(new SandboxFault { Operation = operation, Count = 1, Status = status, Code = code, Message = "No." });

    /// <summary>Runs two commands of which the second begins when so much virtual time has passed.</summary>
    public Task TogetherAsync(int secondsApart, Func<Task> first, Func<Task> second) => SideBySide.RunAsync(Sandbox.Sandbox.Clock, secondsApart, first, second);

    public Task<string> DiskAsync(string id, string properties, string location = "westeurope") => Sandbox.PutAsync(
        id, SandboxSession.DiskVersion, $$"""{"location":"{{location}}","sku":{"name":"Premium_LRS"},"properties":{ {{properties}} } }""");

    public Task<string> ImageAsync(string name) => Sandbox.PutAsync(Sandbox.Id("images", ResourceTypes.Image, name), SandboxSession.ComputeVersion, $$$"""
        {"location":"westeurope","tags":{"team":"web","PlanName":"p","PlanProduct":"o","PlanPublisher":"q"},
         "properties":{"hyperVGeneration":"V2","storageProfile":{"zoneResilient":true,
          "osDisk":{"osType":"Windows","osState":"Generalized","caching":"ReadWrite","storageAccountType":"Premium_LRS","managedDisk":{"id":"{{{OSDiskId}}}"}},
          "dataDisks":[{"lun":3,"caching":"ReadOnly","storageAccountType":"StandardSSD_LRS","managedDisk":{"id":"{{{DataDiskId}}}"} } ] } } }
        """);

    public static CopyImageOptions Options(string id, params string[] locations) => new() { SourceId = id, Location = locations };

    public Task CopyAsync(RecordingSink sink, params string[] locations) => CopyAsync(sink, Options(ImageId, locations));

    public Task CopyAsync(RecordingSink sink, CopyImageOptions options, RunOptions? run = null, CancellationToken? token = null) =>
        CopyService.CopyAsync(Sandbox.Session, CopyService.Targets(options), run ?? new RunOptions(), sink, token ?? TestContext.Current.CancellationToken);

    public Task<string[]> SnapshotsAsync() => Sandbox.NamesAsync(ResourceTypes.Snapshot, SandboxSession.DiskVersion);

    /// <summary>Somebody removes the snapshots in the source region while bytes are on their way. No time passes.</summary>
    public async Task DeleteSourceSnapshotsAsync()
    {
        foreach (string name in (await SnapshotsAsync()).Where(name => name.Contains("-source-", StringComparison.Ordinal)))
            await Sandbox.SendAsync("DELETE", $"{Sandbox.Id("images", ResourceTypes.Snapshot, name)}?api-version={SandboxSession.DiskVersion}");
    }

    public async Task<CustomImage> ReadImageAsync(string name)
    {
        var sink = new RecordingSink();
        await ImageService.GetAsync(Sandbox.Session, new ResourceQuery { Name = name, ResourceGroupName = "images" }, sink, TestContext.Current.CancellationToken);
        return Assert.IsType<CustomImage>(Assert.Single(sink.Items));
    }

    public Task<string[]> ImagesAsync() => Sandbox.NamesAsync(ResourceTypes.Image, SandboxSession.ComputeVersion);

    public Task<string[]> DisksAsync() => Sandbox.NamesAsync(ResourceTypes.Disk, SandboxSession.DiskVersion);

    /// <summary>No temporary of a copy is there any more.</summary>
    public async Task AssertNothingLeftAsync(string? when = null)
    {
        string[] left = [.. (await SnapshotsAsync()).Concat(await DisksAsync()).Where(name => name.StartsWith("imagecopy", StringComparison.Ordinal)),
            .. Sandbox.Sandbox.GetStatistics().ResourcesByType.Keys.Where(type => type.StartsWith(ResourceTypes.Gallery, StringComparison.OrdinalIgnoreCase))];
        Assert.True(left.Length == 0, $"{when}: left is {string.Join(", ", left)}");
    }

    public void Dispose() => Sandbox.Dispose();
}
