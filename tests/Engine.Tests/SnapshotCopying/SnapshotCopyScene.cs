using ImageCmdlets.Engine.SnapshotCopying;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.SnapshotCopying;

/// <summary>A sandbox with a set of two incremental snapshots, made by somebody else, and what the tests of their copies do with it.</summary>
internal sealed class SnapshotCopyScene : IDisposable
{
    public const string SetId = "0123456789ab";

    private SnapshotCopyScene(SandboxSession sandbox) => Sandbox = sandbox;

    public SandboxSession Sandbox { get; }

    public string OS => SnapshotId("web01-os");

    public string Data => SnapshotId("web01-lun0");

    /// <summary>The set.</summary>
    public string[] Both => [OS, Data];

    public static async Task<SnapshotCopyScene> OpenAsync()
    {
        var scene = new SnapshotCopyScene(await SandboxSession.OpenAsync());
        await scene.Sandbox.GroupAsync("images");
        await scene.Sandbox.GroupAsync("elsewhere", "northeurope");
        await scene.DiskAsync("web01-osdisk", """ "osType":"Linux","hyperVGeneration":"V2","creationData":{"createOption":"Import","sourceUri":"https://store.blob.core.windows.net/vhds/os.vhd"} """);
        await scene.DiskAsync("web01-data", """ "diskSizeGB":64,"creationData":{"createOption":"Empty"} """);
        await scene.SnapshotAsync("web01-os", "web01-osdisk");
        await scene.SnapshotAsync("web01-lun0", "web01-data", lun: "0");
        return scene;
    }

    public string SnapshotId(string name, string group = "images") => Sandbox.Id(group, ResourceTypes.Snapshot, name);

    public Task<string> SnapshotAsync(string name, string disk, string? lun = null, bool incremental = true)
    {
        string place = lun is null ? string.Empty : $", \"imagecmdlets-lun\": \"{lun}\"";
        return Sandbox.PutAsync(SnapshotId(name), SandboxSession.DiskVersion, $$"""
            {"location":"westeurope","tags":{"team":"web","imagecmdlets-vm":"{{Sandbox.Id("images", ResourceTypes.VirtualMachine, "web01")}}","imagecmdlets-set":"{{SetId}}"{{place}}},
             "properties":{"incremental":{{(incremental ? "true" : "false")}},"creationData":{"createOption":"Copy","sourceResourceId":"{{Sandbox.Id("images", ResourceTypes.Disk, disk)}}"} } }
            """);
    }

    public Task DeleteAsync(string id) => Sandbox.SendAsync("DELETE", $"{id}?api-version={SandboxSession.DiskVersion}");

    /// <summary>Azure refuses an operation, whenever it is asked for.</summary>
    public void Refuse(string operation, int skip = 0) =>
        Sandbox.Sandbox.AddFault(new SandboxFault { Operation = operation, Skip = skip, Count = 1, Status = 403, Code = "RequestDisallowedByPolicy", Message = "No." });

    /// <summary>Copies the set.</summary>
    public Task CopyAsync(RecordingSink sink, params string[] locations) => CopyAsync(sink, new RunOptions(), locations);

    /// <summary>Copies the set.</summary>
    public Task CopyAsync(RecordingSink sink, RunOptions run, params string[] locations) => CopyAsync(Sandbox.Session, sink, run, Both, To(locations), TestContext.Current.CancellationToken);

    public Task CopyAsync(RecordingSink sink, IReadOnlyList<string> sources, CopySnapshotOptions options) => CopyAsync(sink, new RunOptions(), sources, options);

    public Task CopyAsync(RecordingSink sink, RunOptions run, IReadOnlyList<string> sources, CopySnapshotOptions options) =>
        CopyAsync(Sandbox.Session, sink, run, sources, options, TestContext.Current.CancellationToken);

    public static Task CopyAsync(ImageSession session, IOperationSink sink, RunOptions run, IReadOnlyList<string> sources, CopySnapshotOptions options, CancellationToken token)
    {
        SnapshotCopyTarget[] targets = [.. sources.SelectMany(id => SnapshotCopyService.Targets(options with { SourceId = id }))];
        return SnapshotCopyService.CopyAsync(session, targets, run, sink, token);
    }

    public static CopySnapshotOptions To(params string[] locations) => new() { SourceId = string.Empty, Location = locations };

    /// <summary>Runs two commands of which the second begins when so much virtual time has passed.</summary>
    public Task TogetherAsync(int secondsApart, Func<Task> first, Func<Task> second) => SideBySide.RunAsync(Sandbox.Sandbox.Clock, secondsApart, first, second);

    public Task<string[]> SnapshotsAsync() => Sandbox.NamesAsync(ResourceTypes.Snapshot, SandboxSession.DiskVersion);

    /// <summary>The tags of a snapshot.</summary>
    public async Task<IReadOnlyDictionary<string, string>> TagsAsync(string id) =>
        (await Sandbox.GetAsync(id, SandboxSession.DiskVersion))!["tags"]!.AsObject().ToDictionary(tag => tag.Key, tag => (string)tag.Value!);

    public void Dispose() => Sandbox.Dispose();

    private Task<string> DiskAsync(string name, string properties) => Sandbox.PutAsync(Sandbox.Id("images", ResourceTypes.Disk, name), SandboxSession.DiskVersion,
        $$"""{"location":"westeurope","sku":{"name":"Premium_LRS"},"properties":{ {{properties}} } }""");
}
