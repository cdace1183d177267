namespace ImageCmdlets.Engine.Vms;

/// <summary>What a machine is to be made of, with everything that decides whether it can be.</summary>
internal sealed record MachineSource
{
    /// <summary>A URN with its exact version, or the id of an image or gallery version.</summary>
    public required string Reference { get; init; }

    /// <summary>Set for a marketplace image.</summary>
    public ImageUrn? Urn { get; init; }

    /// <summary>The region it is in; null where it is in many, the wanted one among them.</summary>
    public string? Location { get; init; }

    public bool IsManagedImage { get; init; }

    /// <summary><c>Windows</c> or <c>Linux</c>.</summary>
    public required string OSType { get; init; }

    /// <summary>A specialized image has its accounts already and takes no new ones.</summary>
    public bool IsSpecialized { get; init; }

    public string? HyperVGeneration { get; init; }

    public string Architecture { get; init; } = "x64";

    /// <summary>The image's feature <c>SecurityType</c>.</summary>
    public string? SecurityType { get; init; }

    public PurchasePlan? Plan { get; init; }

    public IReadOnlyList<int> DataDiskLun { get; init; } = [];

    public bool IsWindows => string.Equals(OSType, "Windows", StringComparison.OrdinalIgnoreCase);
}
