using System.Text.Json.Nodes;

namespace ImageCmdlets.Recordings.Tests;

/// <summary>The Get-, New- and Remove- cmdlets over recorded sessions: the objects in the pipeline are what Azure said.</summary>
[Trait("Category", "Recordings")]
public sealed class CmdletStoryTests : IDisposable
{
    private readonly CmdletHost _host = new();

    [Theory]
    [InlineData("test_vm_custom_image")]
    [InlineData("test_gallery_e2e")]
    public void ImagesAreMadeOfMachinesThatArePipedIn(string title)
    {
        Recording recording = RecordingLibrary.Require(title);
        foreach (RecordedCreation creation in RecordedCreation.In(recording, ResourceTypes.Image))
        {
            using ReplaySession replay = ReplaySession.Of(recording, out ReplayHandler handler);
            handler.Timeline.MoveBefore(creation.Exchange);
            ResourceId machine = ResourceId.TryParse(creation.ImageOptions().Source)!;

            ArmResource[] made = _host.Run(
                "Get-ImageVM -Session $session -g $group -n $machine | New-CustomImage -Session $session -Name $name",
                ("session", replay.Session), ("group", machine.ResourceGroupName), ("machine", machine.Name), ("name", creation.Id.Name));

            AssertShown(handler, creation.Id.Text, ResourceTypes.Image, Assert.Single(made));
            Assert.Equal([creation.Exchange], handler.Writes.Select(write => write.Answer));
        }
    }

    [Fact]
    public void MachinesMadeOfImagesNameThem()
    {
        Recording recording = RecordingLibrary.Require("test_vm_custom_image");
        using ReplaySession replay = ReplaySession.Of(recording, out ReplayHandler handler);
        handler.Timeline.MoveBefore(recording.Exchanges[^1]);
        RecordedCreation[] creations = [.. RecordedCreation.In(recording, ResourceTypes.Image)];
        string[] machines = [.. recording.Exchanges.Where(IsMachineOfImage).Select(exchange => exchange.Uri.AbsolutePath).Distinct(StringComparer.OrdinalIgnoreCase)];
        Assert.NotEmpty(machines);

        ArmResource[] images = _host.Run("$names | ForEach-Object { Get-CustomImage -Session $session -g $group -n $_ }",
            ("session", replay.Session), ("group", creations[0].Id.ResourceGroupName), ("names", creations.Select(creation => creation.Id.Name).ToArray()));
        ArmResource[] vms = _host.Run("$ids | ForEach-Object { Get-ImageVM -Session $session -Id $_ }", ("session", replay.Session), ("ids", machines));

        Assert.Equal(creations.Length, images.Length);
        Assert.Equal(machines, vms.Select(vm => vm.Id), StringComparer.OrdinalIgnoreCase);
        Assert.All(vms, vm => Assert.Contains(images, image => image.Id.Equals(((ImageVM)vm).Image, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void AnImageOfVhdsIsMadeListedAndRemoved()
    {
        Recording recording = RecordingLibrary.Require("ImageTests__TestImage");
        using ReplaySession replay = ReplaySession.Of(recording, out ReplayHandler handler);
        RecordedCreation creation = Assert.Single(RecordedCreation.In(recording, ResourceTypes.Image));
        NewImageOptions options = creation.ImageOptions();
        handler.Timeline.MoveBefore(creation.Exchange);
        handler.Supplied["/locations"] = RecordedRegions.ListOf(recording);

        ArmResource made = Assert.Single(_host.Run(
            "New-CustomImage -Session $session -g $group -Name $name -Source $source -DataDiskSource $disks -OSType $system -l $location",
            ("session", replay.Session), ("group", options.ResourceGroupName), ("name", options.Name), ("source", options.Source),
            ("disks", options.DataDiskSource.ToArray()), ("system", options.OSType), ("location", options.Location)));
        AssertShown(handler, creation.Id.Text, ResourceTypes.Image, made);

        ArmResource[] left = _host.Run("Get-CustomImage -Session $session -g $group | Remove-CustomImage -Session $session -AllowInUse -Confirm:$false; Get-CustomImage -Session $session -g $group",
            ("session", replay.Session), ("group", options.ResourceGroupName));
        Assert.Empty(left);
        Assert.Equal(["PUT", "DELETE"], handler.Writes.Select(write => write.Method));
    }

    [Fact]
    public void ASnapshotIsTakenReadAndRemoved()
    {
        Recording recording = RecordingLibrary.Require("DiskRPTests__TestSnapshot");
        using ReplaySession replay = ReplaySession.Of(recording, out ReplayHandler handler);
        RecordedCreation creation = Assert.Single(RecordedCreation.In(recording, ResourceTypes.Snapshot));
        handler.Timeline.MoveBefore(creation.Exchange);
        (string, object?)[] variables =
            [("session", replay.Session), ("disk", MadeUpDisk.Supply(handler, creation)), ("name", creation.Id.Name), ("group", creation.Id.ResourceGroupName)];

        ArmResource taken = Assert.Single(_host.Run("New-ImageSnapshot -Session $session -Source $disk -Name $name -Full", variables));
        AssertShown(handler, creation.Id.Text, ResourceTypes.Snapshot, taken);
        ArmResource read = Assert.Single(_host.Run("Get-ImageSnapshot -Session $session -g $group -n $name", variables));
        Assert.Equal(MappedBody.Lines(taken), MappedBody.Lines(read));
        Assert.Empty(_host.Run("Get-ImageSnapshot -Session $session -g $group -n $name | Remove-ImageSnapshot -Session $session -Confirm:$false", variables));

        Assert.Equal("SnapshotNotFound,ImageCmdlets.Commands.GetImageSnapshotCommand",
            _host.Fail("Get-ImageSnapshot -Session $session -g $group -n $name", variables).FullyQualifiedErrorId);
    }

    [Fact]
    public void MachinesComeOverPages()
    {
        Recording recording = RecordingLibrary.Require("VirtualMachineTests__TestVirtualMachineListWithPaging");
        using ReplaySession replay = ReplaySession.Of(recording, out _);
        string listPath = $"/subscriptions/{replay.Session.SubscriptionId}/providers/{ResourceTypes.VirtualMachine}";
        string[] expected =
        [
            .. recording.Exchanges.Where(exchange => exchange.Uri.AbsolutePath == listPath).SelectMany(RecordedList.Items)
                .Select(item => string.Join('\n', MappedBody.Lines(BodyExpectation.Of(new RecordedBody(listPath, ResourceTypes.VirtualMachine, item))))),
        ];

        ArmResource[] all = _host.Run("Get-ImageVM -Session $session", ("session", replay.Session));

        Assert.Equal(expected, all.Select(vm => string.Join('\n', MappedBody.Lines(vm))));
    }

    public void Dispose() => _host.Dispose();

    private static bool IsMachineOfImage(RecordedExchange exchange) =>
        exchange is { Method: "GET", Status: 200 }
        && ResourceId.TryParse(exchange.Uri.AbsolutePath)?.Is(ResourceTypes.VirtualMachine) == true
        && JsonNode.Parse(exchange.Body).Text("properties.storageProfile.imageReference.id") is not null;

    // The last that Azure showed of a resource is what the pipeline must hold.
    private static void AssertShown(ReplayHandler handler, string id, string type, ArmResource written)
    {
        RecordedExchange shown = handler.Requests.Last(request => request.Method == "GET" && request.Uri.AbsolutePath == id).Answer!;
        var body = new RecordedBody(id, type, JsonNode.Parse(shown.Body)!.AsObject());
        Assert.Equal(MappedBody.Lines(BodyExpectation.Of(body)), MappedBody.Lines(written));
    }
}
