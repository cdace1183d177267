namespace ImageCmdlets;

/// <summary>One disk of a virtual machine or an image.</summary>
public sealed record DiskReference
{
    /// <summary>Null for the OS disk.</summary>
    public int? Lun { get; init; }

    /// <summary>The id of the managed disk, snapshot or blob behind it; it may have been deleted since an image was made.</summary>
    public string? SourceId { get; init; }

    /// <summary>Size in GiB; null where Azure does not say.</summary>
    public int? DiskSizeGB { get; init; }

    /// <summary><c>None</c>, <c>ReadOnly</c> or <c>ReadWrite</c>.</summary>
    public string? Caching { get; init; }

    /// <summary>Such as <c>Premium_LRS</c>.</summary>
    public string? StorageAccountType { get; init; }

    public override string ToString() => Lun is null ? "OS" : $"LUN {Lun}";
}
