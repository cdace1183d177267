using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Copying;

namespace ImageCmdlets.Engine.Tests.Copying;

public sealed class CopyServiceTests
{
    [Fact]
    public async Task AnImageArrivesInEveryRegionWithEverythingItHas()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "North Europe", "japaneast");

        Assert.Empty(sink.Errors);
        Assert.Empty(sink.Warnings);
        Assert.All(sink.Items.Cast<ImageCopyResult>(), result =>
        {
            Assert.Equal("Succeeded", result.State);
            Assert.Equal("SnapshotCopy", result.Method);
            Assert.Equal(100, result.PercentComplete);
            Assert.Equal(2, result.DiskCount);
            Assert.Equal(scene.ImageId, result.SourceId);
        });
        Assert.Equal(["japaneast", "northeurope"], sink.Items.Cast<ImageCopyResult>().Select(result => result.Location).Order());
        JsonNode copy = (await scene.Sandbox.GetAsync(scene.ImageId + "-northeurope", SandboxSession.ComputeVersion))!;
        JsonNode profile = copy["properties"]!["storageProfile"]!;
        Assert.Equal("northeurope", (string?)copy["location"]);
        Assert.Equal("web", (string?)copy["tags"]!["team"]);
        Assert.Equal("p", (string?)copy["tags"]!["PlanName"]);
        Assert.Equal("V2", (string?)copy["properties"]!["hyperVGeneration"]);
        Assert.True((bool?)profile["zoneResilient"]);
        Assert.Equal("Windows", (string?)profile["osDisk"]!["osType"]);
        Assert.Equal("Generalized", (string?)profile["osDisk"]!["osState"]);
        Assert.Equal("ReadWrite", (string?)profile["osDisk"]!["caching"]);
        Assert.Equal("Premium_LRS", (string?)profile["osDisk"]!["storageAccountType"]);
        Assert.Equal(127, (int?)profile["osDisk"]!["diskSizeGB"]);
        JsonNode data = Assert.Single(profile["dataDisks"]!.AsArray())!;
        Assert.Equal(3, (int?)data["lun"]);
        Assert.Equal(64, (int?)data["diskSizeGB"]);
        Assert.Equal("ReadOnly", (string?)data["caching"]);
        Assert.Equal("StandardSSD_LRS", (string?)data["storageAccountType"]);
    }

    [Fact]
    public async Task NothingIsLeftButTheCopies()
    {
        using CopyScene scene = await CopyScene.OpenAsync();

        await scene.CopyAsync(new RecordingSink(), "northeurope", "japaneast");

        Assert.Empty(await scene.SnapshotsAsync());
        Assert.Equal(["web01-image", "web01-image-japaneast", "web01-image-northeurope"], await scene.ImagesAsync());
        Assert.Equal(["web01-data", "web01-os"], await scene.DisksAsync());
    }

    [Fact]
    public async Task RegionsTravelSideBySide()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        var one = new RecordingSink();
        await scene.CopyAsync(one, "northeurope");
        using CopyScene other = await CopyScene.OpenAsync();
        var three = new RecordingSink();

        await other.CopyAsync(three, "northeurope", "japaneast", "brazilsouth");

        TimeSpan alone = Assert.Single(one.Items.Cast<ImageCopyResult>()).Elapsed;
        Assert.All(three.Items.Cast<ImageCopyResult>(), result => Assert.InRange(result.Elapsed, alone - TimeSpan.FromSeconds(15), alone + TimeSpan.FromSeconds(15)));

        // The bytes travel for 240 seconds; then come the image and the tidying up.
        Assert.Equal(250, (int)alone.TotalSeconds);
    }

    [Fact]
    public async Task TheDisksAreSnapshottedOnceForAllRegions()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope", "japaneast", "brazilsouth");

        string[] puts = [.. sink.VerboseLines.Where(line => line.StartsWith("PUT ", StringComparison.Ordinal) && line.Contains("/snapshots/", StringComparison.Ordinal))];
        Assert.Equal(2, puts.Count(line => line.Contains("-source-", StringComparison.Ordinal)));
        Assert.Equal(2 + (3 * 2), puts.Length);
    }

    [Fact]
    public async Task TemporariesCarryTheirTagsFromTheFirstPutAndTheirNamesAreTheSameInEveryRun()
    {
        var names = new List<string[]>();
        for (int run = 0; run < 2; run++)
        {
            using CopyScene scene = await CopyScene.OpenAsync();
            await scene.CopyAsync(new RecordingSink(), CopyScene.Options(scene.ImageId, "northeurope"), new RunOptions { NoWait = true });
            names.Add(await scene.SnapshotsAsync());
            JsonNode snapshot = (await scene.Sandbox.GetAsync(scene.Sandbox.Id("images", ResourceTypes.Snapshot, names[run][0]), SandboxSession.DiskVersion))!;
            Assert.Equal("Copy-CustomImage", (string?)snapshot["tags"]!["imagecmdlets-operation"]);
            Assert.Equal("lun3", (string?)snapshot["tags"]!["imagecmdlets-step"]);
            Assert.Equal(scene.ImageId, (string?)snapshot["tags"]!["imagecmdlets-source"]);
        }

        Assert.Equal(4, names[0].Length);
        Assert.Equal(names[0], names[1]);
    }

    [Fact]
    public async Task ACopyThatIsThereIsReportedAndNothingIsDone()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        await scene.CopyAsync(new RecordingSink(), "northeurope");
        string before = scene.Sandbox.Fingerprint;
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope");

        ImageCopyResult result = Assert.Single(sink.Items.Cast<ImageCopyResult>());
        Assert.Equal(("Succeeded", "Existing", scene.ImageId + "-northeurope"), (result.State, result.Method, result.Id));
        Assert.Equal(before, scene.Sandbox.Fingerprint);
    }

    [Fact]
    public async Task ACopyThatIsThereIsReportedAlsoWhenTheSourceDisksAreGone()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        await scene.CopyAsync(new RecordingSink(), "northeurope");
        await scene.Sandbox.DeleteAsync(scene.OSDiskId, SandboxSession.DiskVersion);
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, CopyScene.Options(scene.ImageId, "northeurope", "japaneast") with { Method = ImageCopyMethod.SnapshotCopy });

        ImageCopyResult[] results = [.. sink.Items.Cast<ImageCopyResult>().OrderBy(result => result.Location, StringComparer.Ordinal)];
        Assert.Equal(["japaneast Failed SnapshotCopy", "northeurope Succeeded Existing"], results.Select(result => $"{result.Location} {result.State} {result.Method}"));
        ImageCmdletsException error = Assert.Single(sink.Errors);
        Assert.Equal("CopySourceNotAvailable", error.ErrorId);
        Assert.Same(error, results[0].Error);
        Assert.Contains("-Method Gallery", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMachineMadeAnewUnderItsOldNameIsNotTakenForTheOldOne()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        await scene.CopyAsync(new RecordingSink(), "northeurope");
        await scene.Sandbox.DeleteAsync(scene.ImageId, SandboxSession.ComputeVersion);
        await scene.Sandbox.DeleteAsync(scene.DataDiskId, SandboxSession.DiskVersion);
        await scene.DiskAsync(scene.DataDiskId, """ "diskSizeGB":64,"creationData":{"createOption":"Empty"} """);
        await scene.ImageAsync("web01-image");
        string before = scene.Sandbox.Fingerprint;
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope");

        Assert.Equal("ResourceAlreadyExists", Assert.Single(sink.Errors).ErrorId);
        Assert.Equal("Failed", Assert.Single(sink.Items.Cast<ImageCopyResult>()).State);
        Assert.Equal(before, scene.Sandbox.Fingerprint);
    }

    [Fact]
    public async Task AnotherGroupAndSubscriptionKeepTheNameForOneRegion()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        string subscription = scene.Sandbox.Sandbox.Subscriptions[1].Id;
        await scene.Sandbox.GroupAsync("dev", "japaneast", subscription);
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, CopyScene.Options(scene.ImageId, "japaneast") with { TargetSubscriptionId = subscription, TargetResourceGroupName = "dev" });

        ImageCopyResult result = Assert.Single(sink.Items.Cast<ImageCopyResult>());
        Assert.Equal(ResourceId.Of(subscription, "dev", ResourceTypes.Image, "web01-image").Text, result.Id);
        Assert.Equal("Succeeded", result.State);
        Assert.Empty(await scene.SnapshotsAsync());
    }

    [Fact]
    public async Task TheSameRegionInAnotherGroupNeedsNoJourney()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, CopyScene.Options(scene.ImageId, "westeurope") with { TargetResourceGroupName = "elsewhere" });

        ImageCopyResult result = Assert.Single(sink.Items.Cast<ImageCopyResult>());
        Assert.Equal("Succeeded", result.State);
        Assert.InRange(result.Elapsed, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20));
        Assert.Empty(await scene.SnapshotsAsync());
    }

    [Fact]
    public async Task ARegionWithoutZonesGetsAPlainImageAndAWarning()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "japanwest");

        Assert.Contains("japanwest", Assert.Single(sink.Warnings), StringComparison.Ordinal);
        JsonNode copy = (await scene.Sandbox.GetAsync(scene.ImageId + "-japanwest", SandboxSession.ComputeVersion))!;
        Assert.Null(copy["properties"]!["storageProfile"]!["zoneResilient"]);
    }

    [Fact]
    public async Task TagsThatAreGivenReplaceTheSourcesButNotItsPlan()
    {
        using CopyScene scene = await CopyScene.OpenAsync();

        await scene.CopyAsync(new RecordingSink(), CopyScene.Options(scene.ImageId, "northeurope") with { Tag = new Dictionary<string, string> { ["stage"] = "test" } });

        JsonNode copy = (await scene.Sandbox.GetAsync(scene.ImageId + "-northeurope", SandboxSession.ComputeVersion))!;
        Assert.Equal(["PlanName", "PlanProduct", "PlanPublisher", "imagecmdlets-copyof", "stage"], copy["tags"]!.AsObject().Select(tag => tag.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task TwoImagesOfOneMachineGoToARegionOneAfterTheOther()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        string second = await scene.ImageAsync("web01-second");
        var sink = new RecordingSink();
        ImageCopyTarget[] targets = [.. CopyService.Targets(CopyScene.Options(scene.ImageId, "northeurope")), .. CopyService.Targets(CopyScene.Options(second, "northeurope"))];

        await CopyService.CopyAsync(scene.Sandbox.Session, targets, new RunOptions(), sink, TestContext.Current.CancellationToken);

        Assert.Empty(sink.Errors);
        Assert.Equal(["Succeeded", "Succeeded"], sink.Items.Cast<ImageCopyResult>().Select(result => result.State));
        Assert.Empty(await scene.SnapshotsAsync());
    }

    [Fact]
    public async Task ProgressHasABarForTheImageAndBelowItOneForEachRegion()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope", "japaneast");

        int parent = Assert.Single(sink.ProgressRecords.Where(record => record.ParentActivityId == -1).Select(record => record.ActivityId).Distinct());
        Assert.Equal(["japaneast", "northeurope"], sink.ProgressRecords.Where(record => record.ParentActivityId == parent).Select(record => record.Activity).Distinct().Order());
        Assert.Contains(sink.ProgressRecords, record => record.PercentComplete is > 0 and < 100 && record.SecondsRemaining > 0);
        Assert.Equal(3, sink.ProgressRecords.Count(record => record.Completed));
    }
}
