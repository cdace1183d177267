using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vhds;

namespace ImageCmdlets.Engine.Tests.Vhds;

/// <summary>Images of VHD files.</summary>
public sealed class ImportTests
{
    private static readonly RunOptions s_oneByOne = new() { ThrottleLimit = 1 };

    [Fact]
    public async Task AFileBecomesAnImageWithItsBytesAndNothingElseStays()
    {
        using VhdScene scene = await VhdScene.OpenAsync();
        await File.WriteAllBytesAsync(scene.File, scene.Bytes, TestContext.Current.CancellationToken);

        CustomImage image = await ImportAsync(scene, new RecordingSink());

        Assert.Equal(("golden-image", "westeurope", "Linux", "V2", "Succeeded"), (image.Name, image.Location, image.OSType, image.HyperVGeneration, image.ProvisioningState));
        Assert.Equal(["os"], await scene.Sandbox.NamesAsync(ResourceTypes.Disk, SandboxSession.DiskVersion));
    }

    [Fact]
    public async Task ADiskHasEveryByteOfItsFileAndOnlyDataTravels()
    {
        using VhdScene scene = await VhdScene.OpenAsync();
        await File.WriteAllBytesAsync(scene.File, scene.Bytes, TestContext.Current.CancellationToken);
        var sink = new RecordingSink();
        string disk = string.Empty;

        await Operation.RunAsync(scene.Sandbox.Session, sink, s_oneByOne, null, async operation =>
        {
            ImagePlan plan = await VhdPlanner.PlanAsync(operation, Options(scene));
            disk = plan.Upload.Single().DiskId.Text;
            await new VhdUploading(operation, plan.Upload.Single()).RunAsync();
        }, TestContext.Current.CancellationToken);

        Assert.Equal(scene.Bytes, await scene.ReadDiskAsync(disk));
        Assert.Equal(((3 * TestVhd.MiB) + 512 + 1024 + 512L, 0L), Travelled(sink));
    }

    [Fact]
    public async Task DataDisksComeFromFilesToo()
    {
        using VhdScene scene = await VhdScene.OpenAsync();
        string data = Path.Combine(scene.Folder, "data.vhd");
        await File.WriteAllBytesAsync(scene.File, scene.Bytes, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(data, TestVhd.Make(32 * TestVhd.MiB, (TestVhd.MiB, 4096)), TestContext.Current.CancellationToken);

        CustomImage image = await ImportAsync(scene, new RecordingSink(), options => options with { DataDiskSource = [data], Name = "two" });

        Assert.Equal(("two", 0), (image.Name, Assert.Single(image.DataDisk).Lun));
        Assert.Equal(["os"], await scene.Sandbox.NamesAsync(ResourceTypes.Disk, SandboxSession.DiskVersion));
    }

    [Fact]
    public async Task AStoppedUploadIsGoneOnWith()
    {
        using VhdScene scene = await VhdScene.OpenAsync();
        await File.WriteAllBytesAsync(scene.File, scene.Bytes, TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        int pieces = 0;
        var sink = new RecordingSink { OnProgress = record => { if (record.Activity.StartsWith("Uploading", StringComparison.Ordinal) && ++pieces == 3) stop.Cancel(); } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ImportAsync(scene, sink, token: stop.Token));
        string[] left = await scene.Sandbox.NamesAsync(ResourceTypes.Disk, SandboxSession.DiskVersion);
        var again = new RecordingSink();
        await ImportAsync(scene, again);

        // The first three pieces of 4 MiB hold all that comes before the thirteenth MiB.
        Assert.Equal(2, left.Length);
        Assert.Equal((512 + 1024 + 512L, 3L * TestVhd.MiB), Travelled(again));
        Assert.Equal(["os"], await scene.Sandbox.NamesAsync(ResourceTypes.Disk, SandboxSession.DiskVersion));
    }

    [Fact]
    public async Task TheSameCommandAgainGivesTheImageThatIsThere()
    {
        using VhdScene scene = await VhdScene.OpenAsync();
        await File.WriteAllBytesAsync(scene.File, scene.Bytes, TestContext.Current.CancellationToken);
        CustomImage first = await ImportAsync(scene, new RecordingSink());

        var sink = new RecordingSink();
        CustomImage second = await ImportAsync(scene, sink);

        Assert.Equal(first.Id, second.Id);
        Assert.DoesNotContain(sink.VerboseLines, static line => line.Contains("travelled", StringComparison.Ordinal));
        Assert.Contains("is there already", Assert.Single(sink.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherFileUnderTheNameOfAnImageIsRefusedBeforeAnythingTravels()
    {
        using VhdScene scene = await VhdScene.OpenAsync();
        await File.WriteAllBytesAsync(scene.File, scene.Bytes, TestContext.Current.CancellationToken);
        await ImportAsync(scene, new RecordingSink());
        await File.WriteAllBytesAsync(scene.File, TestVhd.Make(VhdScene.DiskSize, (0, 512)), TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(scene.File, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        string before = scene.Sandbox.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() => ImportAsync(scene, new RecordingSink()));

        Assert.Equal(ErrorIds.ResourceAlreadyExists, error.ErrorId);
        Assert.Equal(before, scene.Sandbox.Fingerprint);
    }

    [Fact]
    public async Task AFileThatIsWrittenToMeanwhileBecomesNoImage()
    {
        using VhdScene scene = await VhdScene.OpenAsync();
        await File.WriteAllBytesAsync(scene.File, scene.Bytes, TestContext.Current.CancellationToken);
        var sink = new RecordingSink { OnProgress = _ => File.SetLastWriteTimeUtc(scene.File, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc)) };

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() => ImportAsync(scene, sink));

        Assert.Equal(ErrorIds.InvalidVhd, error.ErrorId);
        Assert.Empty(await scene.Sandbox.NamesAsync(ResourceTypes.Image, SandboxSession.ComputeVersion));
    }

    [Fact]
    public async Task AWrongFileIsRefusedAndNothingIsMade()
    {
        using VhdScene scene = await VhdScene.OpenAsync();
        await File.WriteAllBytesAsync(scene.File, [.. "vhdxfile"u8, .. new byte[4096]], TestContext.Current.CancellationToken);
        string before = scene.Sandbox.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() => ImportAsync(scene, new RecordingSink()));

        Assert.Equal(ErrorIds.InvalidVhd, error.ErrorId);
        Assert.Equal(before, scene.Sandbox.Fingerprint);
    }

    private static NewImageOptions Options(VhdScene scene) =>
        new() { Source = scene.File, IsFile = true, ResourceGroupName = "images", OSType = "linux", HyperVGeneration = "V2" };

    private static async Task<CustomImage> ImportAsync(VhdScene scene, RecordingSink sink, Func<NewImageOptions, NewImageOptions>? change = null, CancellationToken? token = null)
    {
        NewImageOptions options = Options(scene);
        await ImageService.CreateAsync(scene.Sandbox.Session, [change?.Invoke(options) ?? options], s_oneByOne, sink, token ?? TestContext.Current.CancellationToken);
        return (CustomImage)Assert.Single(sink.Items);
    }

    private static (long Sent, long Resumed) Travelled(RecordingSink sink)
    {
        string line = sink.VerboseLines.Single(static line => line.Contains("travelled", StringComparison.Ordinal));
        long[] numbers = [.. line[line.LastIndexOf('\'')..].Split(' ', ';').Where(static word => long.TryParse(word, out _)).Select(long.Parse)];
        return (numbers[0], numbers[1]);
    }
}
