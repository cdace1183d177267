namespace ImageCmdlets.Engine.Images;

/// <summary>What a managed image is to be made of: a virtual machine, or disks.</summary>
internal sealed record ImageContent
{
    public required string Location { get; init; }

    /// <summary>The machine whose disks are taken, with their caching and storage type; then no disk is named.</summary>
    public string? VMId { get; init; }

    public string? OSType { get; init; }

    /// <summary><c>Generalized</c> or <c>Specialized</c>.</summary>
    public string OSState { get; init; } = "Generalized";

    public DiskReference? OSDisk { get; init; }

    public IReadOnlyList<DiskReference> DataDisk { get; init; } = [];

    public string? HyperVGeneration { get; init; }

    public bool? ZoneResilient { get; init; }

    public required IReadOnlyDictionary<string, string> Tag { get; init; }
}
