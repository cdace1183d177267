using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Reports;
using ImageCmdlets.Engine.Tests.Lineage;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Tests.Reports;

/// <summary>A gallery with all that a report has to show: versions of several origins and states, users, names that want to be HTML.</summary>
internal sealed class ReportScene : IDisposable
{
    public const string Hostile = "<script>document.title='hacked'</script>\"'&<img src=x onerror=alert(1)>";

    private readonly string _folder = Directory.CreateTempSubdirectory("imagecmdlets-report-").FullName;

    private ReportScene(LineageScene lineage)
    {
        Lineage = lineage;
    }

    public LineageScene Lineage { get; }

    public string FilePath => Path.Combine(_folder, "report.html");

    public string[] Files => [.. Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    public static async Task<ReportScene> OpenAsync()
    {
        var scene = new ReportScene(await LineageScene.OpenAsync());
        await scene.FurnishAsync();
        return scene;
    }

    public ExportReportOptions Options => new() { FilePath = FilePath, Id = [Lineage.Gallery.GalleryId, Lineage.Gallery.ImageId], Rule = new GetImageRetentionOptions { KeepLast = 2 } };

    public async Task<string> ExportAsync(ExportReportOptions? options = null, RecordingSink? sink = null)
    {
        RecordingSink own = sink ?? new RecordingSink();
        await ImageReportService.ExportAsync(Lineage.Sandbox.Session, options ?? Options, new RunOptions(), own, TestContext.Current.CancellationToken);
        return await File.ReadAllTextAsync(Assert.IsType<FileInfo>(Assert.Single(own.Items)).FullName, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        Lineage.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task FurnishAsync()
    {
        CustomImage image = await Lineage.ImageAsync(await Lineage.MachineAsync("golden-seed"));
        string[] regions = ["westeurope", "northeurope", "japaneast"];
        for (int minor = 0; minor < 5; minor++)
        {
            await Lineage.Gallery.CreateAsync(new NewVersionOptions
            {
                DefinitionId = Lineage.Definition,
                Source = image.Id,
                TargetRegion = [.. regions.Take(1 + (minor % 3)).Select(region => new ImageTargetRegion(region + "=" + (1 + minor)))],
                Tag = minor == 2 ? new Dictionary<string, string> { ["note"] = Hostile, ["team"] = "web" } : new Dictionary<string, string> { ["build"] = $"2026112{minor}.1" },
            });
        }

        await Lineage.RemoveMachineAsync("golden-seed");
        await Lineage.VersionAsync(await Lineage.MachineAsync("app-layer-with-a-long-name", Lineage.Definition + "/versions/1.0.3"));
        await Lineage.RemoveMachineAsync("app-layer-with-a-long-name");
        await MachineAsync("web01", Lineage.Definition + "/versions/1.0.0");
        await MachineAsync("web02", Lineage.Definition);
        Lineage.Gallery.FailRegion("japaneast");
        var failing = new NewVersionOptions { DefinitionId = Lineage.Definition, Source = image.Id, TargetRegion = [new("westeurope"), new("japaneast")] };
        await VersionService.CreateAsync(Lineage.Sandbox.Session, [failing], new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken);
    }

    private Task MachineAsync(string name, string image) => VMService.NewAsync(Lineage.Sandbox.Session,
        [new NewVMOptions { ResourceGroupName = "images", Name = name, Location = "westeurope", Image = image }], new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken);
}
