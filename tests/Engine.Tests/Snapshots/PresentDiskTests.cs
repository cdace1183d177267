using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Tests.Images;
using ImageCmdlets.Engine.Tests.Vms;

namespace ImageCmdlets.Engine.Tests.Snapshots;

/// <summary>What has the name already is given only where it provably holds the same, and never in silence.</summary>
public sealed class PresentDiskTests
{
    private readonly RecordingSink _sink = new();

    [Fact]
    public async Task ASnapshotOfAStoppedRunIsGivenWithAWarningThatSaysItsAge()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        var options = new NewSnapshotOptions { Source = await scene.OSDiskAsync("os"), Name = "before" };
        DateTimeOffset asked = await BeginAsync(scene, options);
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(50));

        ImageSnapshot given = await TakeAsync(scene, options with { Tag = new Dictionary<string, string> { ["env"] = "prod" } });

        Assert.InRange(given.TimeCreated!.Value, asked, asked.AddSeconds(30));
        Assert.Matches(@"^The snapshot 'before' was made (49|50|51) minutes ago \(20\d\d-.* UTC\) and is given as it is\. Its tags are not those of -Tag, and stay as they are\.$", Assert.Single(_sink.Warnings));
        Assert.Empty(given.Tag);
        JsonNode? there = await scene.Sandbox.GetAsync(given.Id, SandboxSession.DiskVersion);
        Assert.True(there!["tags"] is null or JsonObject { Count: 0 });
        await RefusedAsync(scene, () => TakeAsync(scene, options));
    }

    [Theory]
    [InlineData("00:00:40", "made 40 seconds ago")]
    [InlineData("1.00:00:00", "made 24 hours ago")]
    public async Task AFinishedSnapshotIsNeverGivenForANewOne(string passed, string told)
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        var options = new NewSnapshotOptions { Source = await scene.OSDiskAsync("os"), Name = "nightly" };
        TimeSpan age = TimeSpan.Parse(passed, System.Globalization.CultureInfo.InvariantCulture);
        ImageSnapshot first = await TakeAsync(scene, options);
        scene.Sandbox.Sandbox.Clock.Advance(first.TimeCreated!.Value + age - scene.Sandbox.Sandbox.Clock.GetUtcNow());

        ImageCmdletsException error = await RefusedAsync(scene, () => TakeAsync(scene, options));

        Assert.Equal(first.Id, error.Target);
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("the disk may have changed since.", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("Leave -Name out, by which every run takes new ones, or pass another -Name, or Remove-ImageSnapshot", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, null, "it is incremental, not full")]
    [InlineData(false, "Premium_LRS", "it lies on Standard_LRS, not on Premium_LRS")]
    public async Task ASnapshotOfAnotherKindIsRefused(bool full, string? sku, string difference)
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        var options = new NewSnapshotOptions { Source = await scene.OSDiskAsync("os"), Name = "before" };
        await BeginAsync(scene, options);

        ImageCmdletsException error = await RefusedAsync(scene, () => TakeAsync(scene, options with { Full = full, Sku = sku }));

        Assert.EndsWith($": {difference}.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASnapshotOfAnotherDiskIsRefused()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        await BeginAsync(scene, new NewSnapshotOptions { Source = await scene.OSDiskAsync("os"), Name = "before" });
        string other = await scene.OSDiskAsync("other");

        ImageCmdletsException error = await RefusedAsync(scene, () => TakeAsync(scene, new NewSnapshotOptions { Source = other, Name = "before" }));

        Assert.Equal(scene.Sandbox.Id("images", ResourceTypes.Snapshot, "before"), error.Target);
        Assert.EndsWith(": it is not of this disk.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASnapshotOfADiskThatHadTheNameBeforeIsRefused()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        var options = new NewSnapshotOptions { Source = await scene.OSDiskAsync("os"), Name = "before" };
        await BeginAsync(scene, options);
        await scene.Sandbox.DeleteAsync(options.Source, SandboxSession.DiskVersion);
        await scene.OSDiskAsync("os");

        ImageCmdletsException error = await RefusedAsync(scene, () => TakeAsync(scene, options));

        Assert.EndsWith(": it is of another disk, which had the name 'os' before.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatTheModuleSaysOfMachineAndSetIsNotTheUsersToSet()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("web01"));
        var options = new NewSnapshotOptions { Source = world.Id(ResourceTypes.VirtualMachine, "web01"), Tag = new Dictionary<string, string> { ["imagecmdlets-vm"] = "junk", ["why"] = "patch" } };

        await SnapshotService.CreateAsync(world.Session, [options], new RunOptions(), world.Sink, TestContext.Current.CancellationToken);

        ImageSnapshot snapshot = Assert.Single(world.Sink.Items.OfType<ImageSnapshot>());
        Assert.Equal((options.Source, "patch"), (snapshot.VMId, snapshot.Tag["why"]));
    }

    [Fact]
    public async Task ARestoredDiskIsGivenAgainHoweverOldItIs()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        string snapshot = await scene.SnapshotAsync("before", await scene.OSDiskAsync("os"));
        ManagedDisk first = await RestoreAsync(scene, new RestoreSnapshotOptions { Source = snapshot, Name = "again" });
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromDays(3));
        string before = scene.Sandbox.Fingerprint;

        ManagedDisk second = await RestoreAsync(scene, new RestoreSnapshotOptions { Source = "before", ResourceGroupName = "images", Name = "again" });

        Assert.Equal(first.TimeCreated, second.TimeCreated);
        Assert.StartsWith("The disk 'again' was made 3 days ago (", Assert.Single(_sink.Warnings), StringComparison.Ordinal);
        Assert.Equal(before, scene.Sandbox.Fingerprint);
    }

    [Fact]
    public async Task ADiskOfAnEarlierSnapshotOfTheSameNameIsNotGiven()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        string disk = await scene.OSDiskAsync("os");
        string snapshot = await scene.SnapshotAsync("nightly", disk);
        ManagedDisk old = await RestoreAsync(scene, new RestoreSnapshotOptions { Source = snapshot, Name = "disk" });
        await scene.Sandbox.DeleteAsync(snapshot, SandboxSession.DiskVersion);
        await scene.SnapshotAsync("nightly", disk);

        ImageCmdletsException error = await RefusedAsync(scene, () => RestoreAsync(scene, new RestoreSnapshotOptions { Source = snapshot, Name = "disk" }));

        Assert.Equal(old.Id, error.Target);
        Assert.EndsWith(": it is of another snapshot, which had the name 'nightly' before.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "Standard_LRS", "1", "it has 127 GiB, not 200")]
    [InlineData(null, "Premium_LRS", "1", "it is Standard_LRS, not Premium_LRS")]
    [InlineData(null, null, "2", "it is in zone 1, not in zone 2")]
    [InlineData(null, null, null, "it is in zone 1, not in no zone")]
    public async Task ADiskOfAnotherKindIsRefused(int? size, string? sku, string? zone, string difference)
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        var options = new RestoreSnapshotOptions { Source = await scene.SnapshotAsync("before", await scene.OSDiskAsync("os")), Zone = "1" };
        await RestoreAsync(scene, options);

        ImageCmdletsException error = await RefusedAsync(scene, () => RestoreAsync(scene, options with { DiskSizeGB = size, Sku = sku, Zone = zone }));

        Assert.EndsWith($": {difference}.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADiskThatIsReadThroughASignatureIsRefused()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        var options = new RestoreSnapshotOptions { Source = await scene.SnapshotAsync("before", await scene.OSDiskAsync("os")) };
        ManagedDisk disk = await RestoreAsync(scene, options);
        await scene.Sandbox.SendAsync("POST", $"{disk.Id}/beginGetAccess?api-version={SandboxSession.DiskVersion}", """{"access":"Read","durationInSeconds":3600}""");
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));

        ImageCmdletsException error = await RefusedAsync(scene, () => RestoreAsync(scene, options));

        Assert.EndsWith(": its state is ActiveSAS.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADiskThatIsOrWasInAMachineIsRefused()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("web01"));
        string vm = world.Id(ResourceTypes.VirtualMachine, "web01");
        var options = new RestoreSnapshotOptions { Source = world.Id(ResourceTypes.Snapshot, "before"), Name = "again" };
        await SnapshotService.CreateAsync(world.Session, [new NewSnapshotOptions { Source = vm, Name = "before", OSDiskOnly = true }], new RunOptions(), world.Sink, TestContext.Current.CancellationToken);
        Task RestoreAsync() => SnapshotService.RestoreAsync(world.Session, [options], new RunOptions(), world.Sink, TestContext.Current.CancellationToken);
        Task PatchAsync(string disks) => world.PatchAsync(vm, VMWorld.Compute, $$"""{"properties":{"storageProfile":{"dataDisks":[{{disks}}]} } }""");
        await RestoreAsync();

        await PatchAsync($$"""{"lun":5,"createOption":"Attach","managedDisk":{"id":"{{world.Id(ResourceTypes.Disk, "again")}}"} }""");
        ImageCmdletsException attached = await Assert.ThrowsAsync<ImageCmdletsException>(RestoreAsync);
        await PatchAsync(string.Empty);
        ImageCmdletsException detached = await Assert.ThrowsAsync<ImageCmdletsException>(RestoreAsync);

        Assert.Equal((ErrorIds.ResourceAlreadyExists, ErrorIds.ResourceAlreadyExists), (attached.ErrorId, detached.ErrorId));
        Assert.EndsWith(": it is attached to 'web01'.", attached.Message, StringComparison.Ordinal);
        Assert.EndsWith(": it was attached to a machine since, which may have changed it.", detached.Message, StringComparison.Ordinal);
    }

    private static async Task<ImageCmdletsException> RefusedAsync(ImageScene scene, Func<Task> command)
    {
        string before = scene.Sandbox.Fingerprint;
        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(command);
        Assert.Equal(ErrorIds.ResourceAlreadyExists, error.ErrorId);
        Assert.Equal(before, scene.Sandbox.Fingerprint);
        return error;
    }

    // What a stopped run leaves: asked for, and made by Azure without it.
    private static async Task<DateTimeOffset> BeginAsync(ImageScene scene, NewSnapshotOptions options)
    {
        DateTimeOffset begin = scene.Sandbox.Sandbox.Clock.GetUtcNow();
        await SnapshotService.CreateAsync(scene.Sandbox.Session, [options], new RunOptions { NoWait = true }, new RecordingSink(), TestContext.Current.CancellationToken);
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        return begin;
    }

    private async Task<ImageSnapshot> TakeAsync(ImageScene scene, NewSnapshotOptions options)
    {
        await SnapshotService.CreateAsync(scene.Sandbox.Session, [options], new RunOptions(), _sink, TestContext.Current.CancellationToken);
        return _sink.Items.OfType<ImageSnapshot>().Last();
    }

    private async Task<ManagedDisk> RestoreAsync(ImageScene scene, RestoreSnapshotOptions options)
    {
        await SnapshotService.RestoreAsync(scene.Sandbox.Session, [options], new RunOptions(), _sink, TestContext.Current.CancellationToken);
        return _sink.Items.OfType<ManagedDisk>().Last();
    }
}
