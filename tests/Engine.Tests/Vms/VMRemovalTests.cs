using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Vms;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Vms;

public sealed class VMRemovalTests
{
    private static readonly string[] s_network =
        ["Microsoft.Network/networkInterfaces", "Microsoft.Network/publicIPAddresses", "Microsoft.Network/networkSecurityGroups", "Microsoft.Network/virtualNetworks"];

    [Fact]
    public async Task AMachineGoesWithEverythingMadeForIt()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.MakeGroupAsync();
        IReadOnlyDictionary<string, int> before = world.Sandbox.GetStatistics().ResourcesByType;
        await world.NewAsync(new NewVMOptions { ResourceGroupName = "images", Name = "vm1", Image = VMWorld.Linux, DataDiskSizeGB = [16] });

        await world.RemoveAsync(Target(world, "vm1"));

        Assert.Equal(before, world.Sandbox.GetStatistics().ResourcesByType);
        Assert.DoesNotContain(world.Sink.Warnings, warning => warning.Contains("stays", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheLastMachineTakesTheSharedNetworkWithIt()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("vm1"), VMWorld.Request("vm2"));

        await world.RemoveAsync(Target(world, "vm1"));
        int networks = world.Count("Microsoft.Network/virtualNetworks");
        await world.RemoveAsync(Target(world, "vm2"));

        Assert.Equal(1, networks);
        Assert.All(s_network, type => Assert.Equal(0, world.Count(type)));
    }

    [Fact]
    public async Task MachinesAreRemovedSideBySide()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("vm1"), VMWorld.Request("vm2"), VMWorld.Request("vm3"));

        await VMService.RemoveAsync(world.Session, [Target(world, "vm1"), Target(world, "vm2"), Target(world, "vm3")], new RunOptions(), world.Sink, TestContext.Current.CancellationToken);

        Assert.Empty(world.Sink.Errors);
        Assert.All(s_network, type => Assert.Equal(0, world.Count(type)));
        Assert.Equal(0, world.Count("Microsoft.Compute/disks"));
    }

    [Fact]
    public async Task DisksCanBeKept()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(new NewVMOptions { ResourceGroupName = "images", Name = "vm1", Location = "westeurope", Image = VMWorld.Linux, DataDiskSizeGB = [16] });

        await world.RemoveAsync(Target(world, "vm1") with { KeepDisk = true });

        Assert.Equal(2, world.Count("Microsoft.Compute/disks"));
        Assert.Equal(0, world.Count("Microsoft.Compute/virtualMachines"));
        Assert.All(s_network, type => Assert.Equal(0, world.Count(type)));
    }

    [Fact]
    public async Task DisksThatWereKeptAreNamedWhenTheirMachineIsAskedForAgain()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.MakeGroupAsync();
        await world.PutAsync(world.Id(ResourceTypes.Disk, "vm1_data"), "2023-04-02",
            $$$"""
            {"location":"westeurope","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":16},
            "tags":{"imagecmdlets-operation":"New-ImageVM","imagecmdlets-step":"DataDisk","imagecmdlets-source":"{{{Target(world, "vm1").Id}}}"}}
            """);
        string before = world.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() => world.RemoveAsync(Target(world, "vm1")));

        Assert.Equal(ErrorIds.VMNotFound, error.ErrorId);
        Assert.Contains("Disks made for it are still there: vm1_data", error.Message, StringComparison.Ordinal);
        Assert.Contains("Remove-ImageDisk", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(before, world.Fingerprint);
    }

    [Theory]
    [InlineData(true, "New-ImageSnapshot")]
    [InlineData(false, "-KeepNetwork")]
    public async Task WhatGoesWithAGeneralizedMachineCannotBeKept(bool disks, string advice)
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("vm1"));
        await world.PowerAsync(VMPowerAction.Deallocate, new RunOptions(), "vm1");
        await world.PostAsync($"{Target(world, "vm1").Id}/generalize");
        string before = world.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() =>
            world.RemoveAsync(Target(world, "vm1") with { KeepDisk = disks, KeepNetwork = !disks }));

        Assert.Equal(ErrorIds.VMIsGeneralized, error.ErrorId);
        Assert.Contains(advice, error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(before, world.Fingerprint);
    }

    [Fact]
    public async Task TheNetworkCanBeKept()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("vm1"));

        await world.RemoveAsync(Target(world, "vm1") with { KeepNetwork = true });

        Assert.Equal(0, world.Count("Microsoft.Compute/disks"));
        Assert.All(s_network, type => Assert.Equal(1, world.Count(type)));
    }

    [Fact]
    public async Task ABrokenRemovalIsFinishedByTheSameCommand()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("vm1"));
        world.Sandbox.AddFault(new SandboxFault { Operation = "NetworkSecurityGroups_Delete", Status = 409, Code = "ScopeLocked", Message = "The scope is locked." });

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => world.RemoveAsync(Target(world, "vm1")));
        Assert.Equal(0, world.Count("Microsoft.Compute/virtualMachines"));
        await world.RemoveAsync(Target(world, "vm1"));
        ImageCmdletsException gone = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => world.RemoveAsync(Target(world, "vm1")));

        Assert.Equal(ErrorIds.ResourceLocked, error.ErrorId);
        Assert.All(s_network, type => Assert.Equal(0, world.Count(type)));
        Assert.Equal(ErrorIds.VMNotFound, gone.ErrorId);
        Assert.Equal(world.Id(ResourceTypes.VirtualMachine, "vm1"), gone.Target);
    }

    [Fact]
    public async Task WhatOthersMadeStaysAndIsNamed()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("vm1"));
        await RetagAsync(world, ResourceTypes.NetworkSecurityGroup, "vm1NSG");
        await RetagAsync(world, ResourceTypes.VirtualNetwork, "vm1VNET");

        await world.RemoveAsync(Target(world, "vm1"));

        Assert.Equal(1, world.Count("Microsoft.Network/networkSecurityGroups"));
        Assert.Equal(1, world.Count("Microsoft.Network/virtualNetworks"));
        Assert.Equal(0, world.Count("Microsoft.Network/networkInterfaces"));
    }

    [Fact]
    public async Task TheGroupGoesOnlyWhenItIsOursAndEmpty()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("vm1"), VMWorld.Request("vm2"));

        await world.RemoveAsync(Target(world, "vm1") with { RemoveResourceGroup = true });
        bool stayed = await world.GroupExistsAsync();
        await world.RemoveAsync(Target(world, "vm2") with { RemoveResourceGroup = true });

        Assert.True(stayed);
        Assert.Contains(world.Sink.Warnings, warning => warning.StartsWith("The resource group 'images' stays", StringComparison.Ordinal));
        Assert.False(await world.GroupExistsAsync());
    }

    [Fact]
    public async Task AGroupThatAnInterruptedRemovalLeftEmptyGoes()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("vm1"));
        await world.RemoveAsync(Target(world, "vm1"));
        bool stayed = await world.GroupExistsAsync();

        await world.RemoveAsync(Target(world, "vm1") with { RemoveResourceGroup = true });

        Assert.True(stayed);
        Assert.Empty(world.Sink.Errors);
        Assert.False(await world.GroupExistsAsync());
    }

    [Fact]
    public async Task AGroupOfTheUsersStays()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.MakeGroupAsync();
        await world.NewAsync(VMWorld.Request("vm1"));

        await world.RemoveAsync(Target(world, "vm1") with { RemoveResourceGroup = true });

        Assert.True(await world.GroupExistsAsync());
        Assert.Contains("The resource group 'images' stays: New-ImageVM did not make it.", world.Sink.Warnings);
    }

    [Fact]
    public async Task NoWaitOnlyBegins()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("vm1"));

        await VMService.RemoveAsync(world.Session, [Target(world, "vm1")], new RunOptions { NoWait = true }, world.Sink, TestContext.Current.CancellationToken);

        Assert.Equal("Remove", Assert.Single(world.Sink.Items.OfType<ImageOperation>()).Operation);
        Assert.Equal(1, world.Count("Microsoft.Compute/virtualMachines"));
    }

    private static RemoveVMOptions Target(VMWorld world, string name) => new() { Id = world.Id(ResourceTypes.VirtualMachine, name) };

    private static async Task RetagAsync(VMWorld world, string type, string name)
    {
        JsonNode body = (await world.GetAsync(type, name, VMWorld.Network))!;
        body["tags"] = new JsonObject { ["owner"] = "somebody else" };
        await world.PutAsync(world.Id(type, name), VMWorld.Network, body.ToJsonString());
    }
}
