using ImageCmdlets.Engine.SnapshotCopying;
using ImageCmdlets.Engine.Tests.Vms;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Restoring;

/// <summary>A machine made of the snapshots of one set is like the one that they were taken of.</summary>
public sealed class NewVMTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ItIsLikeTheOneThatWas(bool isGone)
    {
        using NewVMScene scene = await NewVMScene.OpenAsync();
        if (isGone)
        {
            await scene.World.RemoveAsync(new RemoveVMOptions { Id = scene.World.Id(ResourceTypes.VirtualMachine, "web01") });
            await scene.OtherNetworkAsync();
        }

        ImageVM vm = await scene.RestoreAsync();

        Assert.Equal(("again", "Standard_D4s_v5", "westeurope", "Running", "Linux"), (vm.Name, vm.Size, vm.Location, vm.PowerState, vm.OSType));
        Assert.Equal([0, 1], vm.DataDisk.Select(disk => disk.Lun));
        Assert.Equal("ReadWrite", vm.OSDisk!.Caching);
        Assert.Null(vm.PublicIPAddress);
        Assert.Equal("yes", vm.Tag["kept"]);
        foreach ((DiskReference disk, ImageSnapshot snapshot) in vm.DataDisk.Prepend(vm.OSDisk).Zip(scene.Set))
        {
            System.Text.Json.Nodes.JsonNode made = (await scene.World.GetAsync(ResourceTypes.Disk, ResourceId.TryParse(disk.SourceId)!.Name, SandboxSession.DiskVersion))!;
            Assert.Equal((snapshot.Id, "Premium_LRS"), ((string?)made["properties"]!["creationData"]!["sourceResourceId"], (string?)made["sku"]!["name"]));
            Assert.Equal(["kept"], made["tags"]!.AsObject().Select(tag => tag.Key));
        }
    }

    [Fact]
    public async Task SizeDisksAndSubnetCanBeOthers()
    {
        using NewVMScene scene = await NewVMScene.OpenAsync();
        await scene.OtherNetworkAsync();

        ImageVM vm = await scene.RestoreAsync(NewVMScene.To() with { Size = "Standard_D2s_v5", Sku = "StandardSSD_LRS", Subnet = "other", Tag = new Dictionary<string, string> { ["own"] = "tag" } });

        Assert.Equal("Standard_D2s_v5", vm.Size);
        Assert.StartsWith("10.9.1.", vm.PrivateIPAddress, StringComparison.Ordinal);
        Assert.Equal("StandardSSD_LRS", vm.OSDisk!.StorageAccountType);
        Assert.False(vm.Tag.ContainsKey("kept"));
        Assert.Equal("tag", vm.Tag["own"]);
    }

    [Fact]
    public async Task ATrustedMachineStaysOne()
    {
        using NewVMScene scene = await NewVMScene.OpenAsync(new NewVMOptions
        {
            ResourceGroupName = "images", Name = "safe", Location = "westeurope", Image = VMWorld.Windows, SecurityType = "TrustedLaunch", Zone = "2",
        });

        ImageVM vm = await scene.RestoreAsync();

        Assert.Equal(("TrustedLaunch", "2"), (vm.SecurityType, Assert.Single(vm.Zone)));
        System.Text.Json.Nodes.JsonNode uefi = (await scene.World.GetAsync(ResourceTypes.VirtualMachine, "again", VMWorld.Compute))!["properties"]!["securityProfile"]!["uefiSettings"]!;
        Assert.Equal((true, true), ((bool)uefi["secureBootEnabled"]!, (bool)uefi["vTpmEnabled"]!));
    }

    [Fact]
    public async Task InAnotherRegionItIsMadeOfCopies()
    {
        using NewVMScene scene = await NewVMScene.OpenAsync();
        await scene.World.NewAsync(new NewVMOptions { ResourceGroupName = "north", Name = "seed", Location = "northeurope", Image = VMWorld.Linux });
        var copies = new RecordingSink();
        SnapshotCopyTarget[] targets = [.. scene.Set.SelectMany(snapshot => SnapshotCopyService.Targets(new CopySnapshotOptions { SourceId = snapshot.Id, Location = ["northeurope"], TargetResourceGroupName = "north" }))];
        await SnapshotCopyService.CopyAsync(scene.Session, targets, new RunOptions(), copies, TestContext.Current.CancellationToken);
        var sink = new RecordingSink();

        await NewVMScene.RestoreAsync(scene.Session, sink, copies.Items.Cast<SnapshotCopyResult>().Select(copy => new ImageSnapshot(copy.Id)), NewVMScene.To(), TestContext.Current.CancellationToken);

        ImageVM vm = Assert.IsType<ImageVM>(Assert.Single(sink.Items));
        Assert.Equal(("northeurope", "north", "Standard_D4s_v5", 2), (vm.Location, vm.ResourceGroupName, vm.Size, vm.DataDisk.Count));
    }

    [Fact]
    public async Task OfARestorePointsSetItIsMadeToo()
    {
        using NewVMScene scene = await NewVMScene.OpenAsync();
        ImageSnapshot[] set = await scene.TakeAsync(new NewSnapshotOptions { Source = scene.World.Id(ResourceTypes.VirtualMachine, "web01"), Name = "point", RestorePoint = true });
        var sink = new RecordingSink();

        await NewVMScene.RestoreAsync(scene.Session, sink, set, NewVMScene.To(), TestContext.Current.CancellationToken);

        Assert.Equal(("Standard_D4s_v5", 2), (Assert.IsType<ImageVM>(Assert.Single(sink.Items)).Size, ((ImageVM)sink.Items[0]).DataDisk.Count));
    }

    [Fact]
    public async Task AnIncompleteSetIsRefused()
    {
        using NewVMScene scene = await NewVMScene.OpenAsync();

        ImageCmdletsException data = await scene.RefusedAsync(scene.Set.Skip(1));
        ImageCmdletsException os = await scene.RefusedAsync(scene.Set.Take(2));

        Assert.Equal((ErrorIds.InvalidArgument, "again"), (data.ErrorId, data.Target));
        Assert.Equal((ErrorIds.InvalidArgument, scene.Set[0].Id), (os.ErrorId, os.Target));
        Assert.Contains("no snapshot of those at LUN 1 was given", os.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SnapshotsOfTwoSetsAreRefused()
    {
        using NewVMScene scene = await NewVMScene.OpenAsync();
        scene.Sandbox.Clock.Advance(TimeSpan.FromMinutes(2));
        ImageSnapshot[] later = await scene.TakeAsync(new NewSnapshotOptions { Source = scene.World.Id(ResourceTypes.VirtualMachine, "web01"), Name = "later" });

        ImageCmdletsException error = await scene.RefusedAsync([scene.Set[0], .. later.Skip(1)]);

        Assert.Equal((ErrorIds.InvalidArgument, "again"), (error.ErrorId, error.Target));
    }

    [Fact]
    public async Task AGeneralizedSystemIsRefused()
    {
        using NewVMScene scene = await NewVMScene.OpenAsync();
        string vm = scene.World.Id(ResourceTypes.VirtualMachine, "web01");
        await scene.World.PostAsync(vm + "/deallocate");
        await scene.World.PostAsync(vm + "/generalize");
        ImageSnapshot[] set = await scene.TakeAsync(new NewSnapshotOptions { Source = vm, Name = "golden" });

        ImageCmdletsException error = await scene.RefusedAsync(set);

        Assert.Equal(("Generalized", ErrorIds.OSStateMismatch, set[0].Id), (set[0].OSState, error.ErrorId, error.Target));
    }

    [Theory]
    [InlineData("web01", null, ErrorIds.ResourceAlreadyExists)]
    [InlineData("again", "Standard_None", ErrorIds.InvalidVMSize)]
    [InlineData("again", "Standard_D2ps_v5", ErrorIds.ArchitectureMismatch)]
    [InlineData("bad.", null, ErrorIds.InvalidResourceName)]
    public async Task BadInputIsRefused(string name, string? size, string errorId)
    {
        using NewVMScene scene = await NewVMScene.OpenAsync();

        ImageCmdletsException error = await scene.RefusedAsync(scene.Set, NewVMScene.To(name) with { Size = size });

        Assert.Equal(errorId, error.ErrorId);
    }

    [Theory]
    [InlineData("Disks_CreateOrUpdate")]
    [InlineData("NetworkInterfaces_CreateOrUpdate")]
    [InlineData("VirtualMachines_CreateOrUpdate")]
    public async Task WhatAzureRefusesLeavesNothing(string operation)
    {
        using NewVMScene scene = await NewVMScene.OpenAsync();
        string before = await WorldPicture.OfAsync(scene.Session);
        scene.Sandbox.AddFault(new SandboxFault { Operation = operation, Count = 1, Status = 403, Code = "RequestDisallowedByPolicy", Message = "No." });

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => scene.RestoreAsync());

        Assert.Equal(ErrorIds.PolicyViolation, error.ErrorId);
        Assert.Equal(before, await WorldPicture.OfAsync(scene.Session));
    }

    [Fact]
    public async Task TheSameAgainGivesTheMachineThatIsThere()
    {
        using NewVMScene scene = await NewVMScene.OpenAsync();
        await scene.RestoreAsync();
        string before = scene.World.Fingerprint;
        var sink = new RecordingSink();

        await scene.RestoreAsync(sink);

        Assert.Equal(scene.New, Assert.IsType<ImageVM>(Assert.Single(sink.Items)).Id);
        Assert.Contains("was made of these snapshots by an earlier run", Assert.Single(sink.Warnings), StringComparison.Ordinal);
        Assert.Equal(before, scene.World.Fingerprint);
    }
}
