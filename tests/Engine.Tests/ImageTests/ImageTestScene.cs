using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.ImageTests;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Tests.ImageTests;

/// <summary>A sandbox with an image of a machine that was generalized, or was only marked so.</summary>
internal sealed class ImageTestScene : IDisposable
{
    private ImageTestScene(SandboxSession sandbox) => Sandbox = sandbox;

    public SandboxSession Sandbox { get; }

    public string ImageId => Sandbox.Id("images", ResourceTypes.Image, "golden");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ImageTestScene> OpenAsync(bool isWindows = false, bool isGeneralized = true, string? script = null)
    {
        var scene = new ImageTestScene(await SandboxSession.OpenAsync());
        var sink = new RecordingSink();
        await scene.Sandbox.GroupAsync("images");
        var machine = new NewVMOptions
        {
            ResourceGroupName = "images",
            Name = "seed",
            Image = isWindows ? "MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-g2:latest" : "Canonical:ubuntu-24_04-lts:server:latest",
        };
        string id = scene.Sandbox.Id("images", ResourceTypes.VirtualMachine, "seed");
        await VMService.NewAsync(scene.Sandbox.Session, [machine], new RunOptions(), sink, Token);
        if (isGeneralized)
            await GeneralizeService.GeneralizeAsync(scene.Sandbox.Session, [new GeneralizeOptions { Id = id }], new RunOptions(), sink, Token);
        else
            await scene.MarkAsync(id, script);
        await ImageService.CreateAsync(scene.Sandbox.Session, [new NewImageOptions { Name = "golden", Source = id }], new RunOptions(), sink, Token);
        await VMService.RemoveAsync(scene.Sandbox.Session, [new RemoveVMOptions { Id = id }], new RunOptions(), sink, Token);
        Assert.Empty(sink.Errors);
        return scene;
    }

    public TestImageOptions Options(params ImageScript[] scripts) => new() { Id = ImageId, Script = scripts };

    public async Task<ImageTestResult> TestAsync(TestImageOptions options, RecordingSink? sink = null)
    {
        RecordingSink own = sink ?? new RecordingSink();
        await ImageTestService.TestAsync(Sandbox.Session, [options], new RunOptions(), own, Token);
        Assert.Empty(own.Errors);
        return Assert.IsType<ImageTestResult>(Assert.Single(own.Items));
    }

    /// <summary>The names of the groups of tests, with their tags.</summary>
    public async Task<JsonNode[]> GroupsAsync()
    {
        JsonNode? list = await Sandbox.GetAsync($"/subscriptions/{Sandbox.Session.SubscriptionId}/resourcegroups", "2021-04-01");
        return [.. list!["value"]!.AsArray().OfType<JsonNode>().Where(group => ((string)group["name"]!).StartsWith("imagecmdlets-test-", StringComparison.Ordinal))];
    }

    public void Dispose() => Sandbox.Dispose();

    /// <summary>An image of a machine on which only the traces of Azure's own were removed by hand: it comes up, and is the same everywhere.</summary>
    public static Task<ImageTestScene> OpenCarelessAsync() => OpenAsync(isWindows: false, isGeneralized: false, script: "rm -rf /var/lib/waagent/provisioned /var/lib/cloud");

    // As somebody does who knows the portal only: the machine is switched off and marked, and nothing was done in the guest.
    private async Task MarkAsync(string id, string? script)
    {
        if (script is not null)
        {
            await Sandbox.SendAsync("POST", $"{id}/runCommand?api-version={SandboxSession.ComputeVersion}", $$"""{"commandId":"RunShellScript","script":["{{script}}"]}""");
            Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        await VMService.ChangePowerAsync(Sandbox.Session, [id], VMPowerAction.Deallocate, new RunOptions(), new RecordingSink(), Token);
        await Sandbox.SendAsync("POST", $"{id}/generalize?api-version={SandboxSession.ComputeVersion}");
    }
}
