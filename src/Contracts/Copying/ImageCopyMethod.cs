namespace ImageCmdlets;

/// <summary>The way that the disks of an image take to another region.</summary>
public enum ImageCopyMethod
{
    /// <summary>Snapshots where the disks or snapshots that the image was made from are still there, else a gallery.</summary>
    Auto,

    /// <summary>Incremental snapshots of the image's disks, copied by Azure between regions (<c>CopyStart</c>).</summary>
    SnapshotCopy,

    /// <summary>A temporary image version, replicated to the regions, and disks made of it there. Needs nothing but the image.</summary>
    Gallery,
}
