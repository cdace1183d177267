using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Tests.Vms;

public sealed class VMReaderTests
{
    [Fact]
    public async Task AListHasNoRunTimeStateUnlessItIsAskedFor()
    {
        using VMWorld world = await ThreeMachinesAsync();

        await GetAsync(world, new ResourceQuery { ResourceGroupName = "images" }, withStatus: false);
        (string, string?)[] plain = [.. world.Machines.Select(vm => (vm.Name, vm.PowerState))];
        world.Sink.Items.Clear();
        await GetAsync(world, new ResourceQuery { ResourceGroupName = "images" }, withStatus: true);

        Assert.Equal([("vm1", null), ("vm2", null), ("vm3", null)], plain);
        Assert.Equal([("vm1", "Running"), ("vm2", "Deallocated"), ("vm3", "Running")], world.Machines.Select(vm => (vm.Name, vm.PowerState)));
    }

    [Fact]
    public async Task OneMachineComesWithEverything()
    {
        using VMWorld world = await ThreeMachinesAsync();

        await GetAsync(world, new ResourceQuery { ResourceGroupName = "images", Name = "vm1" }, withStatus: false);
        await GetAsync(world, new ResourceQuery { Id = world.Id(ResourceTypes.VirtualMachine, "vm1") }, withStatus: false);
        await GetAsync(world, new ResourceQuery { Name = "vm1" }, withStatus: false);

        Assert.Equal(3, world.Machines.Count());
        Assert.All(world.Machines, vm => Assert.Equal(("Running", "Ready", "V2"), (vm.PowerState, vm.AgentState, vm.HyperVGeneration)));
        Assert.Single(world.Machines.Select(vm => vm.PublicIPAddress).Distinct(StringComparer.Ordinal));
        Assert.All(world.Machines, vm => Assert.StartsWith("10.0.0.", vm.PrivateIPAddress, StringComparison.Ordinal));
    }

    [Fact]
    public async Task PatternsFitOrGiveNothing()
    {
        using VMWorld world = await ThreeMachinesAsync();

        await GetAsync(world, new ResourceQuery { Name = "VM[12]" }, withStatus: false);
        await GetAsync(world, new ResourceQuery { Name = "web*" }, withStatus: true);

        Assert.Equal(["vm1", "vm2"], world.Machines.Select(vm => vm.Name));
    }

    [Theory]
    [InlineData("images", "web01")]
    [InlineData(null, "web01")]
    public async Task AMissingMachineIsNotFound(string? group, string name)
    {
        using VMWorld world = await ThreeMachinesAsync();

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(
            () => GetAsync(world, new ResourceQuery { ResourceGroupName = group, Name = name }, withStatus: false));

        Assert.Equal(ErrorIds.VMNotFound, error.ErrorId);
    }

    [Fact]
    public async Task AnIdOfSomethingElseIsRefused()
    {
        using VMWorld world = await VMWorld.OpenAsync();

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(
            () => GetAsync(world, new ResourceQuery { Id = world.Id(ResourceTypes.Disk, "d") }, withStatus: false));

        Assert.Equal(ErrorIds.InvalidResourceId, error.ErrorId);
    }

    private static async Task<VMWorld> ThreeMachinesAsync()
    {
        VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("vm1"), VMWorld.Request("vm2"), VMWorld.Request("vm3"));
        await world.PowerAsync(VMPowerAction.Deallocate, new RunOptions(), "vm2");
        world.Sink.Items.Clear();
        return world;
    }

    private static Task GetAsync(VMWorld world, ResourceQuery query, bool withStatus) =>
        VMService.GetAsync(world.Session, query, withStatus, world.Sink, TestContext.Current.CancellationToken);
}
