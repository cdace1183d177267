using Azure;
using Azure.Core;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Compute.Models;
using Azure.ResourceManager.Resources;

namespace ImageCmdlets.SandboxServer.Tests.OtherClients;

/// <summary>Scale sets with instances, and restore points, over the Azure SDK for .NET.</summary>
[Trait("Category", "OtherClients")]
public sealed class AzureSdkScaleSetTests(AzureSdkSession session) : IClassFixture<AzureSdkSession>
{
    private const string User = "azureuser";
    private const string Password = "P@ssw0rd12345!";

    private static readonly AzureLocation s_here = new("westeurope");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Instances_are_listed_restarted_and_scaled()
    {
        ResourceGroupResource group = await session.CreateGroupAsync("sets", Cancelled);
        var data = new VirtualMachineScaleSetData(s_here)
        {
            Sku = new ComputeSku { Name = "Standard_D2s_v3", Capacity = 2 },
            OrchestrationMode = OrchestrationMode.Uniform,
            UpgradePolicy = new VirtualMachineScaleSetUpgradePolicy { Mode = VirtualMachineScaleSetUpgradeMode.Manual },
            Overprovision = false,
            VirtualMachineProfile = Profile(await SubnetAsync(group)),
        };
        VirtualMachineScaleSetResource set = (await group.GetVirtualMachineScaleSets().CreateOrUpdateAsync(WaitUntil.Completed, "ss1", data, Cancelled)).Value;
        Assert.Equal(["ss1_0", "ss1_1"], await InstancesAsync(set));

        VirtualMachineScaleSetVmResource first = await set.GetVirtualMachineScaleSetVms().GetAsync("0", cancellationToken: Cancelled);
        await first.RestartAsync(WaitUntil.Completed, Cancelled);
        VirtualMachineScaleSetVmInstanceView view = await first.GetInstanceViewAsync(Cancelled);
        Assert.Contains(view.Statuses, static status => status.Code == "PowerState/running");

        RequestFailedException none = await Assert.ThrowsAsync<RequestFailedException>(() => set.GetVirtualMachineScaleSetRollingUpgrade().GetAsync(Cancelled));
        Assert.Equal(404, none.Status);
        var patch = new VirtualMachineScaleSetPatch { Sku = new ComputeSku { Name = "Standard_D2s_v3", Capacity = 3 } };
        await set.UpdateAsync(WaitUntil.Completed, patch, Cancelled);
        Assert.Equal(3, (await InstancesAsync(set)).Count);
        await first.DeleteAsync(WaitUntil.Completed, cancellationToken: Cancelled);
        Assert.DoesNotContain("ss1_0", await InstancesAsync(set));
        await set.DeleteAsync(WaitUntil.Completed, cancellationToken: Cancelled);
    }

    [Fact]
    public async Task A_machine_has_a_restore_point_with_its_disk()
    {
        ResourceGroupResource group = await session.CreateGroupAsync("points", Cancelled);
        string subnet = await SubnetAsync(group);
        GenericResource nic = await NetworkAsync(group, "networkInterfaces/nic1",
            """{"ipConfigurations":[{"name":"ip","properties":{"subnet":{"id":"SUBNET"}}}]}""".Replace("SUBNET", subnet, StringComparison.Ordinal));
        var data = new VirtualMachineData(s_here)
        {
            HardwareProfile = new VirtualMachineHardwareProfile { VmSize = "Standard_D2s_v3" },
            StorageProfile = new VirtualMachineStorageProfile { ImageReference = Image() },
            OSProfile = new VirtualMachineOSProfile { ComputerName = "vm1", AdminUsername = User, AdminPassword = Password },
            NetworkProfile = new VirtualMachineNetworkProfile { NetworkInterfaces = { new VirtualMachineNetworkInterfaceReference { Id = nic.Id } } },
        };
        VirtualMachineResource machine = (await group.GetVirtualMachines().CreateOrUpdateAsync(WaitUntil.Completed, "vm1", data, cancellationToken: Cancelled)).Value;
        var source = new RestorePointGroupData(s_here) { Source = new RestorePointGroupSource { Id = machine.Id } };
        RestorePointGroupResource points = (await group.GetRestorePointGroups().CreateOrUpdateAsync(WaitUntil.Completed, "rpc1", source, Cancelled)).Value;
        RestorePointResource point = (await points.GetRestorePoints().CreateOrUpdateAsync(WaitUntil.Completed, "rp1", new RestorePointData(), Cancelled)).Value;
        Assert.Equal("Succeeded", point.Data.ProvisioningState);
        Assert.Equal("rp1", point.Data.Name);
        await points.DeleteAsync(WaitUntil.Completed, Cancelled);
        Assert.False(await group.GetRestorePointGroups().ExistsAsync("rpc1", cancellationToken: Cancelled));
    }

    private static async Task<List<string>> InstancesAsync(VirtualMachineScaleSetResource set)
    {
        var names = new List<string>();
        await foreach (VirtualMachineScaleSetVmResource instance in set.GetVirtualMachineScaleSetVms().GetAllAsync(cancellationToken: Cancelled))
            names.Add(instance.Data.Name);
        return names;
    }

    private static VirtualMachineScaleSetVmProfile Profile(string subnet)
    {
        var address = new VirtualMachineScaleSetIPConfiguration("ip") { SubnetId = new ResourceIdentifier(subnet) };
        var nic = new VirtualMachineScaleSetNetworkConfiguration("nic") { Primary = true, IPConfigurations = { address } };
        return new VirtualMachineScaleSetVmProfile
        {
            OSProfile = new VirtualMachineScaleSetOSProfile { ComputerNamePrefix = "ss1", AdminUsername = User, AdminPassword = Password },
            StorageProfile = new VirtualMachineScaleSetStorageProfile { ImageReference = Image() },
            NetworkProfile = new VirtualMachineScaleSetNetworkProfile { NetworkInterfaceConfigurations = { nic } },
        };
    }

    private static ImageReference Image() => new() { Publisher = "Debian", Offer = "debian-12", Sku = "12-gen2", Version = "latest" };

    private async Task<string> SubnetAsync(ResourceGroupResource group)
    {
        GenericResource network = await NetworkAsync(group, "virtualNetworks/net1",
            """{"addressSpace":{"addressPrefixes":["10.0.0.0/16"]},"subnets":[{"name":"s1","properties":{"addressPrefix":"10.0.0.0/24"}}]}""");
        return $"{network.Id}/subnets/s1";
    }

    // The SDK's own package for networks is another one; what it does not know it sends as it is.
    private async Task<GenericResource> NetworkAsync(ResourceGroupResource group, string typeAndName, string properties)
    {
        ResourceIdentifier id = new($"{group.Id}/providers/Microsoft.Network/{typeAndName}");
        var data = new GenericResourceData(s_here) { Properties = BinaryData.FromString(properties) };
        return (await session.Client.GetGenericResources().CreateOrUpdateAsync(WaitUntil.Completed, id, data, Cancelled)).Value;
    }
}
