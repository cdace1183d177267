namespace ImageCmdlets;

/// <summary>The managed image to make. What is null is carried over from the source.</summary>
public sealed record NewImageOptions
{
    /// <summary>The id of a virtual machine, disk or snapshot, its name in the resource group, or the https address of a VHD blob;
    /// with <see cref="IsFile"/> the full path of a VHD file.</summary>
    public required string Source { get; init; }

    /// <summary>Whether <see cref="Source"/> and <see cref="DataDiskSource"/> are files of this machine.</summary>
    public bool IsFile { get; init; }

    /// <summary>Null: the source's name with <c>-image</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Null: the source's group; needed for a VHD.</summary>
    public string? ResourceGroupName { get; init; }

    public string? SubscriptionId { get; init; }

    /// <summary>Null: the source's region; another one is refused.</summary>
    public string? Location { get; init; }

    /// <summary>Needed where the source does not say: <c>Windows</c> or <c>Linux</c>.</summary>
    public string? OSType { get; init; }

    /// <summary><c>V1</c> or <c>V2</c>; one that differs from the source is refused.</summary>
    public string? HyperVGeneration { get; init; }

    /// <summary>Ids of disks, snapshots or VHD blobs, or files, for a source that is not a virtual machine. Snapshots that this module took keep
    /// their LUN; the others get the lowest free ones in this order.</summary>
    public IReadOnlyList<string> DataDiskSource { get; init; } = [];

    public bool? ZoneResilient { get; init; }

    /// <summary>Such as <c>Premium_LRS</c>.</summary>
    public string? StorageAccountType { get; init; }

    /// <summary><c>None</c>, <c>ReadOnly</c> or <c>ReadWrite</c> for the OS disk.</summary>
    public string? Caching { get; init; }

    /// <summary>Let a clone that Invoke-Generalize made for the image stay: its disks are what Copy-CustomImage copies.</summary>
    public bool KeepClone { get; init; }

    /// <summary>Null: the source's tags.</summary>
    public IReadOnlyDictionary<string, string>? Tag { get; init; }
}
