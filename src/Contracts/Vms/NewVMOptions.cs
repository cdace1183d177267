using System.Security;

namespace ImageCmdlets;

/// <summary>The virtual machine to make. Defaults are those of <c>az vm create</c>.</summary>
/// <remarks>A class, not a record: a record's ToString would print every property.</remarks>
public sealed class NewVMOptions
{
    public string? SubscriptionId { get; init; }

    public required string ResourceGroupName { get; init; }

    public required string Name { get; init; }

    /// <summary>Null: the resource group's region.</summary>
    public string? Location { get; init; }

    /// <summary>A URN, the id of an image or gallery version, or the name of an image in the resource group.</summary>
    public required string Image { get; init; }

    public string? Size { get; init; }

    public string? AdminUserName { get; init; }

    /// <summary>Null on Windows: one is made up and never shown; null on Linux: an SSH key is needed.</summary>
    public SecureString? AdminPassword { get; init; }

    public IReadOnlyList<string> SshPublicKey { get; init; } = [];

    public string? ComputerName { get; init; }

    /// <summary>Sizes in GiB of empty data disks, LUN 0 first.</summary>
    public IReadOnlyList<int> DataDiskSizeGB { get; init; } = [];

    /// <summary>Such as <c>Premium_LRS</c>; null: Azure's choice for the size.</summary>
    public string? StorageAccountType { get; init; }

    /// <summary><c>Standard</c> (default: only such machines fit into managed images) or <c>TrustedLaunch</c>.</summary>
    public string SecurityType { get; init; } = "Standard";

    /// <summary>The id of a subnet, or the name of a virtual network in the group; null: as az, one in the group or a new one.</summary>
    public string? Subnet { get; init; }

    /// <summary>No public address.</summary>
    public bool NoPublicIPAddress { get; init; }

    public string? Zone { get; init; }

    public PurchasePlan? Plan { get; init; }

    /// <summary>Null: not given.</summary>
    public IReadOnlyDictionary<string, string>? Tag { get; init; }
}
