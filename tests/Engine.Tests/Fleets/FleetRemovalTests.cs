using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Tests.Fleets;

/// <summary>A fleet goes as it came: by what was made, whatever it is called.</summary>
public sealed class FleetRemovalTests
{
    private const string Network = "2022-07-01";

    [Fact]
    public async Task WithAddressesDisksIdentitiesExtensionsAndASubnetOfSomebodyElse()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        string net = await scene.Sandbox.PutAsync(scene.Sandbox.Id(FleetScene.Group, ResourceTypes.VirtualNetwork, "web-westeuropeVNET2"), Network,
            """{"location":"westeurope","properties":{"addressSpace":{"addressPrefixes":["10.1.0.0/16"]},"subnets":[{"name":"default","properties":{"addressPrefix":"10.1.0.0/24"}}]}}""");
        await ForeignAsync(scene, net + "/subnets/default");
        string before = await WorldPicture.OfAsync(scene.Sandbox.Session);
        NewFleetOptions options = FleetExtensionTests.With(scene.Options(3, "westeurope"), FleetExtensionTests.Script("exit 0"));
        options = options with { Machine = options.Machine with { Subnet = net + "/subnets/default", DataDiskSizeGB = [8, 16], Identity = ["System"], Tag = new Dictionary<string, string> { ["owner"] = "web" } } };
        ImageVM[] machines = await scene.MakeAsync(options);
        Assert.Equal(3, machines.Length);
        Assert.NotEqual(before, await WorldPicture.OfAsync(scene.Sandbox.Session));

        var sink = new RecordingSink();
        await VMService.RemoveAsync(scene.Sandbox.Session, [.. machines.Select(vm => new RemoveVMOptions { Id = vm.Id })], new RunOptions { ThrottleLimit = 8 }, sink, TestContext.Current.CancellationToken);

        Assert.Empty(sink.Errors);
        string after = await WorldPicture.OfAsync(scene.Sandbox.Session);
        Assert.True(before == after, $"left: {WorldPicture.Difference(after, before)}\ngone: {WorldPicture.Difference(before, after)}");
    }

    // Names as the fleet's own parts have, and tags that say that somebody else made them, or nothing.
    private static async Task ForeignAsync(FleetScene scene, string subnet)
    {
        string Id(string type, string name) => scene.Sandbox.Id(FleetScene.Group, type, name);
        await scene.Sandbox.PutAsync(Id(ResourceTypes.PublicIPAddress, "web004PublicIP"), Network, """{"location":"westeurope","sku":{"name":"Standard"},"properties":{"publicIPAllocationMethod":"Static"}}""");
        await scene.Sandbox.PutAsync(Id(ResourceTypes.PublicIPAddress, "web001PublicIP2"), Network, """{"location":"westeurope","sku":{"name":"Standard"},"properties":{"publicIPAllocationMethod":"Static"}}""");
        await scene.Sandbox.PutAsync(Id(ResourceTypes.NetworkInterface, "web004VMNic"), Network,
            $$$"""{"location":"westeurope","tags":{"imagecmdlets-operation":"New-ImageVM"},"properties":{"ipConfigurations":[{"name":"ip","properties":{"subnet":{"id":"{{{subnet}}}"} } }] } }""");
        await scene.Sandbox.PutAsync(Id(ResourceTypes.NetworkSecurityGroup, "web001NSG"), Network, """{"location":"westeurope","properties":{}}""");
        foreach (string name in new[] { "web001_OsDisk_1", "web001_disk2_foreign" })
            await scene.Sandbox.PutAsync(Id(ResourceTypes.Disk, name), SandboxSession.DiskVersion, """{"location":"westeurope","properties":{"diskSizeGB":8,"creationData":{"createOption":"Empty"}}}""");
    }
}
