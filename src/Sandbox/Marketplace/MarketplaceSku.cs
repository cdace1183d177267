namespace ImageCmdlets.Sandbox.Marketplace;

/// <summary>
/// One SKU of a marketplace offer. Azure states generation, architecture and sizes for each version; in this catalogue all
/// versions of a SKU share them.
/// </summary>
public sealed record MarketplaceSku
{
    /// <summary>The SKU's name in Azure's own casing.</summary>
    public required string Name { get; init; }

    /// <summary><c>V1</c> or <c>V2</c>.</summary>
    public required string Generation { get; init; }

    /// <summary><c>x64</c> or <c>Arm64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Value of the feature <c>SecurityType</c>; null where Azure shows none (generation 1, Arm64).</summary>
    public string? SecurityType { get; init; }

    /// <summary>Value of the feature <c>DiskControllerTypes</c>; null for old images, which name no features at all.</summary>
    public string? DiskControllerTypes { get; init; } = "SCSI";

    /// <summary>Whether scale sets may upgrade to new versions by themselves.</summary>
    public bool AutomaticOSUpgrade { get; init; }

    /// <summary>Size of the OS disk in GiB; no machine can have a smaller one.</summary>
    public required int SizeInGb { get; init; }

    /// <summary>Sizes in GiB of the data disks that come with the image, by logical unit number.</summary>
    public IReadOnlyList<int> DataDisksInGb { get; init; } = [];

    /// <summary>Set when terms have to be accepted before a machine can be made.</summary>
    public MarketplacePlan? Plan { get; init; }

    /// <summary>What the guest agent reports as <c>osName</c>.</summary>
    public required string OsName { get; init; }

    /// <summary>What the guest agent reports as <c>osVersion</c>.</summary>
    public required string OsVersion { get; init; }

    /// <summary>Version names, oldest first.</summary>
    public required IReadOnlyList<string> Versions { get; init; }

    /// <summary>Versions that are scheduled to disappear; machines can still be made of them.</summary>
    public IReadOnlyList<string> DeprecatedVersions { get; init; } = [];
}
