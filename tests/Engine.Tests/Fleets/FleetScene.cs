using ImageCmdlets.Engine.Fleets;
using ImageCmdlets.Engine.Tests.Galleries;

namespace ImageCmdlets.Engine.Tests.Fleets;

/// <summary>A gallery with an image version in four regions, and as many cores as anybody wants.</summary>
internal sealed class FleetScene : IDisposable
{
    public const string Group = "web";
    public static readonly string[] Regions = ["westeurope", "northeurope", "eastus", "japaneast"];

    private FleetScene(GalleryScene gallery)
    {
        Gallery = gallery;
    }

    public GalleryScene Gallery { get; }

    public SandboxSession Sandbox => Gallery.Sandbox;

    public string ImageId => Gallery.VersionId("1.0.0");

    public static async Task<FleetScene> OpenAsync(int replicas = 50)
    {
        var scene = new FleetScene(await GalleryScene.OpenAsync());
        scene.Sandbox.Sandbox.CoreQuota = 100_000;
        await scene.Gallery.FurnishVersionAsync("1.0.0", regions: string.Join(",", Regions.Select(region => $$"""{"name":"{{region}}","regionalReplicaCount":{{replicas}}}""")));
        await scene.Sandbox.GroupAsync(Group);
        return scene;
    }

    public NewFleetOptions Options(int count, params string[] regions) => new()
    {
        Machine = new NewVMOptions { ResourceGroupName = Group, Name = "web", Image = ImageId, Size = "Standard_D2s_v5", SecurityType = "Standard" },
        NamePrefix = "web",
        Count = count,
        Location = regions.Length == 0 ? Regions : regions,
    };

    public async Task<ImageVM[]> MakeAsync(NewFleetOptions options, RecordingSink? sink = null, RunOptions? run = null, ImageSession? session = null)
    {
        RecordingSink own = sink ?? new RecordingSink();
        await FleetService.NewAsync(session ?? Sandbox.Session, options, run ?? new RunOptions { ThrottleLimit = FleetService.MostMachines }, own, TestContext.Current.CancellationToken);
        return [.. own.Items.Cast<ImageVM>()];
    }

    public void Dispose() => Gallery.Dispose();
}
