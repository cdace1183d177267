namespace ImageCmdlets;

/// <summary>The ARM resource types that this module works with.</summary>
public static class ResourceTypes
{
    public const string VirtualMachine = "Microsoft.Compute/virtualMachines";
    public const string ScaleSet = "Microsoft.Compute/virtualMachineScaleSets";
    public const string Image = "Microsoft.Compute/images";
    public const string VirtualMachineExtension = "Microsoft.Compute/virtualMachines/extensions";
    public const string RunCommand = "Microsoft.Compute/virtualMachines/runCommands";
    public const string Snapshot = "Microsoft.Compute/snapshots";
    public const string Disk = "Microsoft.Compute/disks";
    public const string Gallery = "Microsoft.Compute/galleries";
    public const string GalleryImage = "Microsoft.Compute/galleries/images";
    public const string GalleryImageVersion = "Microsoft.Compute/galleries/images/versions";
    public const string RestorePointCollection = "Microsoft.Compute/restorePointCollections";
    public const string DiskRestorePoint = "Microsoft.Compute/restorePointCollections/restorePoints/diskRestorePoints";
    public const string ProximityPlacementGroup = "Microsoft.Compute/proximityPlacementGroups";
    public const string UserAssignedIdentity = "Microsoft.ManagedIdentity/userAssignedIdentities";
    public const string LoadBalancer = "Microsoft.Network/loadBalancers";
    public const string LoadBalancerPool = "Microsoft.Network/loadBalancers/backendAddressPools";
    public const string LoadBalancerProbe = "Microsoft.Network/loadBalancers/probes";
    public const string VirtualNetwork = "Microsoft.Network/virtualNetworks";
    public const string NetworkInterface = "Microsoft.Network/networkInterfaces";
    public const string PublicIPAddress = "Microsoft.Network/publicIPAddresses";
    public const string NetworkSecurityGroup = "Microsoft.Network/networkSecurityGroups";
    public const string StorageAccount = "Microsoft.Storage/storageAccounts";
    public const string KeyVault = "Microsoft.KeyVault/vaults";
    public const string ContainerGroup = "Microsoft.ContainerInstance/containerGroups";
    public const string ImageTemplate = "Microsoft.VirtualMachineImages/imageTemplates";
}
