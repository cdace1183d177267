using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Tests.Vms;

namespace ImageCmdlets.Engine.Tests.Snapshots;

/// <summary>Snapshots that say they were taken together were: a set is made by one run, or by those that went on with it.</summary>
public sealed class SnapshotSetTests
{
    private readonly RecordingSink _sink = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ASetOfWhichOneIsThereIsRefusedAsAWhole()
    {
        using VMWorld world = await MachineAsync();
        ImageSnapshot[] set = await TakeAsync(world);
        await SnapshotService.RemoveAsync(world.Session, [set[0].Id], new RunOptions(), _sink, Token);
        string before = world.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() => TakeAsync(world));

        Assert.Equal((ErrorIds.ResourceAlreadyExists, set[1].Id), (error.ErrorId, error.Target));
        Assert.Equal(before, world.Fingerprint);
    }

    [Fact]
    public async Task EveryRunHasASetOfItsOwn()
    {
        using VMWorld world = await MachineAsync();
        ImageSnapshot[] first = await TakeAsync(world);
        await SnapshotService.RemoveAsync(world.Session, [.. first.Select(item => item.Id)], new RunOptions(), _sink, Token);
        world.Sandbox.Clock.Advance(TimeSpan.FromMinutes(2));

        ImageSnapshot[] second = await TakeAsync(world);

        Assert.Equal(second[0].SetId, second[1].SetId);
        Assert.NotEqual(first[0].SetId, second[0].SetId);
    }

    [Theory]
    [InlineData("00:05:00", false, true)]
    [InlineData("5.00:00:00", false, false)]
    [InlineData("5.00:00:00", true, true)]
    public async Task WhatIsMissingOfAnUnfinishedSetIsTakenWhereItCanAgree(string passed, bool isDeallocated, bool isTaken)
    {
        using VMWorld world = await MachineAsync();
        if (isDeallocated)
            await world.PowerAsync(VMPowerAction.Deallocate, new RunOptions(), "web01");
        await BeginAsync(world);
        string os = world.Id(ResourceTypes.Snapshot, "before-os");
        string lun = world.Id(ResourceTypes.Snapshot, "before-lun0");
        await SnapshotService.RemoveAsync(world.Session, [lun], new RunOptions(), _sink, Token);
        world.Sandbox.Clock.Advance(TimeSpan.Parse(passed, System.Globalization.CultureInfo.InvariantCulture));
        string before = world.Fingerprint;

        if (isTaken)
        {
            ImageSnapshot[] set = await TakeAsync(world);
            Assert.Equal([lun, os], set.Select(item => item.Id).Order(StringComparer.Ordinal));
            Assert.Equal(set[0].SetId, set[1].SetId);
            Assert.All(set, item => Assert.DoesNotContain("imagecmdlets-unfinished", item.Tag.Keys));
            return;
        }

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() => TakeAsync(world));
        Assert.Equal((ErrorIds.ResourceAlreadyExists, os), (error.ErrorId, error.Target));
        Assert.EndsWith("others of its set are missing, and taken of the running machine now they would be of another time.", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, world.Fingerprint);
    }

    [Fact]
    public async Task AMachineThatWasStoppedSinceHasAnotherSet()
    {
        using VMWorld world = await MachineAsync();
        await BeginAsync(world);
        await world.PowerAsync(VMPowerAction.Deallocate, new RunOptions(), "web01");

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() => TakeAsync(world));

        Assert.EndsWith(": the disk was attached or detached, or its machine started or stopped, since.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASnapshotThatAzureFailedToMakeIsMadeAgain()
    {
        using VMWorld world = await MachineAsync();
        world.Sandbox.AddFault(new ImageCmdlets.Sandbox.SandboxFault { Method = "PUT", Path = "*/snapshots/before-lun0", Count = 1, Effect = ImageCmdlets.Sandbox.SandboxFaultEffect.OperationFailure });
        var sink = new RecordingSink();
        await SnapshotService.CreateAsync(world.Session, [Options(world)], new RunOptions(), sink, Token);
        Assert.Equal(world.Id(ResourceTypes.Snapshot, "before-lun0"), Assert.Single(sink.Errors).Target);
        Assert.Contains("imagecmdlets-unfinished", Assert.Single(sink.Items.Cast<ImageSnapshot>()).Tag.Keys);

        ImageSnapshot[] set = await TakeAsync(world);

        Assert.Equal(["Succeeded", "Succeeded"], set.Select(item => item.ProvisioningState));
        Assert.Equal(set[0].SetId, set[1].SetId);
    }

    private static async Task<VMWorld> MachineAsync()
    {
        VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(new NewVMOptions { ResourceGroupName = "images", Name = "web01", Location = "westeurope", Image = VMWorld.Linux, DataDiskSizeGB = [16] });
        return world;
    }

    private static NewSnapshotOptions Options(VMWorld world) => new() { Source = world.Id(ResourceTypes.VirtualMachine, "web01"), Name = "before" };

    private static async Task BeginAsync(VMWorld world)
    {
        await SnapshotService.CreateAsync(world.Session, [Options(world)], new RunOptions { NoWait = true }, new RecordingSink(), Token);
        world.Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    private static async Task<ImageSnapshot[]> TakeAsync(VMWorld world)
    {
        var sink = new RecordingSink();
        await SnapshotService.CreateAsync(world.Session, [Options(world)], new RunOptions(), sink, Token);
        Assert.Empty(sink.Errors);
        return [.. sink.Items.Cast<ImageSnapshot>()];
    }
}
