using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Tests.Fleets;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Tests.Vms;

/// <summary>Machines that are tied to what is there already, and what they are told at their first start.</summary>
public sealed class VMTiesTests
{
    private const string Network = "2022-07-01", Identities = "2018-11-30";

    [Fact]
    public async Task AMachineGetsItsIdentitiesPoolsAndPlace()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        NewVMOptions options = await TiedAsync(scene);

        await NewAsync(scene, options);

        JsonNode vm = (await scene.Sandbox.GetAsync(scene.Sandbox.Id(FleetScene.Group, ResourceTypes.VirtualMachine, "one"), SandboxSession.ComputeVersion))!;
        Assert.Equal("SystemAssigned, UserAssigned", (string?)vm["identity"]!["type"]);
        Assert.Equal(options.Identity[1], Assert.Single(vm["identity"]!["userAssignedIdentities"]!.AsObject()).Key, ignoreCase: true);
        Assert.Equal(("Spot", "Delete", 0.25), ((string?)vm["properties"]!["priority"], (string?)vm["properties"]!["evictionPolicy"], (double?)vm["properties"]!["billingProfile"]!["maxPrice"]));
        Assert.EndsWith("/proximityPlacementGroups/close", (string?)vm["properties"]!["proximityPlacementGroup"]!["id"], StringComparison.OrdinalIgnoreCase);
        JsonNode nic = (await scene.Sandbox.GetAsync(scene.Sandbox.Id(FleetScene.Group, ResourceTypes.NetworkInterface, "oneVMNic"), Network))!;
        Assert.Equal(options.LoadBalancerPoolId, nic["properties"]!["ipConfigurations"]![0]!["properties"]!["loadBalancerBackendAddressPools"]!.AsArray().Select(pool => (string)pool!["id"]!), StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task TheSameCommandFindsTheMachineAndAnotherDoesNot()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        NewVMOptions options = await TiedAsync(scene);
        await NewAsync(scene, options);

        await NewAsync(scene, options);
        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => NewAsync(scene, options with { Identity = [], LoadBalancerPoolId = [], ProximityPlacementGroup = null, Spot = false, EvictionPolicy = null, MaxPrice = null }));

        foreach (string part in new[] { "priority Spot, not Regular", "proximity placement group ", "identities (System, ", "backend pools (" })
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EachMachineOfAFleetIsInThePoolsOfItsRegion()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        string[] pools = [await PoolAsync(scene, "west", "westeurope"), await PoolAsync(scene, "east", "eastus")];
        NewFleetOptions options = scene.Options(2, "westeurope", "eastus");

        await scene.MakeAsync(options with { Machine = options.Machine with { LoadBalancerPoolId = pools } });

        for (int i = 0; i < 2; i++)
        {
            JsonNode nic = (await scene.Sandbox.GetAsync(scene.Sandbox.Id(FleetScene.Group, ResourceTypes.NetworkInterface, $"web00{i + 1}VMNic"), Network))!;
            Assert.Equal(pools[i], (string?)Assert.Single(nic["properties"]!["ipConfigurations"]![0]!["properties"]!["loadBalancerBackendAddressPools"]!.AsArray())!["id"], ignoreCase: true);
        }

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => scene.MakeAsync(options with { NamePrefix = "app", Machine = options.Machine with { LoadBalancerPoolId = [pools[0]] } }));
        Assert.Equal((ErrorIds.RegionMismatch, "None of the backend pools is in eastus."), (error.ErrorId, error.Message));
    }

    [Fact]
    public async Task SpotMachinesHaveAQuotaOfTheirOwn()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        scene.Sandbox.Sandbox.CoreQuota = 4;
        NewFleetOptions options = scene.Options(3, "westeurope");

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => scene.MakeAsync(options with { Machine = options.Machine with { Spot = true } }));

        Assert.Equal("westeurope: the quota 'Total Regional Low-priority vCPUs' is 4, 0 are in use, and 3 machines of size Standard_D2s_v5 take 6 more: 2 are short.", error.Message);
    }

    [Fact]
    public async Task WhatIsNotThereIsSaidAllAtOnceAndNothingIsMade()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        NewVMOptions options = scene.Options(1).Machine with
        {
            Name = "one", Location = "westeurope", ProximityPlacementGroup = "none",
            Identity = [scene.Sandbox.Id("images", ResourceTypes.UserAssignedIdentity, "nobody")],
            LoadBalancerPoolId = [scene.Sandbox.Id("images", ResourceTypes.LoadBalancer, "lb") + "/backendAddressPools/p"],
        };
        string before = scene.Sandbox.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => NewAsync(scene, options));

        Assert.Equal(ErrorIds.ResourceNotFound, error.ErrorId);
        foreach (string noun in new[] { "user-assigned identity", "load balancer", "proximity placement group" })
            Assert.Contains($"There is no {noun} '", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, scene.Sandbox.Fingerprint);
    }

    public static TheoryData<NewVMOptions, string> Wrong => new()
    {
        { Request() with { Identity = ["nobody"] }, "'nobody' is not the id of a user-assigned identity." },
        { Request() with { LoadBalancerPoolId = ["pool"] }, "'pool' is not the id of a backend pool." },
        { Request() with { ProximityPlacementGroup = "/subscriptions/x" }, "'/subscriptions/x' is not the id of a proximity placement group." },
        { Request() with { CustomData = new string('ä', 40000) }, "Custom data has 65535 bytes at the most, not 80000." },
        { Request() with { EvictionPolicy = "Delete" }, "Only spot machines have an eviction policy and a price limit." },
        { Request() with { Spot = true, MaxPrice = -2 }, "An hour of a machine does not cost -2." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task WhatCannotBeIsRefused(NewVMOptions request, string message)
    {
        using VMWorld world = await VMWorld.OpenAsync();

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => world.NewAsync(request with { Location = "westeurope" }));

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void NothingOfARequestIsPrintedButItsPlace() =>
        Assert.Equal("images/web01", (Request() with { CustomData = "the secret" }).ToString());

    private static NewVMOptions Request() => VMWorld.Request("web01");

    private static Task NewAsync(FleetScene scene, NewVMOptions options) =>
        VMService.NewAsync(scene.Sandbox.Session, [options], new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken);

    private static async Task<NewVMOptions> TiedAsync(FleetScene scene)
    {
        string identity = scene.Sandbox.Id("images", ResourceTypes.UserAssignedIdentity, "robot");
        await scene.Sandbox.SendAsync("PUT", $"{identity}?api-version={Identities}", """{"location":"westeurope"}""");
        string close = scene.Sandbox.Id(FleetScene.Group, ResourceTypes.ProximityPlacementGroup, "close");
        await scene.Sandbox.SendAsync("PUT", $"{close}?api-version={SandboxSession.ComputeVersion}", """{"location":"westeurope","properties":{"proximityPlacementGroupType":"Standard"}}""");
        return scene.Options(1).Machine with
        {
            Name = "one", Location = "westeurope", Identity = ["[system]", identity], LoadBalancerPoolId = [await PoolAsync(scene, "front", "westeurope")], ProximityPlacementGroup = "close",
            Spot = true, EvictionPolicy = "Delete", MaxPrice = 0.25, CustomData = "#cloud-config",
        };
    }

    private static async Task<string> PoolAsync(FleetScene scene, string name, string location)
    {
        string address = await scene.Sandbox.PutAsync(scene.Sandbox.Id("images", ResourceTypes.PublicIPAddress, name), Network,
            $$"""{"location":"{{location}}","sku":{"name":"Standard"},"properties":{"publicIPAllocationMethod":"Static"} }""");
        string balancer = await scene.Sandbox.PutAsync(scene.Sandbox.Id("images", ResourceTypes.LoadBalancer, name), Network,
            $$$"""
            {"location":"{{{location}}}","sku":{"name":"Standard"},"properties":{"frontendIPConfigurations":[{"name":"front","properties":{"publicIPAddress":{"id":"{{{address}}}"} } }],"backendAddressPools":[{"name":"pool"}] } }
            """);
        return balancer + "/backendAddressPools/pool";
    }
}
