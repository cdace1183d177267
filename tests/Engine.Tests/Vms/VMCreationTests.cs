using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Vms;

public sealed class VMCreationTests
{
    [Fact]
    public async Task AMachineIsMadeFromNothingAsAzMakesIt()
    {
        using VMWorld world = await VMWorld.OpenAsync();

        await world.NewAsync(VMWorld.Request("web01", VMWorld.Windows));

        ImageVM vm = Assert.Single(world.Machines);
        Assert.Equal(world.Id(ResourceTypes.VirtualMachine, "web01"), vm.Id);
        Assert.Equal("MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-g2:20348.3207.250210", vm.Image);
        Assert.Equal(("Standard_D2s_v5", "Windows", "Running", "Ready", "V2", "Standard"),
            (vm.Size, vm.OSType, vm.PowerState, vm.AgentState, vm.HyperVGeneration, vm.SecurityType));
        Assert.Equal(("azureuser", "web01", "Succeeded"), (vm.AdminUserName, vm.ComputerName, vm.ProvisioningState));
        JsonNode address = (await world.GetAsync(ResourceTypes.PublicIPAddress, "web01PublicIP", VMWorld.Network))!;
        Assert.Equal("10.0.0.4", vm.PrivateIPAddress);
        Assert.Equal((string?)address["properties"]!["ipAddress"], vm.PublicIPAddress);
        Assert.Equal("Standard", (string?)address["sku"]!["name"]);
        JsonNode network = (await world.GetAsync(ResourceTypes.VirtualNetwork, "web01VNET", VMWorld.Network))!;
        Assert.Equal("10.0.0.0/16", (string?)network["properties"]!["addressSpace"]!["addressPrefixes"]![0]);
        Assert.Equal("web01Subnet", (string?)network["properties"]!["subnets"]![0]!["name"]);
        JsonNode securityGroup = (await world.GetAsync(ResourceTypes.NetworkSecurityGroup, "web01NSG", VMWorld.Network))!;
        JsonNode rule = Assert.Single(securityGroup["properties"]!["securityRules"]!.AsArray())!;
        Assert.Equal(("rdp", "3389"), ((string?)rule["name"], (string?)rule["properties"]!["destinationPortRange"]));
        Assert.Equal([world.Id(ResourceTypes.NetworkInterface, "web01VMNic")], vm.NetworkInterfaceId);
    }

    [Fact]
    public async Task EverythingMadeCarriesWhoMadeItForWhat()
    {
        using VMWorld world = await VMWorld.OpenAsync();

        await world.NewAsync(new NewVMOptions
        {
            ResourceGroupName = "images", Name = "web01", Location = "westeurope", Image = VMWorld.Linux, Tag = new Dictionary<string, string> { ["owner"] = "me" },
        });

        string id = world.Id(ResourceTypes.VirtualMachine, "web01");
        (string Type, string Name)[] parts =
        [
            (ResourceTypes.NetworkInterface, "web01VMNic"), (ResourceTypes.NetworkSecurityGroup, "web01NSG"),
            (ResourceTypes.PublicIPAddress, "web01PublicIP"), (ResourceTypes.VirtualNetwork, "web01VNET"),
        ];
        foreach ((string type, string name) in parts)
        {
            JsonNode tags = (await world.GetAsync(type, name, VMWorld.Network))!["tags"]!;
            Assert.Equal("New-ImageVM", (string?)tags["imagecmdlets-operation"]);
            Assert.Equal(id, (string?)tags["imagecmdlets-source"]);
            Assert.Equal("me", (string?)tags["owner"]);
        }

        IReadOnlyDictionary<string, string> own = Assert.Single(world.Machines).Tag;
        Assert.Equal("Canonical:ubuntu-24_04-lts:server:24.04.202502140", own["imagecmdlets-source"]);
        Assert.Equal("me", own["owner"]);
    }

    [Fact]
    public async Task MachinesOfOneCommandShareANetworkAndTheTimeOfOne()
    {
        using VMWorld one = await VMWorld.OpenAsync();
        await one.NewAsync(VMWorld.Request("vm1"));
        using VMWorld three = await VMWorld.OpenAsync();

        await three.NewAsync(VMWorld.Request("vm1"), VMWorld.Request("vm2"), VMWorld.Request("vm3"));

        Assert.Equal(["vm1", "vm2", "vm3"], three.Machines.Select(vm => vm.Name).Order(StringComparer.Ordinal));
        Assert.Equal(1, three.Count("Microsoft.Network/virtualNetworks"));
        Assert.Equal(3, three.Count("Microsoft.Network/networkInterfaces"));
        Assert.Equal(["10.0.0.4", "10.0.0.5", "10.0.0.6"], three.Machines.Select(vm => vm.PrivateIPAddress).Order(StringComparer.Ordinal));
        TimeSpan alone = one.Sandbox.GetStatistics().SimulatedTime;
        Assert.InRange(three.Sandbox.GetStatistics().SimulatedTime, alone, alone * 1.2);
    }

    [Fact]
    public async Task ASecondMachineUsesTheNetworkThatIsThere()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("vm1"));

        await world.NewAsync(VMWorld.Request("vm2"));

        Assert.Equal(1, world.Count("Microsoft.Network/virtualNetworks"));
        Assert.Null(await world.GetAsync(ResourceTypes.VirtualNetwork, "vm2VNET", VMWorld.Network));
    }

    [Fact]
    public async Task DataDisksKeysZoneAndSizeAreAsAsked()
    {
        using VMWorld world = await VMWorld.OpenAsync();

        await world.NewAsync(new NewVMOptions
        {
            ResourceGroupName = "images", Name = "app01", Location = "westeurope", Image = VMWorld.Linux, Size = "standard_d4s_v5", Zone = "2",
            AdminUserName = "jane", SshPublicKey = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGx1k0Q5l5z8vJ8l3mYQ2V7o4xw0bC9dEfGhIjKlMnOp me"],
            DataDiskSizeGB = [64, 128], StorageAccountType = "Premium_LRS", NoPublicIPAddress = true,
        });

        ImageVM vm = Assert.Single(world.Machines);
        Assert.Equal([(0, 64), (1, 128)], vm.DataDisk.Select(disk => (disk.Lun!.Value, disk.DiskSizeGB!.Value)));
        Assert.Equal(("Standard_D4s_v5", "jane"), (vm.Size, vm.AdminUserName));
        Assert.Equal(["2"], vm.Zone);
        Assert.Null(vm.PublicIPAddress);
        Assert.Equal(0, world.Count("Microsoft.Network/publicIPAddresses"));
        JsonNode body = (await world.GetAsync(ResourceTypes.VirtualMachine, "app01", VMWorld.Compute))!["properties"]!;
        Assert.True((bool?)body["osProfile"]!["linuxConfiguration"]!["disablePasswordAuthentication"]);
        Assert.Equal("/home/jane/.ssh/authorized_keys", (string?)body["osProfile"]!["linuxConfiguration"]!["ssh"]!["publicKeys"]![0]!["path"]);
        Assert.Equal("Delete", (string?)body["storageProfile"]!["osDisk"]!["deleteOption"]);
        Assert.All(body["storageProfile"]!["dataDisks"]!.AsArray(), disk => Assert.Equal("Delete", (string?)disk!["deleteOption"]));
        Assert.Empty(world.Sink.Warnings);
    }

    [Fact]
    public async Task APasswordThatIsMadeUpShowsNowhere()
    {
        using VMWorld world = await VMWorld.OpenAsync();

        await world.NewAsync(VMWorld.Request("web01", VMWorld.Windows));

        Assert.Contains("web01", Assert.Single(world.Sink.Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain(world.Sink.VerboseLines, line => line.Contains("adminPassword", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task TrustedLaunchIsByChoice()
    {
        using VMWorld world = await VMWorld.OpenAsync();

        await world.NewAsync(new NewVMOptions { ResourceGroupName = "images", Name = "tl01", Location = "westeurope", Image = VMWorld.Linux, SecurityType = "TrustedLaunch" });

        Assert.Equal("TrustedLaunch", Assert.Single(world.Machines).SecurityType);
    }

    [Fact]
    public async Task AnArmImageGetsAnArmSize()
    {
        using VMWorld world = await VMWorld.OpenAsync();

        await world.NewAsync(VMWorld.Request("arm01", "Canonical:ubuntu-24_04-lts:server-arm64:24.04.2024*"));

        ImageVM vm = Assert.Single(world.Machines);
        Assert.Equal("Standard_D2ps_v5", vm.Size);
        Assert.Equal("Canonical:ubuntu-24_04-lts:server-arm64:24.04.202411030", vm.Image);
    }

    [Fact]
    public async Task WhatNoWaitBeganIsPickedUp()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(new RunOptions { NoWait = true }, VMWorld.Request("vm1"));
        Assert.Equal("Create", Assert.IsType<ImageOperation>(Assert.Single(world.Sink.Items)).Operation);
        int puts = Puts(world);
        Assert.Equal(6, puts);

        await world.NewAsync(VMWorld.Request("vm1"));

        Assert.Equal("Succeeded", Assert.Single(world.Machines).ProvisioningState);
        Assert.Equal(puts, Puts(world));
    }

    [Fact]
    public async Task TheSameCommandAgainChangesNothingAndSaysSo()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        await world.NewAsync(VMWorld.Request("vm1"));
        string before = world.Fingerprint;

        await world.NewAsync(VMWorld.Request("vm1"));

        Assert.Equal(before, world.Fingerprint);
        Assert.Equal(2, world.Machines.Count());
        Assert.Contains(world.Sink.Warnings, warning => warning.Contains("'vm1' was made by an earlier run", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ABrokenRunGoesOnWhereItWas()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        world.Sandbox.AddFault(new SandboxFault
        {
            Operation = "VirtualMachines_CreateOrUpdate", Status = 403, Code = "RequestDisallowedByPolicy", Message = "Resource 'vm1' was disallowed by policy.",
        });

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => world.NewAsync(VMWorld.Request("vm1")));
        await world.NewAsync(VMWorld.Request("vm1"));

        Assert.Equal(ErrorIds.PolicyViolation, error.ErrorId);
        Assert.Contains(world.Sink.Warnings, warning => warning.Contains("vm1NSG, vm1PublicIP, vm1VMNic", StringComparison.Ordinal));
        Assert.Single(world.Machines);
        Assert.Equal(1, world.Count("Microsoft.Network/networkInterfaces"));
    }

    [Fact]
    public async Task OneMachineThatCannotBeMadeDoesNotStopTheOthers()
    {
        using VMWorld world = await VMWorld.OpenAsync();

        await world.NewAsync(VMWorld.Request("vm1"), VMWorld.Request("bad_"), VMWorld.Request("bad-"), VMWorld.Request("vm1"));

        Assert.Equal(["bad_", "vm1"], world.Machines.Select(vm => vm.Name).Order(StringComparer.Ordinal));
        Assert.Equal([ErrorIds.InvalidArgument, ErrorIds.InvalidResourceName], world.Sink.Errors.Select(error => error.ErrorId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ProgressGoesThroughTheStepsAndEnds()
    {
        using VMWorld world = await VMWorld.OpenAsync();

        await world.NewAsync(VMWorld.Request("vm1"), VMWorld.Request("vm2"));

        IGrouping<int, OperationProgress>[] activities = [.. world.Sink.ProgressRecords.GroupBy(record => record.ActivityId)];
        Assert.Equal(2, activities.Length);
        Assert.All(activities, records => Assert.True(records.Last().Completed));
        Assert.Contains("Making virtual machine vm1", activities.Select(records => records.First().Activity));
        Assert.Contains(activities[0], record => record.Status == "Network interface" && record.PercentComplete == 10);
    }

    private static int Puts(VMWorld world) =>
        world.Sandbox.GetStatistics().RequestsByOperation.Where(pair => pair.Key.StartsWith("PUT ", StringComparison.Ordinal)).Sum(pair => pair.Value);
}
