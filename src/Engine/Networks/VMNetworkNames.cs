namespace ImageCmdlets.Engine.Networks;

/// <summary>The names that <c>az vm create</c> gives to what a machine needs.</summary>
internal sealed class VMNetworkNames(string subscriptionId, string resourceGroupName, string vmName)
{
    public string VirtualNetworkId => IdOf(ResourceTypes.VirtualNetwork, vmName + "VNET");

    public string SubnetName => vmName + "Subnet";

    public string SubnetId => $"{VirtualNetworkId}/subnets/{SubnetName}";

    public string SecurityGroupId => IdOf(ResourceTypes.NetworkSecurityGroup, vmName + "NSG");

    public string PublicAddressId => IdOf(ResourceTypes.PublicIPAddress, vmName + "PublicIP");

    public string NetworkInterfaceId => IdOf(ResourceTypes.NetworkInterface, vmName + "VMNic");

    public string IPConfigurationName => "ipconfig" + vmName;

    private string IdOf(string type, string name) => ResourceId.Of(subscriptionId, resourceGroupName, type, name).Text;
}
