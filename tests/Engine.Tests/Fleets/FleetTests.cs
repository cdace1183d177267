using ImageCmdlets.Engine.Vms;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Fleets;

public sealed class FleetTests
{
    [Fact]
    public async Task MachinesAreSpreadAndShareANetworkInEachRegion()
    {
        using FleetScene scene = await FleetScene.OpenAsync();

        ImageVM[] machines = await scene.MakeAsync(scene.Options(6, "westeurope", "japaneast"));

        Assert.Equal(["web001 westeurope 1", "web002 japaneast 1", "web003 westeurope 2", "web004 japaneast 2", "web005 westeurope 3", "web006 japaneast 3"],
            machines.OrderBy(vm => vm.Name, StringComparer.Ordinal).Select(vm => $"{vm.Name} {vm.Location} {vm.Zone.Single()}"));
        Assert.All(machines, vm => Assert.Equal((scene.ImageId, "Running", "Succeeded"), (vm.Image, vm.PowerState, vm.ProvisioningState)));
        Assert.Equal(6, machines.Select(vm => vm.PublicIPAddress).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(["web-japaneastNSG", "web-westeuropeNSG"], await scene.Sandbox.NamesAsync(ResourceTypes.NetworkSecurityGroup, "2022-07-01"));
        Assert.Equal(["web-japaneastVNET", "web-westeuropeVNET"], await scene.Sandbox.NamesAsync(ResourceTypes.VirtualNetwork, "2022-07-01"));
    }

    [Fact]
    public async Task TheSameCommandAgainFillsUpToTheCount()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        ImageVM[] first = await scene.MakeAsync(scene.Options(3, "westeurope", "eastus"));
        await VMService.RemoveAsync(scene.Sandbox.Session, [new RemoveVMOptions { Id = first.Single(vm => vm.Name == "web002").Id }], new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken);

        ImageVM[] second = await scene.MakeAsync(scene.Options(5, "westeurope", "eastus"));

        Assert.Equal(["web001 westeurope", "web002 eastus", "web003 westeurope", "web004 eastus", "web005 westeurope"],
            second.OrderBy(vm => vm.Name, StringComparer.Ordinal).Select(vm => $"{vm.Name} {vm.Location}"));
        Assert.Equal(first.Single(vm => vm.Name == "web001").VMId, second.Single(vm => vm.Name == "web001").VMId);
        Assert.Equal(5, (await scene.Sandbox.NamesAsync(ResourceTypes.NetworkInterface, "2022-07-01")).Length);
    }

    [Fact]
    public async Task AMachineOfAnOlderVersionIsOneOfAFleetThatFollowsLatest()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        NewFleetOptions options = scene.Options(2, "westeurope");
        options = options with { Machine = options.Machine with { Image = scene.Gallery.DefinitionId } };
        await scene.MakeAsync(options);
        string newer = await scene.Gallery.FurnishVersionAsync("1.1.0");
        var sink = new RecordingSink();

        ImageVM[] machines = await scene.MakeAsync(options with { Count = 3 }, sink);

        Assert.Equal([scene.ImageId, scene.ImageId, newer], machines.OrderBy(vm => vm.Name, StringComparer.Ordinal).Select(vm => vm.Image));
        Assert.Equal(2, sink.Warnings.Count(warning => warning.Contains("older version", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AZoneWithoutRoomIsLeftForTheNext()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        Fail(scene, "ZonalAllocationFailed", "Allocation failed. We do not have sufficient capacity for the requested VM size in this zone.", 1);
        var sink = new RecordingSink();

        ImageVM[] machines = await scene.MakeAsync(scene.Options(3, "westeurope"), sink);

        Assert.Empty(sink.Errors);
        Assert.Equal(3, machines.Length);
        Assert.Single(sink.Warnings, warning => warning.Contains("is made anew in zone", StringComparison.Ordinal));
        string[] disks = [.. (await scene.Sandbox.NamesAsync(ResourceTypes.Disk, SandboxSession.DiskVersion)).Where(name => name.StartsWith("web00", StringComparison.OrdinalIgnoreCase))];
        Assert.Equal(3 * 2, disks.Length);
        Assert.Equal(3, (await scene.Sandbox.NamesAsync(ResourceTypes.PublicIPAddress, "2022-07-01")).Length);
    }

    [Fact]
    public async Task WhatAzureGivesUpAgainIsReportedAndTheOthersAreMade()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        Fail(scene, "OSProvisioningTimedOut", "OS Provisioning for VM 'web' did not finish in the allotted time.", 2);
        var sink = new RecordingSink();

        ImageVM[] machines = await scene.MakeAsync(scene.Options(3, "westeurope") with { RetryCount = 0 }, sink);

        Assert.Single(machines);
        Assert.Equal([ErrorIds.OSProvisioningFailed, ErrorIds.OSProvisioningFailed], sink.Errors.Select(error => error.ErrorId));
        Assert.Equal(2, sink.Errors.Select(error => error.Target).Distinct().Count());

        // What failed may have run well before: it is only removed when somebody says so.
        string before = scene.Sandbox.Fingerprint;
        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => scene.MakeAsync(scene.Options(3, "westeurope")));
        Assert.Equal((ErrorIds.ProvisioningFailed, before), (error.ErrorId, scene.Sandbox.Fingerprint));
        Assert.Contains("-ReplaceFailed", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(3, (await scene.MakeAsync(scene.Options(3, "westeurope") with { ReplaceFailed = true })).Count(vm => vm.ProvisioningState == "Succeeded"));
    }

    [Fact]
    public async Task AMachineThatSomebodyRemovesMeanwhileIsMissed()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        string id = scene.Sandbox.Id(FleetScene.Group, ResourceTypes.VirtualMachine, "web002");
        scene.Sandbox.Sandbox.AddFault(new SandboxFault { Path = "*/web002", Method = "PUT", Operation = "VirtualMachines_CreateOrUpdate", Effect = SandboxFaultEffect.SlowOperation, Delay = TimeSpan.FromHours(1), Count = 1 });
        var sink = new RecordingSink();
        sink.OnProgress = _ => scene.Sandbox.SendAsync("DELETE", $"{id}?api-version={SandboxSession.ComputeVersion}").GetAwaiter().GetResult();

        ImageVM[] machines = await scene.MakeAsync(scene.Options(3, "westeurope"), sink);

        Assert.Equal(["web001", "web003"], machines.Select(vm => vm.Name).Order(StringComparer.Ordinal));
        Assert.Equal(id, (string?)Assert.Single(sink.Errors).Target, ignoreCase: true);
    }

    [Fact]
    public async Task WithoutWaitingOperationsComeBack()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        var sink = new RecordingSink();

        await Engine.Fleets.FleetService.NewAsync(scene.Sandbox.Session, scene.Options(4), new RunOptions { NoWait = true, ThrottleLimit = 100 }, sink, TestContext.Current.CancellationToken);

        Assert.Equal(["web001", "web002", "web003", "web004"], sink.Items.Cast<ImageOperation>().Select(operation => ResourceId.TryParse(operation.Id)!.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task RemovingTheFleetLeavesNothing()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        string before = await WorldPicture.OfAsync(scene.Sandbox.Session);
        ImageVM[] machines = await scene.MakeAsync(scene.Options(8));

        await VMService.RemoveAsync(scene.Sandbox.Session, [.. machines.Select(vm => new RemoveVMOptions { Id = vm.Id })], new RunOptions { ThrottleLimit = 16 }, new RecordingSink(), TestContext.Current.CancellationToken);

        Assert.Equal(before, await WorldPicture.OfAsync(scene.Sandbox.Session));
    }

    private static void Fail(FleetScene scene, string code, string message, int count) => scene.Sandbox.Sandbox.AddFault(new SandboxFault
    {
        Operation = "VirtualMachines_CreateOrUpdate",
        Effect = SandboxFaultEffect.OperationFailure,
        Code = code,
        Message = message,
        Count = count,
    });
}
