namespace ImageCmdlets;

/// <summary>The snapshots to take: of one disk, or of every disk of a virtual machine.</summary>
public sealed record NewSnapshotOptions
{
    /// <summary>The id of a virtual machine or of a disk.</summary>
    public required string Source { get; init; }

    /// <summary>The name, or the first part of the names where there are several; null: made from the source's name and the time.</summary>
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
