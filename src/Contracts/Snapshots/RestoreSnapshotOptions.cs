namespace ImageCmdlets;

/// <summary>The disk to make from a snapshot, or the virtual machine that is to have it back, or to be made of it.</summary>
public sealed record RestoreSnapshotOptions
{
    /// <summary>The id of the snapshot, or its name in the resource group.</summary>
    public required string Source { get; init; }

    /// <summary>Where a name is looked for; null: the session's.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>Null: the snapshot's name with <c>-disk</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Null: the snapshot's group.</summary>
    public string? ResourceGroupName { get; init; }

    /// <summary>Such as <c>Premium_LRS</c>; null: <c>Standard_LRS</c>, Azure's own default.</summary>
    public string? Sku { get; init; }

    /// <summary>At least the snapshot's size; null: the same.</summary>
    public int? DiskSizeGB { get; init; }

    public string? Zone { get; init; }

    /// <summary>Put the disk into its virtual machine, in place of the one that is there; the other options are those of that one.</summary>
    public bool ToVM { get; init; }

    /// <summary>The id of the machine; null: the one that New-ImageSnapshot noted in the snapshot's tags.</summary>
    public string? VMId { get; init; }

    /// <summary>Make a virtual machine of this name of the snapshots of one set; null: none is made.</summary>
    public string? NewVMName { get; init; }

    /// <summary>Of the new machine; null: that of the one that the snapshots were taken of.</summary>
    public string? Size { get; init; }

    /// <summary>Of the new machine: the id of a subnet, or the name of a virtual network in the group; null: that of the one that the
    /// snapshots were taken of, else one in the group and region.</summary>
    public string? Subnet { get; init; }

    /// <summary>Null: none; for a new machine the tags of the OS disk's snapshot.</summary>
    public IReadOnlyDictionary<string, string>? Tag { get; init; }
}
