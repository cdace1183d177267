using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Tests.Images;

namespace ImageCmdlets.Engine.Tests.Snapshots;

/// <summary>Snapshots of disks, and disks of snapshots.</summary>
public sealed class SnapshotServiceTests
{
    [Fact]
    public async Task ADiskIsNamedAfterItselfAndTheTimeAndIsIncremental()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        string disk = await scene.OSDiskAsync("web01-os", generation: "V2");
        string time = scene.Sandbox.Sandbox.Clock.GetUtcNow().ToString("yyyyMMddHHmmss");

        ImageSnapshot snapshot = await TakeAsync(scene, new NewSnapshotOptions { Source = disk });

        Assert.Equal($"web01-os-{time}", snapshot.Name);
        Assert.True(snapshot.Incremental);
        Assert.Equal((disk, "Windows", "V2", 127, 100.0), (snapshot.SourceId, snapshot.OSType, snapshot.HyperVGeneration, snapshot.DiskSizeGB, snapshot.CompletionPercent));
        Assert.Null(snapshot.SetId);
    }

    [Fact]
    public async Task FullSkuAndTagsArriveAsAsked()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        var options = new NewSnapshotOptions { Source = "os", ResourceGroupName = "images", Name = "before", Full = true, Sku = "Standard_ZRS", Tag = new Dictionary<string, string> { ["why"] = "patch" } };
        await scene.OSDiskAsync("os");

        ImageSnapshot snapshot = await TakeAsync(scene, options);

        Assert.Equal(("before", false, "Standard_ZRS", "patch"), (snapshot.Name, snapshot.Incremental, snapshot.Sku, snapshot.Tag["why"]));
    }

    [Theory]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/snapshots/i", null, null, ErrorIds.InvalidResourceId)]
    [InlineData("os", null, null, ErrorIds.InvalidArgument)]
    [InlineData("missing", "images", null, ErrorIds.VMNotFound)]
    [InlineData("os", "images", "bad-", ErrorIds.InvalidResourceName)]
    public async Task BadInputIsRefusedAndChangesNothing(string source, string? group, string? name, string errorId)
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        await scene.OSDiskAsync("os");
        string before = scene.Sandbox.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() => TakeAsync(scene, new NewSnapshotOptions { Source = source, ResourceGroupName = group, Name = name }));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(before, scene.Sandbox.Fingerprint);
    }

    [Fact]
    public async Task ADiskIsRestoredBesideItsSnapshot()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        string snapshot = await scene.SnapshotAsync("before", await scene.OSDiskAsync("os", generation: "V2"));

        ManagedDisk disk = await RestoreAsync(scene, new RestoreSnapshotOptions { Source = snapshot, DiskSizeGB = 256, Zone = "1", Sku = "Premium_LRS" });

        Assert.Equal(("before-disk", "images", "westeurope", "Premium_LRS"), (disk.Name, disk.ResourceGroupName, disk.Location, disk.Sku));
        Assert.Equal((256, "Windows", "V2", snapshot, "Unattached"), (disk.DiskSizeGB, disk.OSType, disk.HyperVGeneration, disk.SourceId, disk.DiskState));
        Assert.Equal(["1"], disk.Zone);
    }

    [Fact]
    public async Task ADiskSmallerThanItsSnapshotIsRefused()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        string snapshot = await scene.SnapshotAsync("before", await scene.OSDiskAsync("os"));

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() => RestoreAsync(scene, new RestoreSnapshotOptions { Source = snapshot, DiskSizeGB = 126 }));

        Assert.Equal((ErrorIds.InvalidArgument, (object?)126), (error.ErrorId, error.Target));
        Assert.Contains("-DiskSizeGB 127", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACopyOnItsWayShowsItsPercentAndCannotBeRestored()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        string source = await scene.SnapshotAsync("source", await scene.OSDiskAsync("os"), incremental: true);
        string copy = await scene.Sandbox.PutAsync(scene.Sandbox.Id("images", ResourceTypes.Snapshot, "copy"), SandboxSession.DiskVersion,
            $$"""{"location":"northeurope","properties":{"incremental":true,"creationData":{"createOption":"CopyStart","sourceResourceId":"{{source}}"} } }""");
        var sink = new RecordingSink();

        await SnapshotService.GetAsync(scene.Sandbox.Session, new ResourceQuery { ResourceGroupName = "images", Name = "*o*" }, sink, TestContext.Current.CancellationToken);
        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() => RestoreAsync(scene, new RestoreSnapshotOptions { Source = copy }));

        ImageSnapshot[] found = [.. sink.Items.Cast<ImageSnapshot>().OrderBy(item => item.Name, StringComparer.Ordinal)];
        Assert.Equal(["copy", "source"], found.Select(item => item.Name));
        Assert.Equal("Succeeded", found[0].ProvisioningState);
        Assert.InRange(found[0].CompletionPercent, 1, 99);
        Assert.Equal(100, found[1].CompletionPercent);
        Assert.Equal(ErrorIds.SnapshotNotComplete, error.ErrorId);
    }

    [Fact]
    public async Task RemovedIsGoneAndMissingIsAnError()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        string snapshot = await scene.SnapshotAsync("before", await scene.OSDiskAsync("os"));
        var sink = new RecordingSink();

        await SnapshotService.RemoveAsync(scene.Sandbox.Session, [snapshot, snapshot + "x"], new RunOptions(), sink, TestContext.Current.CancellationToken);

        JsonNode? gone = await scene.Sandbox.GetAsync(snapshot, SandboxSession.DiskVersion);
        Assert.Null(gone);
        Assert.Equal((ErrorIds.SnapshotNotFound, snapshot + "x"), (Assert.Single(sink.Errors).ErrorId, sink.Errors[0].Target));
        Assert.Empty(sink.Items);
    }

    private static async Task<ImageSnapshot> TakeAsync(ImageScene scene, NewSnapshotOptions options)
    {
        var sink = new RecordingSink();
        await SnapshotService.CreateAsync(scene.Sandbox.Session, [options], new RunOptions(), sink, TestContext.Current.CancellationToken);
        return Assert.Single(sink.Items.Cast<ImageSnapshot>());
    }

    private static async Task<ManagedDisk> RestoreAsync(ImageScene scene, RestoreSnapshotOptions options)
    {
        var sink = new RecordingSink();
        await SnapshotService.RestoreAsync(scene.Sandbox.Session, [options], new RunOptions(), sink, TestContext.Current.CancellationToken);
        return Assert.Single(sink.Items.Cast<ManagedDisk>());
    }
}
