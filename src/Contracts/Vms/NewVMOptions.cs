using System.Security;

namespace ImageCmdlets;

/// <summary>The virtual machine to make. Defaults are those of <c>az vm create</c>.</summary>
public sealed record NewVMOptions
{
    public string? SubscriptionId { get; init; }

    public required string ResourceGroupName { get; init; }

    public required string Name { get; init; }

    /// <summary>Null: a managed image's region, else the resource group's. With it, a missing resource group is made.</summary>
    public string? Location { get; init; }

    /// <summary>A URN, the id of an image, a gallery version or a gallery's image definition (its newest version), or the name of an
    /// image in the resource group.</summary>
    public required string Image { get; init; }

    /// <summary>Null: <c>Standard_D2s_v5</c>, or <c>Standard_D2ps_v5</c> for Arm64 images.</summary>
    public string? Size { get; init; }

    /// <summary>Null: <c>azureuser</c>.</summary>
    public string? AdminUserName { get; init; }

    /// <summary>Null: without SSH keys, one is made up that nobody gets to know.</summary>
    public SecureString? AdminPassword { get; init; }

    /// <summary>Linux only, in OpenSSH form; with keys and no password, password sign-in is off.</summary>
    public IReadOnlyList<string> SshPublicKey { get; init; } = [];

    /// <summary>Null: made of the name, at most 15 characters on Windows.</summary>
    public string? ComputerName { get; init; }

    /// <summary>Sizes in GiB of empty data disks, LUN 0 first.</summary>
    public IReadOnlyList<int> DataDiskSizeGB { get; init; } = [];

    /// <summary>Such as <c>Premium_LRS</c>; null: Azure's choice for the size.</summary>
    public string? StorageAccountType { get; init; }

    /// <summary><c>Standard</c> (default: only such machines fit into managed images) or <c>TrustedLaunch</c>.</summary>
    public string SecurityType { get; init; } = "Standard";

    /// <summary>The id of a subnet, or the name of a virtual network in the group; null: as az, one in the group and region, or a new one.</summary>
    public string? Subnet { get; init; }

    /// <summary>No public address.</summary>
    public bool NoPublicIPAddress { get; init; }

    public string? Zone { get; init; }

    /// <summary>Null: the image's own.</summary>
    public PurchasePlan? Plan { get; init; }

    /// <summary><c>System</c> for an identity of the machine's own, and ids of user-assigned identities.</summary>
    public IReadOnlyList<string> Identity { get; init; } = [];

    /// <summary>What cloud-init or a script in the image finds in the guest; at most 65,535 bytes. May be a secret.</summary>
    public string? CustomData { get; init; }

    /// <summary>Ids of backend pools of load balancers; those of the machine's region count.</summary>
    public IReadOnlyList<string> LoadBalancerPoolId { get; init; } = [];

    /// <summary>The id of a proximity placement group, or the name of one in the resource group.</summary>
    public string? ProximityPlacementGroup { get; init; }

    /// <summary>Whether Azure may take the machine away again, for less money.</summary>
    public bool Spot { get; init; }

    /// <summary><c>Deallocate</c> or <c>Delete</c>: what becomes of a spot machine that is taken away; null: Azure's choice, Deallocate.</summary>
    public string? EvictionPolicy { get; init; }

    /// <summary>The most that an hour of a spot machine may cost, in US dollars; null: as much as an ordinary one.</summary>
    public double? MaxPrice { get; init; }

    /// <summary>What is installed when the machine is ready, one after the other.</summary>
    public IReadOnlyList<ImageVMExtension> Extension { get; init; } = [];

    /// <summary>Null: not given.</summary>
    public IReadOnlyDictionary<string, string>? Tag { get; init; }

    /// <summary>Its place, and none of its secrets.</summary>
    public override string ToString() => $"{ResourceGroupName}/{Name}";
}
