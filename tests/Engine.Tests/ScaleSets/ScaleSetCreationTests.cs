using System.Text.Json.Nodes;
using ImageCmdlets.Engine.ScaleSets;
using ImageCmdlets.Engine.Tests.Vms;

namespace ImageCmdlets.Engine.Tests.ScaleSets;

public sealed class ScaleSetCreationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Flexible")]
    [InlineData("Uniform")]
    public async Task ASetComesWithItsNetworkAndInstances(string mode)
    {
        using VMWorld world = await VMWorld.OpenAsync();

        await NewAsync(world, Request(mode) with { Zone = ["1", "2"], Capacity = 3 });

        ImageScaleSet set = Assert.IsType<ImageScaleSet>(Assert.Single(world.Sink.Items));
        Assert.Equal((mode, "Manual", 3, VMWorld.Linux, "Standard_D2s_v5", "Succeeded"), (set.OrchestrationMode, set.UpgradeMode, set.Capacity, set.Image, set.Size, set.ProvisioningState));
        Assert.Equal(["1", "2"], set.Zone);
        Assert.Equal(3, set.Instance!.Count);
        Assert.All(set.Instance!, instance => Assert.Equal(("Running", "Succeeded"), (instance.PowerState, instance.ProvisioningState)));
        JsonNode network = (await world.GetAsync(ResourceTypes.VirtualNetwork, "webVNET", VMWorld.Network))!;
        Assert.Equal(world.Id(ResourceTypes.ScaleSet, "web"), (string?)network["tags"]!["imagecmdlets-source"], ignoreCase: true);
        Assert.Equal(0, world.Count("Microsoft.Network/loadBalancers"));
    }

    [Theory]
    [InlineData("Flexible")]
    [InlineData("Uniform")]
    public async Task RemovalLeavesNothing(string mode)
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await NewAsync(world, Request(mode));

        await RemoveAsync(world, removeGroup: true);

        Assert.False(await world.GroupExistsAsync());
        Assert.Equal(0, world.Count(ResourceTypes.ScaleSet) + world.Count(ResourceTypes.VirtualMachine) + world.Count(ResourceTypes.Disk) + world.Count(ResourceTypes.VirtualNetwork)
            + world.Count(ResourceTypes.NetworkInterface));
    }

    [Fact]
    public async Task RemovalLeavesWhatOthersMade()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("vm1"));
        await NewAsync(world, Request("Uniform"));

        await RemoveAsync(world, removeGroup: false);

        Assert.NotNull(await world.GetAsync(ResourceTypes.VirtualNetwork, "vm1VNET", VMWorld.Network));
        Assert.Null(await world.GetAsync(ResourceTypes.ScaleSet, "web", VMWorld.Compute));
        Assert.Equal(1, world.Count(ResourceTypes.VirtualMachine));
    }

    [Theory]
    [InlineData("Flexible")]
    [InlineData("Uniform")]
    public async Task RemovalLeavesWhatOnlyLooksAsIfItWereTheSets(string mode)
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await NewAsync(world, Request(mode));
        string subnet = world.Id(ResourceTypes.VirtualNetwork, "webVNET") + "/subnets/webSubnet";
        await world.PutAsync(world.Id(ResourceTypes.VirtualNetwork, "webVNET2"), VMWorld.Network, """{"location":"westeurope","properties":{"addressSpace":{"addressPrefixes":["10.9.0.0/16"]} } }""");
        await world.PutAsync(world.Id(ResourceTypes.Disk, "web_disk"), "2023-04-02", """{"location":"westeurope","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4} }""");
        await world.PutAsync(world.Id(ResourceTypes.NetworkInterface, "webNic"), VMWorld.Network, $$$"""
            {"location":"westeurope","properties":{"ipConfigurations":[{"name":"ip","properties":{"subnet":{"id":"{{{subnet}}}"} } }] } }
            """);

        await RemoveAsync(world, removeGroup: true);

        Assert.Equal((0, 0, 1, 1, 2), (world.Count(ResourceTypes.ScaleSet), world.Count(ResourceTypes.VirtualMachine), world.Count(ResourceTypes.Disk), world.Count(ResourceTypes.NetworkInterface), world.Count(ResourceTypes.VirtualNetwork)));
        Assert.NotNull(await world.GetAsync(ResourceTypes.NetworkInterface, "webNic", VMWorld.Network));
        Assert.Contains(world.Sink.Warnings, warning => warning == "The resource group 'images' stays: 4 resource(s) are in it.");
    }

    [Fact]
    public async Task WhoeverLeavesANetworkLastRemovesIt()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await NewAsync(world, Request("Uniform"));
        await NewAsync(world, Request("Flexible") with { Machine = VMWorld.Request("app") });

        await RemoveAsync(world, removeGroup: false);
        Assert.Equal(1, world.Count(ResourceTypes.VirtualNetwork));
        await ScaleSetService.RemoveAsync(world.Session, [world.Id(ResourceTypes.ScaleSet, "app")], removeGroup: true, new RunOptions(), world.Sink, Token);

        Assert.False(await world.GroupExistsAsync());
    }

    [Fact]
    public async Task RemovalGoesOnWhereTheSetIsGone()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await NewAsync(world, Request("Uniform"));
        await ScaleSetService.RemoveAsync(world.Session, [world.Id(ResourceTypes.ScaleSet, "web")], removeGroup: false, new RunOptions { NoWait = true }, world.Sink, Token);
        world.Sandbox.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.NotNull(await world.GetAsync(ResourceTypes.VirtualNetwork, "webVNET", VMWorld.Network));

        await RemoveAsync(world, removeGroup: false);
        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => RemoveAsync(world, removeGroup: false));

        Assert.Null(await world.GetAsync(ResourceTypes.VirtualNetwork, "webVNET", VMWorld.Network));
        Assert.Equal(ErrorIds.ResourceNotFound, error.ErrorId);
    }

    [Fact]
    public async Task TheSameCommandAgainGivesTheSameSet()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await NewAsync(world, new RunOptions { NoWait = true }, Request("Flexible"));
        await NewAsync(world, Request("Flexible"));
        string made = world.Fingerprint;
        await NewAsync(world, Request("Flexible"));

        Assert.Equal(made, world.Fingerprint);
        Assert.Equal([2, 2], world.Sink.Items.OfType<ImageScaleSet>().Select(set => set.Instance!.Count));
        Assert.Equal(2, world.Count(ResourceTypes.VirtualMachine));
    }

    [Fact]
    public async Task AnotherRequestIsRefused()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await NewAsync(world, Request("Uniform"));

        ImageCmdletsException error = await RefusedAsync(world, Request("Uniform") with { Capacity = 3, UpgradeMode = "Automatic" });

        Assert.Equal(ErrorIds.ResourceAlreadyExists, error.ErrorId);
        Assert.Contains("capacity 2, not 3; upgrade mode Manual, not Automatic", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsWrongIsRefusedBeforeTheFirstChange()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        NewScaleSetOptions request = Request("Uniform");

        Assert.Equal(ErrorIds.InvalidArgument, (await RefusedAsync(world, Request("Flexible") with { UpgradeMode = "Automatic" })).ErrorId);
        Assert.Equal(ErrorIds.ZoneNotSupported, (await RefusedAsync(world, request with { Zone = ["1", "7"] })).ErrorId);
        Assert.Equal(ErrorIds.QuotaExceeded, (await RefusedAsync(world, request with { Capacity = 900 })).ErrorId);
        Assert.Equal(ErrorIds.InvalidResourceName, (await RefusedAsync(world, request with { Machine = request.Machine with { Name = "a/b" } })).ErrorId);
        Assert.Equal(ErrorIds.InvalidPassword, (await RefusedAsync(world, request with { Machine = request.Machine with { AdminUserName = "root" } })).ErrorId);
    }

    [Theory]
    [InlineData("web", "web")]
    [InlineData("my-long-name-1", "mylongnam")]
    [InlineData("123", "vm123")]
    [InlineData("1234567890", "vm1234567")]
    public void ComputerNamesBeginAsTheSet(string name, string prefix) => Assert.Equal(prefix, ScaleSetDefinition.Prefix(name));

    private static async Task<ImageCmdletsException> RefusedAsync(VMWorld world, NewScaleSetOptions request)
    {
        string before = world.Fingerprint;
        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => NewAsync(world, request));
        Assert.Equal(before, world.Fingerprint);
        return error;
    }

    private static NewScaleSetOptions Request(string mode) => new() { Machine = VMWorld.Request("web"), OrchestrationMode = mode };

    private static Task NewAsync(VMWorld world, NewScaleSetOptions request) => NewAsync(world, new RunOptions(), request);

    private static Task NewAsync(VMWorld world, RunOptions run, NewScaleSetOptions request) => ScaleSetService.NewAsync(world.Session, [request], run, world.Sink, Token);

    private static Task RemoveAsync(VMWorld world, bool removeGroup) =>
        ScaleSetService.RemoveAsync(world.Session, [world.Id(ResourceTypes.ScaleSet, "web")], removeGroup, new RunOptions(), world.Sink, Token);
}
