using System.Text.Json.Nodes;
using ImageCmdlets.Engine.ScaleSets;
using ImageCmdlets.Engine.Tests.Vms;

namespace ImageCmdlets.Engine.Tests.ScaleSets;

/// <summary>What the machines of a set are tied to, their data disks and extensions.</summary>
public sealed class ScaleSetTiesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Uniform", "SystemAssigned, UserAssigned")]
    [InlineData("Flexible", "UserAssigned")]
    public async Task ASpotSetHasIdentitiesAndAPlace(string mode, string identities)
    {
        using VMWorld world = await VMWorld.OpenAsync();
        NewScaleSetOptions request = await TiedAsync(world, mode);

        await NewAsync(world, request);
        await NewAsync(world, request);

        JsonNode set = (await world.GetAsync(ResourceTypes.ScaleSet, "web", VMWorld.Compute))!;
        Assert.Equal(identities, (string?)set["identity"]!["type"]);
        Assert.EndsWith("/robot", Assert.Single(set["identity"]!["userAssignedIdentities"]!.AsObject()).Key, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("/proximityPlacementGroups/close", (string?)set["properties"]!["proximityPlacementGroup"]!["id"], StringComparison.OrdinalIgnoreCase);
        JsonNode profile = set["properties"]!["virtualMachineProfile"]!;
        Assert.Equal(("Spot", "Delete", 0.25), ((string?)profile["priority"], (string?)profile["evictionPolicy"], (double?)profile["billingProfile"]!["maxPrice"]));
        Assert.Equal(2, Assert.Single(world.Sink.Items.OfType<ImageScaleSet>().Take(1)).Instance!.Count);
        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => NewAsync(world, request with { Machine = VMWorld.Request("web") }));
        foreach (string part in new[] { "priority Spot, not Regular", "proximity placement group ", "identities (" })
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Uniform")]
    [InlineData("Flexible")]
    public async Task CustomDataIsInTheModel(string mode)
    {
        using VMWorld world = await VMWorld.OpenAsync();
        using var sent = new SentBodies(world.Sandbox);

        await ScaleSetService.NewAsync(OtherProcess.Open(world.Session, sent), [Request(mode) with { Machine = VMWorld.Request("web") with { CustomData = "#cloud-config" } }], new RunOptions(), world.Sink, Token);

        Assert.Equal(Convert.ToBase64String("#cloud-config"u8), (string?)sent.Of(world.Id(ResourceTypes.ScaleSet, "web"))["properties"]!["virtualMachineProfile"]!["osProfile"]!["customData"]);
    }

    [Fact]
    public async Task AFlexibleSetHasNoIdentityOfItsOwn()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        string before = world.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => NewAsync(world, Request("Flexible") with { Machine = VMWorld.Request("web") with { Identity = ["System"] } }));

        Assert.Equal((ErrorIds.InvalidArgument, "A flexible scale set has no identity of its own.", before), (error.ErrorId, error.Message, world.Fingerprint));
    }

    [Theory]
    [InlineData("Uniform")]
    [InlineData("Flexible")]
    public async Task EachMachineHasTheDisksOfTheImageAndThoseOfTheCommand(string mode)
    {
        using VMWorld world = await VMWorld.OpenAsync();
        string image = await ImageAsync(world);
        int before = world.Count(ResourceTypes.Disk);
        NewScaleSetOptions request = Request(mode) with { Machine = VMWorld.Request("web", image) with { DataDiskSizeGB = [8], StorageAccountType = "StandardSSD_LRS" } };

        await NewAsync(world, request);
        await NewAsync(world, request);

        JsonNode storage = (await world.GetAsync(ResourceTypes.ScaleSet, "web", VMWorld.Compute))!["properties"]!["virtualMachineProfile"]!["storageProfile"]!;
        Assert.Equal(["0 Empty StandardSSD_LRS", "3 FromImage StandardSSD_LRS"],
            storage["dataDisks"]!.AsArray().Select(disk => $"{disk!["lun"]} {disk["createOption"]} {disk["managedDisk"]!["storageAccountType"]}"));
        Assert.Equal(before + 6, world.Count(ResourceTypes.Disk));
        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => NewAsync(world, request with { Machine = request.Machine with { DataDiskSizeGB = [] } }));
        Assert.Contains("data disks (LUN 0: 8 GiB, LUN 3: ", error.Message, StringComparison.Ordinal);

        await ScaleSetService.RemoveAsync(world.Session, [world.Id(ResourceTypes.ScaleSet, "web")], removeGroup: false, new RunOptions(), world.Sink, Token);
        Assert.Equal(before, world.Count(ResourceTypes.Disk));
    }

    [Theory]
    [InlineData("Uniform")]
    [InlineData("Flexible")]
    public async Task EachMachineGetsTheExtensionsOneAfterTheOther(string mode)
    {
        using VMWorld world = await VMWorld.OpenAsync();
        using var sent = new SentBodies(world.Sandbox);
        NewScaleSetOptions request = Request(mode) with
        {
            Machine = VMWorld.Request("web") with { Extension = [Script("id -un", "token-1"), new ImageVMExtension { Publisher = "Microsoft.Azure.Monitor", Type = "AzureMonitorLinuxAgent", Version = "1.0" }] },
            Health = new ScaleSetHealthOptions { Protocol = "tcp", Port = 22 },
        };

        await ScaleSetService.NewAsync(OtherProcess.Open(world.Session, sent), [request], new RunOptions(), world.Sink, Token);
        await NewAsync(world, request);

        JsonArray extensions = sent.Of(world.Id(ResourceTypes.ScaleSet, "web"))["properties"]!["virtualMachineProfile"]!["extensionProfile"]!["extensions"]!.AsArray();
        Assert.Equal(["CustomScript ", "AzureMonitorLinuxAgent CustomScript", "HealthExtension "], extensions.Select(one => $"{one!["name"]} {string.Join(',', one["properties"]!["provisionAfterExtensions"]?.AsArray().Select(after => (string?)after) ?? [])}"));
        Assert.Equal("token-1", (string?)extensions[0]!["properties"]!["protectedSettings"]!["token"]);
        ImageScaleSet made = world.Sink.Items.OfType<ImageScaleSet>().First();
        Assert.Equal(("Extension", 2), (made.HealthSource, made.Instance!.Count));
        Assert.All(made.Instance!, instance => Assert.Equal(("Healthy", "Succeeded"), (instance.Health, instance.ProvisioningState)));

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => NewAsync(world, request with
        {
            Machine = request.Machine with { Extension = [.. request.Machine.Extension, new ImageVMExtension { Publisher = "Contoso", Type = "Agent", Version = "1.0" }] },
        }));
        Assert.Contains("it has no extension 'Agent'.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Uniform")]
    [InlineData("Flexible")]
    public async Task AnExtensionThatFailsFailsTheSet(string mode)
    {
        using VMWorld world = await VMWorld.OpenAsync();

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => NewAsync(world, Request(mode) with { Machine = VMWorld.Request("web") with { Extension = [Script("echo token-2; exit 3", "token-2")] } }));

        Assert.Equal(ErrorIds.VMExtensionFailed, error.ErrorId);
        Assert.Contains("***", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("token-2", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnExtensionOfTheUsersMayWatchARollingSet()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        var watcher = new ImageVMExtension { Publisher = "Microsoft.ManagedServices", Type = "ApplicationHealthLinux", Version = "2.0", Setting = new Dictionary<string, object> { ["protocol"] = "tcp", ["port"] = 22 } };
        NewScaleSetOptions request = Request("Uniform") with { UpgradeMode = "Rolling", Machine = VMWorld.Request("web") with { Extension = [watcher] } };

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => NewAsync(world, request with { Health = new ScaleSetHealthOptions { Protocol = "http" } }));
        await NewAsync(world, request);
        await NewAsync(world, request);

        Assert.Equal("A machine can have Microsoft.ManagedServices.ApplicationHealthLinux only once, not as 'ApplicationHealthLinux' and 'HealthExtension'.", error.Message);
        Assert.Equal(["Extension", "Extension"], world.Sink.Items.OfType<ImageScaleSet>().Select(one => one.HealthSource));
    }

    private static ImageVMExtension Script(string command, string token) => new()
    {
        Publisher = "Microsoft.Azure.Extensions", Type = "CustomScript", Version = "2.1", Setting = new Dictionary<string, object> { ["commandToExecute"] = command },
        ProtectedSetting = new ImageVMExtensionSecret(new Dictionary<string, object> { ["token"] = token }),
    };

    private static NewScaleSetOptions Request(string mode) => new() { Machine = VMWorld.Request("web"), OrchestrationMode = mode };

    private static Task NewAsync(VMWorld world, NewScaleSetOptions request) => ScaleSetService.NewAsync(world.Session, [request], new RunOptions(), world.Sink, Token);

    private static async Task<NewScaleSetOptions> TiedAsync(VMWorld world, string mode)
    {
        await world.MakeGroupAsync();
        string identity = world.Id(ResourceTypes.UserAssignedIdentity, "robot");
        await world.PutAsync(identity, "2018-11-30", """{"location":"westeurope"}""");
        await world.PutAsync(world.Id(ResourceTypes.ProximityPlacementGroup, "close"), VMWorld.Compute, """{"location":"westeurope","properties":{"proximityPlacementGroupType":"Standard"} }""");
        return Request(mode) with
        {
            Machine = VMWorld.Request("web") with
            {
                Identity = mode == "Flexible" ? [identity] : ["[system]", identity], ProximityPlacementGroup = "close", Spot = true, EvictionPolicy = "Delete", MaxPrice = 0.25,
            },
        };
    }

    // A managed image with a data disk of LUN 3.
    private static async Task<string> ImageAsync(VMWorld world)
    {
        await world.MakeGroupAsync();
        foreach (string disk in new[] { "system", "data" })
            await world.PutAsync(world.Id(ResourceTypes.Disk, disk), "2023-04-02", """{"location":"westeurope","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":32,"osType":"Linux","hyperVGeneration":"V1"} }""");
        string image = world.Id(ResourceTypes.Image, "golden");
        await world.PutAsync(image, VMWorld.Compute, $$$"""
            {"location":"westeurope","properties":{"hyperVGeneration":"V1","storageProfile":{"osDisk":{"osType":"Linux","osState":"Generalized","managedDisk":{"id":"{{{world.Id(ResourceTypes.Disk, "system")}}}"} },
             "dataDisks":[{"lun":3,"managedDisk":{"id":"{{{world.Id(ResourceTypes.Disk, "data")}}}"} }] } } }
            """);
        return image;
    }
}
