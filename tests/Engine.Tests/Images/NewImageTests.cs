using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Images;

/// <summary>Images of disks, snapshots and VHDs.</summary>
public sealed class NewImageTests
{
    private const string Blob = "https://store.blob.core.windows.net/vhds/os.vhd";

    [Fact]
    public async Task ADiskDecidesSystemGenerationStorageTagsAndPlan()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        string disk = await scene.OSDiskAsync("web01-os", generation: "V2", sku: "Premium_ZRS",
            """ ,"purchasePlan":{"name":"p","publisher":"q","product":"o"} """, """ ,"tags":{"team":"web","imagecmdlets-set":"x"} """);

        CustomImage image = await scene.CreateAsync(new NewImageOptions { Source = disk });

        Assert.Equal(scene.Sandbox.Id("images", ResourceTypes.Image, "web01-os-image"), image.Id);
        Assert.Equal(("Windows", "Generalized", "V2", "westeurope"), (image.OSType, image.OSState, image.HyperVGeneration, image.Location));
        Assert.True(image.ZoneResilient);
        Assert.Equal(("Premium_ZRS", 127, disk), (image.OSDisk!.StorageAccountType, image.OSDisk.DiskSizeGB, image.OSDisk.SourceId));
        Assert.Equal("q:o:p", image.Plan!.ToString());
        Assert.Equal(["PlanName", "PlanProduct", "PlanPublisher", "team"], image.Tag.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("Succeeded", image.ProvisioningState);
    }

    [Fact]
    public async Task DataDisksGetTheirLunsInOrder()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        string os = await scene.OSDiskAsync("os");
        string first = await scene.DataDiskAsync("first", 16);
        string second = await scene.SnapshotAsync("second", first);

        CustomImage image = await scene.CreateAsync(new NewImageOptions { Source = os, Name = "img", DataDiskSource = [first, second], Caching = "ReadWrite" });

        Assert.Equal("ReadWrite", image.OSDisk!.Caching);
        Assert.Equal([(0, first), (1, second)], image.DataDisk.Select(disk => (disk.Lun!.Value, disk.SourceId!)));
        Assert.Equal(127 + 16 + 16, image.SizeGB);
    }

    [Fact]
    public async Task SnapshotsKeepTheLunsTheirDisksHadAndTheOthersFillTheGaps()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        string plain = await scene.DataDiskAsync("plain", 16);
        string third = await scene.SnapshotAsync("third", plain, lun: 3);
        string first = await scene.SnapshotAsync("first", plain, lun: 0);

        CustomImage image = await scene.CreateAsync(new NewImageOptions { Source = await scene.OSDiskAsync("os"), Name = "img", DataDiskSource = [plain, third, first] });

        Assert.Equal([(0, first), (1, plain), (3, third)], image.DataDisk.Select(disk => (disk.Lun!.Value, disk.SourceId!)));
    }

    [Fact]
    public async Task TwoSnapshotsOfOneLunAreTakenApartWithAWarning()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        string disk = await scene.DataDiskAsync("data", 16);
        string[] snapshots = [await scene.SnapshotAsync("one", disk, lun: 1), await scene.SnapshotAsync("two", disk, lun: 1)];
        var options = new NewImageOptions { Source = await scene.OSDiskAsync("os"), Name = "img", DataDiskSource = snapshots };
        var sink = new RecordingSink();

        await ImageService.CreateAsync(scene.Sandbox.Session, [options], new RunOptions(), sink, TestContext.Current.CancellationToken);

        CustomImage image = Assert.Single(sink.Items.Cast<CustomImage>());
        Assert.Equal([(0, snapshots[1]), (1, snapshots[0])], image.DataDisk.Select(data => (data.Lun!.Value, data.SourceId!)));
        Assert.Equal("'two' was at LUN 1, where another disk of the image is already, and gets LUN 0.", Assert.Single(sink.Warnings));
    }

    [Fact]
    public async Task ASnapshotIsASource()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        string snapshot = await scene.SnapshotAsync("before", await scene.OSDiskAsync("os"));

        CustomImage image = await scene.CreateAsync(new NewImageOptions { Source = snapshot });

        Assert.Equal(("before-image", snapshot, "V1"), (image.Name, image.OSDisk!.SourceId, image.HyperVGeneration));
    }

    [Fact]
    public async Task ANameInTheGroupIsASource()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        string disk = await scene.OSDiskAsync("web01-os");

        CustomImage image = await scene.CreateAsync(new NewImageOptions { Source = "web01-os", ResourceGroupName = "images" });

        Assert.Equal(disk, image.OSDisk!.SourceId);
    }

    [Fact]
    public async Task AVhdNeedsItsSystemAndTakesTheRestFromTheGroup()
    {
        using ImageScene scene = await ImageScene.OpenAsync();

        CustomImage image = await scene.CreateAsync(new NewImageOptions { Source = Blob, ResourceGroupName = "images", OSType = "linux" });

        Assert.Equal(("os-image", "Linux", "V1", "westeurope", Blob), (image.Name, image.OSType, image.HyperVGeneration, image.Location, image.OSDisk!.SourceId));
    }

    [Fact]
    public async Task TheSameSourceAgainGivesTheImageThatIsThere()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        var options = new NewImageOptions { Source = await scene.OSDiskAsync("os"), Name = "img" };
        await scene.CreateAsync(options);
        string before = scene.Sandbox.Fingerprint;
        var sink = new RecordingSink();

        await ImageService.CreateAsync(scene.Sandbox.Session, [options], new RunOptions(), sink, TestContext.Current.CancellationToken);

        Assert.Equal("img", Assert.Single(sink.Items.Cast<CustomImage>()).Name);
        Assert.Contains("there already", Assert.Single(sink.Warnings), StringComparison.Ordinal);
        Assert.Equal(before, scene.Sandbox.Fingerprint);
    }

    [Fact]
    public async Task AStopAtAnyCallIsPickedUpByTheSameCommand()
    {
        int call = 0;
        bool stopped;
        do
        {
            using ImageScene scene = await ImageScene.OpenAsync();
            var options = new NewImageOptions { Source = await scene.OSDiskAsync("os"), Name = "img", DataDiskSource = [await scene.DataDiskAsync("data", 16)] };
            using var stop = new StopAfterCalls(++call);
            stopped = await StopAfterCalls.EndsAsync(() => ImageService.CreateAsync(scene.Sandbox.Session, [options], new RunOptions(), stop, stop.Token));

            CustomImage image = await scene.CreateAsync(options);

            Assert.Equal(("Succeeded", 127 + 16), (image.ProvisioningState, image.SizeGB));
            Assert.Equal(["img"], await scene.Sandbox.NamesAsync(ResourceTypes.Image, SandboxSession.ComputeVersion));
        }
        while (stopped);

        Assert.InRange(call, 8, 30);
    }

    [Fact]
    public async Task AnImageTakesAsLongAsAzureTakes()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        var options = new NewImageOptions { Source = await scene.OSDiskAsync("os"), Name = "img" };
        DateTimeOffset before = scene.Sandbox.Sandbox.Clock.GetUtcNow();

        await scene.CreateAsync(options);

        // Recorded median 5.2 seconds, seen by the poll after it.
        Assert.Equal(TimeSpan.FromSeconds(6), scene.Sandbox.Sandbox.Clock.GetUtcNow() - before);
    }

    [Fact]
    public async Task ManyImagesAreMadeSideBySideAndABadOneDoesNotStopTheOthers()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        var items = new List<NewImageOptions> { new() { Source = scene.Sandbox.Id("images", ResourceTypes.Disk, "missing") } };
        for (int i = 0; i < 5; i++)
            items.Add(new NewImageOptions { Source = await scene.OSDiskAsync($"os{i}") });
        DateTimeOffset before = scene.Sandbox.Sandbox.Clock.GetUtcNow();
        var sink = new RecordingSink();

        await ImageService.CreateAsync(scene.Sandbox.Session, items, new RunOptions(), sink, TestContext.Current.CancellationToken);

        Assert.Equal(ErrorIds.DiskNotFound, Assert.Single(sink.Errors).ErrorId);
        Assert.Equal(5, sink.Items.Count);
        Assert.Equal(TimeSpan.FromSeconds(6), scene.Sandbox.Sandbox.Clock.GetUtcNow() - before);
    }

    [Fact]
    public async Task NoWaitReturnsWhenAzureHasAccepted()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        var sink = new RecordingSink();

        await ImageService.CreateAsync(scene.Sandbox.Session, [new NewImageOptions { Source = await scene.OSDiskAsync("os"), Name = "img" }],
            new RunOptions { NoWait = true }, sink, TestContext.Current.CancellationToken);

        ImageOperation operation = Assert.Single(sink.Items.Cast<ImageOperation>());
        Assert.Equal(("img", "InProgress"), (operation.Name, operation.State));
        JsonNode image = (await scene.Sandbox.GetAsync(operation.Id, SandboxSession.ComputeVersion))!;
        Assert.Equal("Creating", (string?)image["properties"]!["provisioningState"]);
    }

    [Fact]
    public async Task AnImageWhoseMakingFailedIsMadeAgain()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        var options = new NewImageOptions { Source = await scene.OSDiskAsync("os"), Name = "img" };
        scene.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "Images_CreateOrUpdate", Effect = SandboxFaultEffect.OperationFailure, Code = "InternalExecutionError", Message = "An internal execution error occurred." });

        ArmOperationException error = await Assert.ThrowsAsync<ArmOperationException>(() => scene.CreateAsync(options));
        CustomImage image = await scene.CreateAsync(options);

        Assert.Equal("InternalExecutionError", error.Code);
        Assert.Equal("Succeeded", image.ProvisioningState);
    }
}
