namespace ImageCmdlets;

/// <summary>A snapshot: a read-only copy of one disk at one time.</summary>
/// <remarks>Source: <c>Snapshots_Get</c>.</remarks>
public sealed class ImageSnapshot(string id) : ArmResource(id)
{
    /// <summary>The id of the disk, snapshot or image it was made from, or the address of the VHD; null for an empty one.</summary>
    public string? SourceId { get; init; }

    /// <summary>The virtual machine whose disks were taken together, where this module took them.</summary>
    public string? VMId { get; init; }

    /// <summary>Groups the snapshots that New-ImageSnapshot took of one machine in one call.</summary>
    public string? SetId { get; init; }

    /// <summary>How far the snapshots of its set agree, where they are of a restore point: <c>CrashConsistent</c>, <c>FileSystemConsistent</c>
    /// or <c>ApplicationConsistent</c>, as Azure says. Null: each was taken by itself.</summary>
    public string? Consistency { get; init; }

    /// <summary>The restore point that it was made of, where that was kept.</summary>
    public string? RestorePointId { get; init; }

    /// <summary><c>Generalized</c> where the disk was that of a generalized machine or image; null: of one that can be started, or nobody
    /// knows.</summary>
    public string? OSState { get; init; }

    /// <summary>Null for the OS disk or where nobody knows.</summary>
    public int? Lun { get; init; }

    /// <summary><c>Windows</c>, <c>Linux</c>, or null for a data disk.</summary>
    public string? OSType { get; init; }

    public string? HyperVGeneration { get; init; }

    /// <summary>Such as <c>Standard_ZRS</c>.</summary>
    public string? Sku { get; init; }

    public int? DiskSizeGB { get; init; }

    /// <summary>Whether it holds only what changed since the one before.</summary>
    public bool Incremental { get; init; }

    /// <summary>How much of a copy from another region has arrived; 100 for a snapshot that was not copied.</summary>
    /// <remarks>ProvisioningState says Succeeded long before; only this says that the data is there.</remarks>
    public double CompletionPercent { get; init; } = 100;

    public string? DiskState { get; init; }

    public DateTimeOffset? TimeCreated { get; init; }
}
