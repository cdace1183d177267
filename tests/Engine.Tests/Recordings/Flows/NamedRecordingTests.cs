using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Whole stories, each in one session against one recording: make, read, list, remove.</summary>
[Trait("Category", "Recordings")]
public sealed class NamedRecordingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CustomImagesOfTwoMachinesAndTheMachinesMadeOfThem()
    {
        Recording recording = RecordingLibrary.Require("test_vm_custom_image");
        using ReplaySession replay = ReplaySession.Of(recording, out ReplayHandler handler);
        foreach (RecordedCreation creation in RecordedCreation.In(recording, ResourceTypes.Image))
        {
            handler.Timeline.MoveBefore(creation.Exchange);
            await ImageService.CreateAsync(replay.Session, [creation.ImageOptions()], new RunOptions(), replay.Sink, Token);
        }

        CustomImage[] images = [.. replay.Sink.Items.Cast<CustomImage>()];
        Assert.Equal(2, images.Length);
        Assert.All(images, image => Assert.Equal(("Succeeded", "Linux", "Generalized"), (image.ProvisioningState, image.OSType, image.OSState)));
        Assert.Contains(images, image => image.OSDisk!.SourceId!.StartsWith("https://", StringComparison.Ordinal));
        Assert.Contains(images, image => image.DataDisk.Count == 2 && image.SizeGB == image.OSDisk!.DiskSizeGB + image.DataDisk.Sum(disk => disk.DiskSizeGB));

        RecordedExchange end = recording.Exchanges[^1];
        handler.Timeline.MoveBefore(end);
        string[] made = [.. MachinesOf(recording).Where(machine => machine.ImageId is not null).Select(machine => machine.Id)];
        Assert.NotEmpty(made);
        foreach (string id in made)
        {
            replay.Sink.Items.Clear();
            await VMService.GetAsync(replay.Session, new ResourceQuery { Id = id }, false, replay.Sink, Token);
            var vm = (ImageVM)Assert.Single(replay.Sink.Items);
            Assert.Contains(images, image => image.Id.Equals(vm.Image, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task AnImageForAGalleryAndTheMachineMadeOfItsVersion()
    {
        Recording recording = RecordingLibrary.Require("test_gallery_e2e");
        using ReplaySession replay = ReplaySession.Of(recording, out ReplayHandler handler);
        RecordedCreation creation = Assert.Single(RecordedCreation.In(recording, ResourceTypes.Image));
        handler.Timeline.MoveBefore(creation.Exchange);

        await ImageService.CreateAsync(replay.Session, [creation.ImageOptions()], new RunOptions(), replay.Sink, Token);
        await ImageService.GetAsync(replay.Session, new ResourceQuery { Id = creation.Id.Text }, replay.Sink, Token);

        Assert.Equal(MappedBody.Lines((ArmResource)replay.Sink.Items[0]), MappedBody.Lines((ArmResource)replay.Sink.Items[1]));
        Assert.Equal(creation.Wanted.Text("properties.sourceVirtualMachine.id"), ((CustomImage)replay.Sink.Items[0]).SourceId);

        replay.Sink.Items.Clear();
        (string id, string? imageId) = MachinesOf(recording).First(machine => machine.ImageId is not null);
        await VMService.GetAsync(replay.Session, new ResourceQuery { Id = id }, false, replay.Sink, Token);
        var vm = (ImageVM)Assert.Single(replay.Sink.Items);
        Assert.StartsWith(imageId!, vm.Image, StringComparison.Ordinal);
        Assert.True(ResourceId.TryParse(vm.Image)!.Is(ResourceTypes.GalleryImageVersion));
        Assert.Equal("Running", vm.PowerState);
    }

    [Fact]
    public async Task AnImageOfVhdsFromMakingToRemoval()
    {
        Recording recording = RecordingLibrary.Require("ImageTests__TestImage");
        using ReplaySession replay = ReplaySession.Of(recording, out ReplayHandler handler);
        RecordedCreation creation = Assert.Single(RecordedCreation.In(recording, ResourceTypes.Image));
        handler.Timeline.MoveBefore(creation.Exchange);
        handler.Supplied["/locations"] = RecordedRegions.ListOf(recording);
        var list = new ResourceQuery { ResourceGroupName = creation.Id.ResourceGroupName };

        await ImageService.CreateAsync(replay.Session, [creation.ImageOptions()], new RunOptions(), replay.Sink, Token);
        await ImageService.GetAsync(replay.Session, list, replay.Sink, Token);
        await ImageService.RemoveAsync(replay.Session, [RecordedRemoval.Options(creation.Id.Text)], new RunOptions(), replay.Sink, Token);
        await ImageService.GetAsync(replay.Session, list, replay.Sink, Token);
        ArmOperationException gone = await Assert.ThrowsAsync<ArmOperationException>(
            () => ImageService.GetAsync(replay.Session, new ResourceQuery { Id = creation.Id.Text }, replay.Sink, Token));

        Assert.Equal(2, replay.Sink.Items.Count);
        Assert.Equal(MappedBody.Lines((ArmResource)replay.Sink.Items[0]), MappedBody.Lines((ArmResource)replay.Sink.Items[1]));
        Assert.Equal(["PUT", "DELETE"], handler.Writes.Select(write => write.Method));
        Assert.Equal(ErrorIds.ImageNotFound, gone.ErrorId);
    }

    [Fact]
    public async Task ASnapshotFromTakingToRemoval()
    {
        Recording recording = RecordingLibrary.Require("DiskRPTests__TestSnapshot");
        using ReplaySession replay = ReplaySession.Of(recording, out ReplayHandler handler);
        RecordedCreation creation = Assert.Single(RecordedCreation.In(recording, ResourceTypes.Snapshot));
        handler.Timeline.MoveBefore(creation.Exchange);
        var query = new ResourceQuery { ResourceGroupName = creation.Id.ResourceGroupName, Name = creation.Id.Name };

        string disk = MadeUpDisk.Supply(handler, creation);
        await SnapshotService.CreateAsync(replay.Session, [creation.SnapshotOptions(disk)], new RunOptions(), replay.Sink, Token);
        await SnapshotService.GetAsync(replay.Session, query, replay.Sink, Token);
        await SnapshotService.RemoveAsync(replay.Session, [creation.Id.Text], new RunOptions(), replay.Sink, Token);
        ArmOperationException gone = await Assert.ThrowsAsync<ArmOperationException>(() => SnapshotService.GetAsync(replay.Session, query, replay.Sink, Token));

        Assert.Equal(2, replay.Sink.Items.Count);
        var taken = (ImageSnapshot)replay.Sink.Items[0];
        Assert.Equal(MappedBody.Lines(taken), MappedBody.Lines((ArmResource)replay.Sink.Items[1]));
        Assert.Equal(creation.Wanted.Whole("properties.diskSizeGB"), taken.DiskSizeGB);
        Assert.Equal(creation.Wanted.Text("location")!.Replace(" ", string.Empty, StringComparison.Ordinal), taken.Location, ignoreCase: true);
        Assert.Equal(100, taken.CompletionPercent);
        Assert.Equal(ErrorIds.SnapshotNotFound, gone.ErrorId);
    }

    [Fact]
    public async Task MachinesOfASubscriptionOverPages()
    {
        Recording recording = RecordingLibrary.Require("VirtualMachineTests__TestVirtualMachineListWithPaging");
        using ReplaySession replay = ReplaySession.Of(recording, out ReplayHandler handler);
        string listPath = $"/subscriptions/{replay.Session.SubscriptionId}/providers/{ResourceTypes.VirtualMachine}";
        string?[] names = [.. recording.Exchanges.Where(exchange => exchange.Uri.AbsolutePath == listPath)
            .SelectMany(RecordedList.Items).Select(item => item.Text("name"))];

        await VMService.GetAsync(replay.Session, new ResourceQuery(), false, replay.Sink, Token);
        string?[] all = [.. replay.Sink.Items.Cast<ImageVM>().Select(vm => vm.Name)];
        replay.Sink.Items.Clear();
        await VMService.GetAsync(replay.Session, new ResourceQuery { Name = "*1" }, false, replay.Sink, Token);

        Assert.Equal(names, all);
        Assert.Equal(names.Where(name => name!.EndsWith('1')), replay.Sink.Items.Cast<ImageVM>().Select(vm => vm.Name));
        Assert.Equal(2, handler.Requests.Take(2).Select(request => request.Answer!.Index).Distinct().Count());
    }

    private static IEnumerable<(string Id, string? ImageId)> MachinesOf(Recording recording) =>
        from exchange in recording.Exchanges
        where exchange is { Method: "GET", Status: 200 } && ResourceId.TryParse(exchange.Uri.AbsolutePath)?.Is(ResourceTypes.VirtualMachine) == true
        let body = JsonNode.Parse(exchange.Body)
        select (exchange.Uri.AbsolutePath, body.Text("properties.storageProfile.imageReference.id"));
}
