namespace ImageCmdlets;

/// <summary>A managed image: a generalized machine's disks, ready to make machines from.</summary>
/// <remarks>Source: <c>Images_Get</c>.</remarks>
public sealed class CustomImage(string id) : ArmResource(id)
{
    /// <summary>What it is, in a list with image versions.</summary>
    public ImageSourceKind Kind { get; } = ImageSourceKind.CustomImage;

    /// <summary>The virtual machine it was made from, where Azure knows; that machine may be gone.</summary>
    public string? SourceId { get; init; }

    /// <summary><c>Windows</c> or <c>Linux</c>.</summary>
    public string? OSType { get; init; }

    /// <summary><c>Generalized</c> or <c>Specialized</c>.</summary>
    public string? OSState { get; init; }

    /// <summary><c>V1</c> or <c>V2</c>.</summary>
    public string? HyperVGeneration { get; init; }

    /// <summary>Whether the image survives the loss of a zone.</summary>
    public bool ZoneResilient { get; init; }

    public DiskReference? OSDisk { get; init; }

    public IReadOnlyList<DiskReference> DataDisk { get; init => field = value.ToArray(); } = [];

    /// <summary>OS and data disks together, in GiB; null while Azure does not say all sizes.</summary>
    public int? SizeGB { get; init; }

    /// <summary>The purchase plan its machines need, kept in the tags PlanName, PlanProduct, PlanPublisher.</summary>
    public PurchasePlan? Plan { get; init; }
}
