namespace ImageCmdlets;

/// <summary>One version of a marketplace image, as a region offers it.</summary>
/// <remarks>Source: <c>VirtualMachineImages_Get</c>.</remarks>
public sealed class MarketplaceImage
{
    public required string Publisher { get; init; }

    public required string Offer { get; init; }

    public required string Sku { get; init; }

    /// <summary>The exact version, also where <c>latest</c> was asked for.</summary>
    public required string Version { get; init; }

    /// <summary><c>Publisher:Offer:Sku:Version</c>, ready for <c>New-ImageVM -Image</c>.</summary>
    public string Urn => $"{Publisher}:{Offer}:{Sku}:{Version}";

    /// <summary>The region that was asked.</summary>
    public required string Location { get; init; }

    /// <summary><c>Windows</c> or <c>Linux</c>.</summary>
    public string? OSType { get; init; }

    /// <summary><c>V1</c> or <c>V2</c>.</summary>
    public string? HyperVGeneration { get; init; }

    /// <summary><c>x64</c> or <c>Arm64</c>.</summary>
    public string? Architecture { get; init; }

    /// <summary><c>Standard</c>, or the best security type that the image supports, such as <c>TrustedLaunchSupported</c>.</summary>
    public string? SecurityType { get; init; }

    /// <summary>Null when there are no terms to accept.</summary>
    public PurchasePlan? Plan { get; init; }

    /// <summary>Size of the OS disk.</summary>
    public int? DiskSizeGB { get; init; }

    /// <summary>The data disks that come with the image.</summary>
    public IReadOnlyList<DiskReference> DataDisk { get; init => field = value.ToArray(); } = [];

    /// <summary><c>Active</c>, <c>ScheduledForDeprecation</c> or <c>Deprecated</c>.</summary>
    public string? State { get; init; }

    public override string ToString() => Urn;
}
