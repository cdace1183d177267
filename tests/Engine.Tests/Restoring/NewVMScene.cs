using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Tests.Vms;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Restoring;

/// <summary>A machine with two data disks, and a set of snapshots of it.</summary>
internal sealed class NewVMScene : IDisposable
{
    private NewVMScene(VMWorld world) => World = world;

    public VMWorld World { get; }

    public ImageSession Session => World.Session;

    public ArmSandbox Sandbox => World.Sandbox;

    /// <summary>The OS disk's first.</summary>
    public ImageSnapshot[] Set { get; private set; } = [];

    public string New => World.Id(ResourceTypes.VirtualMachine, "again");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<NewVMScene> OpenAsync() => OpenAsync(new NewVMOptions
    {
        ResourceGroupName = "images", Name = "web01", Location = "westeurope", Image = VMWorld.Linux, DataDiskSizeGB = [16, 32], Size = "Standard_D4s_v5", StorageAccountType = "Premium_LRS",
        NoPublicIPAddress = true, Tag = new Dictionary<string, string> { ["team"] = "web" },
    });

    public static async Task<NewVMScene> OpenAsync(NewVMOptions machine)
    {
        var scene = new NewVMScene(await VMWorld.OpenAsync());
        await scene.World.NewAsync(machine);
        scene.Set = await scene.TakeAsync(new NewSnapshotOptions { Source = scene.World.Id(ResourceTypes.VirtualMachine, machine.Name), Name = "before", Tag = new Dictionary<string, string> { ["kept"] = "yes" } });
        return scene;
    }

    public async Task<ImageSnapshot[]> TakeAsync(NewSnapshotOptions options)
    {
        var sink = new RecordingSink();
        await SnapshotService.CreateAsync(Session, [options], new RunOptions(), sink, Token);
        Assert.Empty(sink.Errors);
        return [.. sink.Items.Cast<ImageSnapshot>().OrderBy(snapshot => snapshot.Lun ?? -1)];
    }

    public static RestoreSnapshotOptions To(string name = "again") => new() { Source = string.Empty, NewVMName = name };

    public Task RestoreAsync(IOperationSink sink, RestoreSnapshotOptions? options = null) => RestoreAsync(Session, sink, Set, options ?? To(), Token);

    public static Task RestoreAsync(ImageSession session, IOperationSink sink, IEnumerable<ImageSnapshot> snapshots, RestoreSnapshotOptions options, CancellationToken token) =>
        SnapshotService.RestoreToNewVMAsync(session, [.. snapshots.Select(snapshot => options with { Source = snapshot.Id })], new RunOptions { ThrottleLimit = 1 }, sink, token);

    public async Task<ImageVM> RestoreAsync(RestoreSnapshotOptions? options = null)
    {
        var sink = new RecordingSink();
        await RestoreAsync(sink, options);
        Assert.Empty(sink.Errors);
        return Assert.IsType<ImageVM>(Assert.Single(sink.Items));
    }

    public async Task<ImageCmdletsException> RefusedAsync(IEnumerable<ImageSnapshot> snapshots, RestoreSnapshotOptions? options = null)
    {
        string before = World.Fingerprint;
        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => RestoreAsync(Session, new RecordingSink(), snapshots, options ?? To(), Token));
        Assert.Equal(before, World.Fingerprint);
        return error;
    }

    public Task OtherNetworkAsync() => World.PutAsync(World.Id(ResourceTypes.VirtualNetwork, "other"), VMWorld.Network, """
        {"location":"westeurope","properties":{"addressSpace":{"addressPrefixes":["10.9.0.0/16"]},"subnets":[{"name":"here","properties":{"addressPrefix":"10.9.1.0/24"} }]} }
        """);

    /// <summary>Runs two commands of which the second begins when so much virtual time has passed.</summary>
    public Task TogetherAsync(int secondsApart, Func<int, Task> command) => SideBySide.RunAsync(Sandbox.Clock, secondsApart, () => command(0), () => command(1));

    public void Dispose() => World.Dispose();
}
