namespace ImageCmdlets;

/// <summary>The snapshots to take: of one disk, or of every disk of a virtual machine or image.</summary>
public sealed record NewSnapshotOptions
{
    /// <summary>The id of a virtual machine, of a disk, of a gallery version, or of a definition (its newest version); or
    /// its name in the resource group, but for galleries.</summary>
    public required string Source { get; init; }

    /// <summary>Where a name is looked for; null: the session's.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>The name; for all disks of a machine its first part, with <c>-os</c>, <c>-lun0</c> … behind it. Null: the source's name and
    /// the time.</summary>
    public string? Name { get; init; }

    /// <summary>Null: the source's group.</summary>
    public string? ResourceGroupName { get; init; }

    /// <summary>Whole instead of incremental.</summary>
    public bool Full { get; init; }

    /// <summary>Leave the data disks out.</summary>
    public bool OSDiskOnly { get; init; }

    /// <summary><c>Standard_LRS</c>, <c>Standard_ZRS</c> or <c>Premium_LRS</c>; null: Azure's choice.</summary>
    public string? Sku { get; init; }

    /// <summary>Take all disks of a machine in one moment, by way of a restore point.</summary>
    public bool RestorePoint { get; init; }

    /// <summary>As after a power failure: without asking the guest. False: applications (Windows) or file systems (Linux) agree too.</summary>
    public bool CrashConsistent { get; init; }

    /// <summary>Keep the restore point.</summary>
    public bool KeepRestorePoint { get; init; }

    /// <summary>The region in which snapshots of a gallery version are taken, and to which it is replicated; null: its own.</summary>
    public string? Location { get; init; }

    public IReadOnlyDictionary<string, string>? Tag { get; init; }
}
