namespace ImageCmdlets.Engine.Tests.Fleets;

/// <summary>What is short is said at once, for all regions, and nothing is changed.</summary>
public sealed class FleetPreconditionTests
{
    private const string Network = "2022-07-01";

    [Fact]
    public async Task CoresThatAreShortAreCounted()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        scene.Sandbox.Sandbox.CoreQuota = 15;

        ImageCmdletsException error = await RefusedAsync(scene, scene.Options(20, "westeurope", "eastus"));

        Assert.Equal(ErrorIds.QuotaExceeded, error.ErrorId);
        foreach (string region in new[] { "westeurope", "eastus" })
            Assert.Contains($"{region}: the quota 'Total Regional vCPUs' is 15, 0 are in use, and 10 machines of size Standard_D2s_v5 take 20 more: 5 are short.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PublicAddressesThatAreShortAreCounted()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        await scene.MakeAsync(scene.Options(4, "westeurope", "eastus"));
        scene.Sandbox.Sandbox.PublicAddressQuota = 5;
        NewFleetOptions options = scene.Options(20, "westeurope", "eastus");

        ImageCmdletsException error = await RefusedAsync(scene, options);

        Assert.Equal(ErrorIds.QuotaExceeded, error.ErrorId);
        foreach (string region in new[] { "westeurope", "eastus" })
            Assert.Contains($"{region}: the quota 'Public IP Addresses' is 5, 2 are in use, and 8 machines take 8 more: 5 are short.", error.Message, StringComparison.Ordinal);
        Assert.Contains("-NoPublicIPAddress", error.RecommendedAction, StringComparison.Ordinal);

        NewFleetOptions without = options with { NamePrefix = "inner", Machine = options.Machine with { NoPublicIPAddress = true } };
        Assert.Equal(20, (await scene.MakeAsync(without)).Length);
        Assert.Equal(10, (await scene.MakeAsync(scene.Options(10, "westeurope", "eastus"))).Length);
    }

    // Who may not see what the subscription has is told by Azure where it ends: as that machine's failure.
    [Fact]
    public async Task WhatMayNotBeSeenOfTheNetworkTakesNothingAway()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        scene.Sandbox.Sandbox.PublicAddressQuota = 1;
        scene.Sandbox.Sandbox.AddFault(new ImageCmdlets.Sandbox.SandboxFault { Operation = "Usages_List", Effect = ImageCmdlets.Sandbox.SandboxFaultEffect.Forbidden });
        var sink = new RecordingSink();

        ImageVM[] machines = await scene.MakeAsync(scene.Options(2, "westeurope"), sink);

        Assert.Single(machines);
        ImageCmdletsException error = Assert.Single(sink.Errors);
        Assert.Equal(ErrorIds.QuotaExceeded, error.ErrorId);
        Assert.Contains("Cannot create more than 1 public IP addresses for this subscription in this region.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsThereTakesNoCoresAgain()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        await scene.MakeAsync(scene.Options(3, "westeurope"));
        scene.Sandbox.Sandbox.CoreQuota = 8;

        Assert.Equal(4, (await scene.MakeAsync(scene.Options(4, "westeurope"))).Length);
        Assert.Equal(ErrorIds.QuotaExceeded, (await RefusedAsync(scene, scene.Options(5, "westeurope"))).ErrorId);
    }

    [Fact]
    public async Task ReplicasThatAreMissingAreCounted()
    {
        using FleetScene scene = await FleetScene.OpenAsync(replicas: 1);

        ImageCmdletsException error = await RefusedAsync(scene, scene.Options(82, "westeurope", "eastus"));

        Assert.Equal(ErrorIds.ReplicasMissing, error.ErrorId);
        Assert.Contains($"westeurope: 41 machines made at once want 3 replicas of the image version '{scene.ImageId}', there are 1.", error.Message, StringComparison.Ordinal);
        Assert.Contains("eastus: 41 machines", error.Message, StringComparison.Ordinal);
        Assert.Contains("-ThrottleLimit 20", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FewerMachinesAtOnceWantFewerReplicas()
    {
        using FleetScene scene = await FleetScene.OpenAsync(replicas: 1);

        Assert.Equal(42, (await scene.MakeAsync(scene.Options(42, "westeurope", "eastus"), null, new RunOptions { ThrottleLimit = 20 })).Length);
    }

    [Fact]
    public async Task ReplicasAreMadeWhereTheUserWantsIt()
    {
        using FleetScene scene = await FleetScene.OpenAsync(replicas: 1);

        Assert.Equal(50, (await scene.MakeAsync(scene.Options(50, "westeurope", "eastus") with { EnsureReplica = true })).Length);

        ImageVersion version = await scene.Gallery.ReadVersionAsync("1.0.0");
        Assert.Equal(["eastus 2", "japaneast 1", "northeurope 1", "westeurope 2"], version.TargetRegion.Select(region => $"{region.Location} {region.ReplicaCount}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ASubnetWithoutRoomIsMeasured()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        string network = scene.Sandbox.Id(FleetScene.Group, ResourceTypes.VirtualNetwork, "small");
        await scene.Sandbox.PutAsync(network, Network,
            """{"location":"westeurope","properties":{"addressSpace":{"addressPrefixes":["10.1.0.0/24"]},"subnets":[{"name":"default","properties":{"addressPrefix":"10.1.0.0/29"}}]}}""");
        NewFleetOptions options = scene.Options(3, "westeurope");
        options = options with { Machine = options.Machine with { Subnet = "small" } };

        Assert.Equal(3, (await scene.MakeAsync(options)).Length);
        ImageCmdletsException error = await RefusedAsync(scene, options with { Count = 5 });

        Assert.Equal(ErrorIds.SubnetFull, error.ErrorId);
        Assert.Equal($"westeurope: the subnet '{network}/subnets/default' has 0 free addresses, 2 are wanted: 2 are short.", error.Message, ignoreCase: true);
    }

    [Fact]
    public async Task AZoneThatARegionLacksIsNamed()
    {
        using FleetScene scene = await FleetScene.OpenAsync();

        ImageCmdletsException error = await RefusedAsync(scene, scene.Options(4) with { Zone = ["1", "9"] });

        Assert.Equal(ErrorIds.ZoneNotSupported, error.ErrorId);
        Assert.Contains("westeurope has the zones 1, 2, 3 for the size Standard_D2s_v5, not '9'.", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, (await scene.MakeAsync(scene.Options(4) with { NoZone = true })).Count(vm => vm.Zone.Count == 0));
    }

    [Fact]
    public async Task ARegionWithoutTheImageIsNamedBesideOneWithoutTheSize()
    {
        using FleetScene scene = await FleetScene.OpenAsync();

        ImageCmdletsException error = await RefusedAsync(scene, scene.Options(4, "westeurope", "brazilsouth", "nowhere"));

        Assert.Contains("is not in brazilsouth", error.Message, StringComparison.Ordinal);
        Assert.Contains("nowhere", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LatestMustBeTheSameEverywhere()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        await scene.Gallery.FurnishVersionAsync("1.1.0", regions: """{"name":"westeurope","regionalReplicaCount":9}""");
        NewFleetOptions options = scene.Options(4, "westeurope", "eastus");

        ImageCmdletsException error = await RefusedAsync(scene, options with { Machine = options.Machine with { Image = scene.Gallery.DefinitionId } });

        Assert.Equal(ErrorIds.RegionMismatch, error.ErrorId);
        Assert.Contains("versions/1.1.0 in westeurope;", error.Message, StringComparison.Ordinal);
        Assert.Contains("versions/1.0.0 in eastus", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatSomebodyElseMadeUnderTheNamesIsLeftAlone()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        await scene.Sandbox.PutAsync(scene.Sandbox.Id(FleetScene.Group, ResourceTypes.PublicIPAddress, "web002PublicIP"), Network, """{"location":"westeurope","sku":{"name":"Standard"},"properties":{"publicIPAllocationMethod":"Static"}}""");

        ImageCmdletsException error = await RefusedAsync(scene, scene.Options(4));

        Assert.Equal(ErrorIds.ResourceAlreadyExists, error.ErrorId);
        Assert.Contains("'web002PublicIP' exists already", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFleetElsewhereIsNotMovedAndAnotherSizeIsNotTakenForThis()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        await scene.MakeAsync(scene.Options(2, "westeurope"));
        NewFleetOptions options = scene.Options(4, "westeurope");

        Assert.Contains("'web001' is in westeurope, where the fleet is not to be.", (await RefusedAsync(scene, scene.Options(4, "eastus"))).Message, StringComparison.Ordinal);
        ImageCmdletsException other = await RefusedAsync(scene, options with { Machine = options.Machine with { Size = "Standard_D4s_v5" } });
        Assert.Contains("size Standard_D2s_v5, not Standard_D4s_v5", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EverythingThatIsShortIsSaidAtOnce()
    {
        using FleetScene scene = await FleetScene.OpenAsync(replicas: 1);
        scene.Sandbox.Sandbox.CoreQuota = 10;
        scene.Sandbox.Sandbox.PublicAddressQuota = 3;
        await scene.Sandbox.PutAsync(scene.Sandbox.Id(FleetScene.Group, ResourceTypes.PublicIPAddress, "web007PublicIP"), Network, """{"location":"westeurope","sku":{"name":"Standard"},"properties":{"publicIPAllocationMethod":"Static"}}""");

        ImageCmdletsException error = await RefusedAsync(scene, scene.Options(100));

        string[] parts =
        [
            "web007PublicIP", "westeurope: the quota", "japaneast: the quota", "westeurope: 25 machines made at once", "japaneast: 25 machines made at once",
            "northeurope: the quota 'Public IP Addresses' is 3, 0 are in use, and 25 machines take 25 more: 22 are short.",
        ];
        foreach (string part in parts)
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private static async Task<ImageCmdletsException> RefusedAsync(FleetScene scene, NewFleetOptions options)
    {
        string before = scene.Sandbox.Fingerprint;
        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => scene.MakeAsync(options));
        Assert.Equal(before, scene.Sandbox.Fingerprint);
        return error;
    }
}
