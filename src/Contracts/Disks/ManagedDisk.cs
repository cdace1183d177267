namespace ImageCmdlets;

/// <summary>A managed disk.</summary>
/// <remarks>Source: <c>Disks_Get</c>.</remarks>
public sealed class ManagedDisk(string id) : ArmResource(id)
{
    /// <summary>Size of the disk in GiB.</summary>
    public int? DiskSizeGB { get; init; }

    /// <summary>Such as <c>Premium_LRS</c>.</summary>
    public string? Sku { get; init; }

    /// <summary><c>Windows</c>, <c>Linux</c>, or null for a data disk.</summary>
    public string? OSType { get; init; }

    public string? HyperVGeneration { get; init; }

    /// <summary><c>Unattached</c>, <c>Attached</c>, <c>Reserved</c>, <c>ActiveSAS</c> …</summary>
    public string? DiskState { get; init; }

    /// <summary>The id of the snapshot, disk or image it was made from, or the address of the VHD; null for an empty one.</summary>
    public string? SourceId { get; init; }

    /// <summary>The virtual machine it is attached to.</summary>
    public string? ManagedBy { get; init; }

    public IReadOnlyList<string> Zone { get; init => field = value.ToArray(); } = [];

    public DateTimeOffset? TimeCreated { get; init; }
}
