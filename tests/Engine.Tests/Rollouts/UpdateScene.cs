using ImageCmdlets.Engine.Rollouts;
using ImageCmdlets.Engine.ScaleSets;
using ImageCmdlets.Engine.Tests.Galleries;
using ImageCmdlets.Engine.Tests.Usage;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Rollouts;

/// <summary>A watched scale set of version 1.0.0, and version 1.1.0 that is to be rolled out.</summary>
internal sealed class UpdateScene : IDisposable
{
    private UpdateScene(UsageScene usage)
    {
        Usage = usage;
    }

    public UsageScene Usage { get; }

    public GalleryScene Gallery => Usage.Gallery;

    public SandboxSession Sandbox => Usage.Gallery.Sandbox;

    public string Old => Gallery.VersionId("1.0.0");

    public string New => Gallery.VersionId("1.1.0");

    public static async Task<UpdateScene> OpenAsync(string mode = "Manual", bool isFlexible = false, int capacity = 5, bool follows = false)
    {
        var scene = new UpdateScene(await UsageScene.OpenAsync());
        await scene.Usage.ScaleSetAsync(follows ? scene.Gallery.DefinitionId : scene.Old, capacity: capacity, mode: mode, isFlexible: isFlexible);
        await scene.Gallery.FurnishVersionAsync("1.1.0");
        return scene;
    }

    /// <summary>From now on machines that fit fall ill with the new version.</summary>
    public void Spoil(string machine) =>
        Sandbox.Sandbox.AddGuestFault(new SandboxGuestFault { Machine = machine, Kind = GuestFaultKind.Unhealthy, Detail = "*1.1.0*" });

    /// <summary>Changes the set as somebody else, and waits.</summary>
    public async Task ChangeAsync(string body)
    {
        await Usage.WriteSetAsync("PATCH", "web", body);
        Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(15));
    }

    /// <summary>A machine of the marketplace that somebody makes and joins to the flexible set.</summary>
    public async Task JoinAsync(string name, string publisher, string offer, string sku)
    {
        string body = $$$"""
            {"location":"westeurope","properties":{"hardwareProfile":{"vmSize":"Standard_B1s"},"virtualMachineScaleSet":{"id":"{{{Usage.ScaleSetId}}}"},
             "storageProfile":{"imageReference":{"publisher":"{{{publisher}}}","offer":"{{{offer}}}","sku":"{{{sku}}}","version":"latest"},"osDisk":{"createOption":"FromImage","deleteOption":"Delete"}},
             "osProfile":{"computerName":"{{{name}}}","adminUsername":"azureuser","adminPassword":"Sandbox-Pass-1"},
             "networkProfile":{"networkApiVersion":"2020-11-01","networkInterfaceConfigurations":[{"name":"nic","properties":{"primary":true,"ipConfigurations":[
              {"name":"ip","properties":{"subnet":{"id":"{{{Sandbox.Id("images", ResourceTypes.VirtualNetwork, "net")}}}/subnets/default"} } }] } }] } } }
            """;
        SandboxResponse answer = await Sandbox.SendAsync("PUT", $"{Sandbox.Id("images", ResourceTypes.VirtualMachine, name)}?api-version={SandboxSession.ComputeVersion}", body);
        Assert.Equal(201, answer.Status);
        Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(15));
    }

    public UpdateScaleSetOptions Options => new() { Id = Usage.ScaleSetId, Image = New };

    public async Task<ImageRolloutResult[]> UpdateAsync(UpdateScaleSetOptions? options = null, RecordingSink? sink = null)
    {
        RecordingSink own = sink ?? new RecordingSink();
        await RolloutService.UpdateAsync(Sandbox.Session, [options ?? Options], new RunOptions(), own, TestContext.Current.CancellationToken);
        return [.. own.Items.Cast<ImageRolloutResult>()];
    }

    public async Task<ImageRolloutResult[]> UndoAsync(bool replaceMachine = false)
    {
        var sink = new RecordingSink();
        var options = new UndoRolloutOptions { Id = [New], ReplaceMachine = replaceMachine };
        await RolloutService.UndoAsync(Sandbox.Session, options, new RunOptions(), sink, TestContext.Current.CancellationToken);
        Assert.Empty(sink.Errors);
        return [.. sink.Items.Cast<ImageRolloutResult>()];
    }

    /// <summary>The set with its machines.</summary>
    public async Task<ImageScaleSet> ReadAsync()
    {
        var sink = new RecordingSink();
        await ScaleSetService.GetAsync(Sandbox.Session, new ResourceQuery { Id = Usage.ScaleSetId }, withInstances: true, sink, TestContext.Current.CancellationToken);
        return Assert.IsType<ImageScaleSet>(Assert.Single(sink.Items));
    }

    /// <summary>The versions that the machines run, in their order.</summary>
    public async Task<string> VersionsAsync() => string.Join(" ", (await ReadAsync()).Instance!.Select(machine => machine.Version));

    public void Dispose() => Usage.Dispose();
}
