namespace ImageCmdlets;

/// <summary>What an image could be made of, or came from: one view of marketplace images, managed images, image versions, machines,
/// disks, snapshots and VHDs.</summary>
public sealed record ImageSource
{
    /// <summary>The URN, ARM id, or address or path of the VHD, as commands take it for <c>-Source</c> or <c>-Image</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The last part of it.</summary>
    public required string Name { get; init; }

    public required ImageSourceKind Kind { get; init; }

    /// <summary>The region; for an image version that of its definition.</summary>
    public string? Location { get; init; }

    /// <summary>Where it can be used: its region, or all to which an image version is replicated. Empty for a file or blob.</summary>
    public IReadOnlyList<string> Region { get; init => field = value.ToArray(); } = [];

    /// <summary>Azure's own word, such as <c>Succeeded</c>; null where there is none.</summary>
    public string? ProvisioningState { get; init; }

    /// <summary><c>Windows</c> or <c>Linux</c>; null for a data disk, or where the bytes alone would tell.</summary>
    public string? OSType { get; init; }

    /// <summary><c>Generalized</c> or <c>Specialized</c>; null where nobody knows, as of a disk.</summary>
    public string? OSState { get; init; }

    /// <summary>Of a machine: <c>Running</c>, <c>Stopped</c>, <c>Deallocated</c>…</summary>
    public string? PowerState { get; init; }

    /// <summary><c>V1</c> or <c>V2</c>.</summary>
    public string? HyperVGeneration { get; init; }

    /// <summary><c>Standard</c>, <c>TrustedLaunch</c>, <c>TrustedLaunchSupported</c>…; null where nobody knows.</summary>
    public string? SecurityType { get; init; }

    /// <summary><c>x64</c> or <c>Arm64</c>; null where nobody knows.</summary>
    public string? Architecture { get; init; }

    /// <summary>The purchase plan that its machines need.</summary>
    public PurchasePlan? Plan { get; init; }

    public DiskReference? OSDisk { get; init; }

    public IReadOnlyList<DiskReference> DataDisk { get; init => field = value.ToArray(); } = [];

    public IReadOnlyDictionary<string, string> Tag { get; init; } = new Dictionary<string, string>();

    /// <summary>What it was itself made of, where Azure says: a machine, image, version, disk or snapshot, that may be gone; of a machine the URN or id of its
    /// image.</summary>
    public string? Origin { get; init; }

    /// <summary>The image of the marketplace that it goes back to, where this is known of itself, or by its lineage where that was asked for.</summary>
    public string? Urn { get; init; }

    /// <summary>The way back to where it came from, itself first; empty where it was not asked for.</summary>
    public IReadOnlyList<ImageLineageStep> Lineage { get; init => field = value.ToArray(); } = [];

    /// <summary>What can be made of it and what cannot, with the reason.</summary>
    public IReadOnlyList<ImageSourceTarget> Target { get; init => field = value.ToArray(); } = [];

    public override string ToString() => Source;
}
