namespace ImageCmdlets.Engine.Arm;

/// <summary>The API versions of raw requests: those that Azure.ResourceManager.Compute 1.2.0 speaks, so that one resource is
/// never read by one version and written by another. Galleries are never written by it: docs/decisions/024.</summary>
internal static class ArmApiVersions
{
    public const string Compute = "2023-07-01";
    public const string Disks = "2023-04-02";
    public const string Galleries = "2024-03-03";
    public const string Skus = "2021-07-01";
    public const string MarketplaceOrdering = "2021-01-01";
    public const string Network = "2022-07-01";
    public const string Locks = "2016-09-01";
    public const string Resources = "2021-04-01";
    public const string ResourceGraph = "2021-03-01";
    public const string Subscriptions = "2022-12-01";
    public const string Authorization = "2022-04-01";

    private static readonly Dictionary<string, string> s_versions = new(StringComparer.OrdinalIgnoreCase)
    {
        [string.Empty] = Resources,
        [ResourceTypes.Disk] = Disks,
        [ResourceTypes.Snapshot] = Disks,
        [ResourceTypes.Gallery] = Galleries,
        [ResourceTypes.GalleryImage] = Galleries,
        [ResourceTypes.GalleryImageVersion] = Galleries,
        [ResourceTypes.UserAssignedIdentity] = "2018-11-30",
        [ResourceTypes.LoadBalancer] = Network,
        [ResourceTypes.LoadBalancerPool] = Network,
        [ResourceTypes.VirtualNetwork] = Network,
        [ResourceTypes.NetworkInterface] = Network,
        [ResourceTypes.PublicIPAddress] = Network,
        [ResourceTypes.NetworkSecurityGroup] = Network,
        [ResourceTypes.StorageAccount] = "2023-01-01",
        [ResourceTypes.KeyVault] = "2023-07-01",
        [ResourceTypes.ContainerGroup] = "2023-05-01",
        [ResourceTypes.ImageTemplate] = "2022-07-01",
    };

    /// <summary>The version for a resource type of this module, in whatever case Azure writes it; empty for resource groups.</summary>
    public static string For(string resourceType) => s_versions.TryGetValue(resourceType, out string? version) ? version
        : resourceType.StartsWith("Microsoft.Resources/", StringComparison.OrdinalIgnoreCase) ? Resources : Compute;
}
