using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Copying;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Tests.Copying;

/// <summary>Copies into a subscription of another tenant, by pages.</summary>
public sealed class CopyToTenantTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TheCopyHasEverythingAndNothingIsLeftOnEitherSide(bool withoutDisks)
    {
        using TenantScene scene = await TenantScene.OpenAsync(withoutDisks);
        string[] disks = await scene.Here.DisksAsync();
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope", "westeurope");

        Assert.Empty(sink.Errors);
        Assert.Empty(sink.Warnings);
        ImageCopyResult[] results = [.. sink.Items.Cast<ImageCopyResult>().OrderBy(result => result.Location, StringComparer.Ordinal)];
        Assert.Equal([scene.ThereId(ResourceTypes.Image, "web01-image-northeurope"), scene.ThereId(ResourceTypes.Image, "web01-image-westeurope")], results.Select(result => result.Id));
        Assert.All(results, result => Assert.Equal(("Succeeded", "BlobCopy", 100.0, 2), (result.State, result.Method, result.PercentComplete, result.DiskCount)));
        JsonNode image = (await scene.Here.Sandbox.GetAsync(results[0].Id, SandboxSession.ComputeVersion))!;
        JsonNode storage = image["properties"]!["storageProfile"]!;
        Assert.Equal(("northeurope", "V2", true), ((string)image["location"]!, (string)image["properties"]!["hyperVGeneration"]!, (bool)storage["zoneResilient"]!));
        Assert.Equal(("Windows", "Generalized", "ReadWrite", "Premium_LRS"), ((string)storage["osDisk"]!["osType"]!, (string)storage["osDisk"]!["osState"]!, (string)storage["osDisk"]!["caching"]!, (string)storage["osDisk"]!["storageAccountType"]!));
        JsonNode data = storage["dataDisks"]!.AsArray().Single()!;
        Assert.Equal((3, "ReadOnly", "StandardSSD_LRS", 64), ((int)data["lun"]!, (string)data["caching"]!, (string)data["storageAccountType"]!, (int)data["diskSizeGB"]!));
        Assert.Equal(("web", "p", "o", "q"), ((string)image["tags"]!["team"]!, (string)image["tags"]!["PlanName"]!, (string)image["tags"]!["PlanProduct"]!, (string)image["tags"]!["PlanPublisher"]!));
        Assert.Equal(disks, await scene.Here.DisksAsync());
        await scene.Here.AssertNothingLeftAsync();
    }

    // What is not empty travels, and all of it; a footer is the last of each disk.
    [Fact]
    public async Task TheBytesAreTheSamePageByPage()
    {
        using TenantScene scene = await TenantScene.OpenAsync();
        scene.Furnish(scene.Here.OSDiskId);
        IReadOnlyList<string> expected = await TenantScene.BytesAsync(scene.Here.Sandbox.Session, scene.Here.OSDiskId);
        using var stop = new CancellationTokenSource();
        var sink = new RecordingSink { OnProgress = record => { if (record.Status == "Making the image") stop.Cancel(); } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.Here.CopyAsync(sink, scene.Options(scene.There, "northeurope"), new RunOptions { ThrottleLimit = 1 }, stop.Token));

        string copied = (await scene.PartsAsync()).Single(name => name.EndsWith("-pages-os", StringComparison.Ordinal));

        Assert.InRange(expected.Count, 5, 100);
        Assert.Equal(expected, await TenantScene.BytesAsync(scene.There, scene.ThereId(ResourceTypes.Disk, copied)));
        var again = new RecordingSink();
        await scene.CopyAsync(again, "northeurope");
        ImageCopyResult result = Assert.IsType<ImageCopyResult>(Assert.Single(again.Items));
        Assert.Equal(("Succeeded", null as long?), (result.State, result.BytesTransferred));
        await scene.Here.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task OfASparseDiskOnlyWhatItHoldsTravels()
    {
        using TenantScene scene = await TenantScene.OpenAsync();
        const int megabyte = 1024 * 1024;
        for (int at = 0; at < 30; at++)
            scene.Sandbox.WriteDisk(scene.Here.DataDiskId, 34L * at * megabyte, [.. Enumerable.Repeat((byte)(at + 1), megabyte)]);
        IReadOnlyList<string> os = await TenantScene.BytesAsync(scene.Here.Sandbox.Session, scene.Here.OSDiskId);
        long held = os.Sum(line => long.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope");

        // The OS disk's list of pages has its footer.
        Assert.Equal(held + (30 * megabyte) + 512, Assert.Single(sink.Items.Cast<ImageCopyResult>()).BytesTransferred);
    }

    [Fact]
    public async Task ItIsThereAlreadyTheSecondTime()
    {
        using TenantScene scene = await TenantScene.OpenAsync();
        await scene.CopyAsync(new RecordingSink(), "northeurope");
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope");

        Assert.Equal(("Succeeded", "Existing"), sink.Items.Cast<ImageCopyResult>().Select(result => (result.State, result.Method)).Single());
        Assert.Empty(sink.Warnings);
    }

    [Theory]
    [InlineData(ImageCopyMethod.SnapshotCopy, false)]
    [InlineData(ImageCopyMethod.Gallery, false)]
    [InlineData(ImageCopyMethod.Auto, true)]
    [InlineData(ImageCopyMethod.BlobCopy, true)]
    public async Task AWayThatLeadsNowhereIsRefusedBeforeAnything(ImageCopyMethod method, bool noWait)
    {
        using TenantScene scene = await TenantScene.OpenAsync();
        string before = scene.Here.Sandbox.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() =>
            scene.Here.CopyAsync(new RecordingSink(), scene.Options(scene.There, "northeurope") with { Method = method }, new RunOptions { NoWait = noWait }));

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains(noWait ? "-NoWait" : "no token", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, scene.Here.Sandbox.Fingerprint);
    }

    [Fact]
    public async Task ASubscriptionOfAnotherTenantIsToldWithTheCure()
    {
        using TenantScene scene = await TenantScene.OpenAsync();

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() =>
            scene.Here.CopyAsync(new RecordingSink(), scene.Options(null, "northeurope") with { TargetSubscriptionId = scene.There.SubscriptionId }));

        Assert.Equal(ErrorIds.AuthenticationFailed, error.ErrorId);
        Assert.Equal($"The subscription '{scene.There.SubscriptionId}' belongs to the tenant '{scene.There.TenantId}', and the session is signed in at '{scene.Here.Sandbox.Session.TenantId}'.", error.Message);
        Assert.Contains($"-Tenant {scene.There.TenantId}", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("-TargetSession", error.RecommendedAction, StringComparison.Ordinal);
    }

    // One sign-in that is known in both tenants: the documented way is by a gallery's version.
    [Theory]
    [InlineData(ImageCopyMethod.Auto, "Gallery")]
    [InlineData(ImageCopyMethod.SnapshotCopy, "SnapshotCopy")]
    [InlineData(ImageCopyMethod.BlobCopy, "BlobCopy")]
    public async Task WithATokenOfBothTenantsOneSessionIsEnough(ImageCopyMethod method, string way)
    {
        using TenantScene scene = await TenantScene.OpenAsync();
        var options = new ConnectOptions { Method = AuthenticationMethod.Sandbox, SandboxSession = scene.Here.Sandbox.Session, AuxiliaryTenantId = [scene.There.TenantId!] };
        ImageSession both = await SessionService.ConnectAsync(options, new RecordingSink(), TestContext.Current.CancellationToken);
        CopyImageOptions copy = scene.Options(null, "northeurope") with { TargetSubscriptionId = scene.There.SubscriptionId, Method = method };
        var sink = new RecordingSink();

        await CopyService.CopyAsync(both, CopyService.Targets(copy), new RunOptions(), sink, TestContext.Current.CancellationToken);

        Assert.Empty(sink.Errors);
        Assert.Equal(("Succeeded", way, scene.ThereId(ResourceTypes.Image, "web01-image")), sink.Items.Cast<ImageCopyResult>().Select(result => (result.State, result.Method, result.Id)).Single());
        await scene.Here.AssertNothingLeftAsync();
        SessionService.Disconnect(both);
    }

    [Fact]
    public async Task AnotherSandboxCannotBeReached()
    {
        using TenantScene scene = await TenantScene.OpenAsync();
        using TenantScene other = await TenantScene.OpenAsync();

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() => scene.Here.CopyAsync(new RecordingSink(), scene.Options(other.There, "northeurope")));

        Assert.Equal((ErrorIds.InvalidArgument, "The two sessions are of two sandboxes, between which nothing travels."), (error.ErrorId, error.Message));
    }

    [Fact]
    public async Task ThePlanSaysTheWayAndChangesNothing()
    {
        using TenantScene scene = await TenantScene.OpenAsync();
        string before = scene.Here.Sandbox.Fingerprint;
        var sink = new RecordingSink();

        await CopyService.PlanAsync(scene.Here.Sandbox.Session, CopyService.Targets(scene.Options(scene.There, "northeurope")), new RunOptions(), sink, TestContext.Current.CancellationToken);

        ImageCopyPlan plan = Assert.IsType<ImageCopyPlan>(Assert.Single(sink.Items));
        Assert.Equal("BlobCopy", plan.Method);
        Assert.Equal(
        [
            "Take 2 temporaries of what is copied in westeurope, once for all regions.",
            "Grant access to read 2 disks, for 30 minutes at a time, revoked at the end.",
            "Let the storage service copy the pages that are not empty to 2 disks in northeurope; none passes through this machine.",
            "Make the image web01-image of them.",
            "Remove 4 temporaries.",
        ], plan.Step);
        Assert.Equal(before, scene.Here.Sandbox.Fingerprint);
    }
}
