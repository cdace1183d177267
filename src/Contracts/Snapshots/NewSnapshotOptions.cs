namespace ImageCmdlets;

/// <summary>The snapshots to take: of one disk, or of every disk of a virtual machine.</summary>
public sealed record NewSnapshotOptions
{
    /// <summary>The id of a virtual machine or of a disk, or its name in the resource group.</summary>
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

    public IReadOnlyDictionary<string, string>? Tag { get; init; }
}
