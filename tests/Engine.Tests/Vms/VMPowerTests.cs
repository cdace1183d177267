namespace ImageCmdlets.Engine.Tests.Vms;

public sealed class VMPowerTests
{
    [Theory]
    [InlineData(VMPowerAction.Deallocate, "Deallocated")]
    [InlineData(VMPowerAction.PowerOff, "Stopped")]
    public async Task MachinesAreStoppedAndStartedSideBySide(VMPowerAction stop, string state)
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("vm1"), VMWorld.Request("vm2"));
        world.Sink.Items.Clear();

        await world.PowerAsync(stop, new RunOptions(), "vm1", "vm2");
        string?[] stopped = [.. world.Machines.Select(vm => vm.PowerState)];
        world.Sink.Items.Clear();
        await world.PowerAsync(VMPowerAction.Start, new RunOptions(), "vm1", "vm2");

        Assert.Equal([state, state], stopped);
        Assert.Equal(["Running", "Running"], world.Machines.Select(vm => vm.PowerState));
    }

    [Theory]
    [InlineData(VMPowerAction.Start, VMPowerAction.Start)]
    [InlineData(VMPowerAction.Deallocate, VMPowerAction.Deallocate)]
    [InlineData(VMPowerAction.Deallocate, VMPowerAction.PowerOff)]
    [InlineData(VMPowerAction.PowerOff, VMPowerAction.PowerOff)]
    public async Task WhatIsAsWantedIsLeftAlone(VMPowerAction first, VMPowerAction again)
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("vm1"));
        await world.PowerAsync(first, new RunOptions(), "vm1");
        string before = world.Fingerprint;

        await world.PowerAsync(again, new RunOptions(), "vm1");

        Assert.Equal(before, world.Fingerprint);
        Assert.Equal(3, world.Machines.Count());
    }

    [Fact]
    public async Task AShutDownMachineIsStillDeallocated()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("vm1"));

        await world.PowerAsync(VMPowerAction.PowerOff, new RunOptions(), "vm1");
        await world.PowerAsync(VMPowerAction.Deallocate, new RunOptions(), "vm1");

        Assert.Equal(["Running", "Stopped", "Deallocated"], world.Machines.Select(vm => vm.PowerState));
    }

    [Fact]
    public async Task AGeneralizedMachineIsNotStarted()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("vm1"));
        await world.PowerAsync(VMPowerAction.Deallocate, new RunOptions(), "vm1");
        await world.PostAsync(world.Id(ResourceTypes.VirtualMachine, "vm1") + "/generalize");
        string before = world.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => world.PowerAsync(VMPowerAction.Start, new RunOptions(), "vm1"));

        Assert.Equal(ErrorIds.VMIsGeneralized, error.ErrorId);
        Assert.IsNotType<ArmOperationException>(error);
        Assert.Equal(before, world.Fingerprint);
    }

    [Fact]
    public async Task WhatNoWaitBeganIsPickedUp()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("vm1"));
        await world.PowerAsync(VMPowerAction.Deallocate, new RunOptions { NoWait = true }, "vm1");
        ImageOperation begun = Assert.Single(world.Sink.Items.OfType<ImageOperation>());

        await world.PowerAsync(VMPowerAction.Deallocate, new RunOptions(), "vm1");

        Assert.Equal("Deallocate", begun.Operation);
        Assert.Equal("Deallocated", world.Machines.Last().PowerState);
        Assert.Equal(1, world.Sandbox.GetStatistics().RequestsByOperation["POST Microsoft.Compute/virtualMachines"]);
    }

    [Fact]
    public async Task AMissingMachineDoesNotStopTheOthers()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("vm1"));

        await world.PowerAsync(VMPowerAction.Deallocate, new RunOptions(), "gone", "vm1");

        Assert.Equal(ErrorIds.VMNotFound, Assert.Single(world.Sink.Errors).ErrorId);
        Assert.Equal("Deallocated", world.Machines.Last().PowerState);
    }

    [Fact]
    public async Task AShortTimeLimitEndsTheWaitingNotTheStop()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("vm1"));

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(
            () => world.PowerAsync(VMPowerAction.Deallocate, new RunOptions { Timeout = TimeSpan.FromSeconds(3) }, "vm1"));
        await world.PowerAsync(VMPowerAction.Deallocate, new RunOptions(), "vm1");

        Assert.Equal(ErrorIds.OperationTimedOut, error.ErrorId);
        Assert.Equal("Deallocated", world.Machines.Last().PowerState);
    }
}
