namespace ImageCmdlets;

/// <summary>The way that the disks of an image take to another region.</summary>
public enum ImageCopyMethod
{
    /// <summary>Snapshots where the disks or snapshots that the image was made from are still there, else a gallery; <see cref="BlobCopy"/> to a
    /// session of another tenant.</summary>
    Auto,

    /// <summary>Incremental snapshots of the image's disks, copied by Azure between regions (<c>CopyStart</c>).</summary>
    SnapshotCopy,

    /// <summary>A temporary image version, replicated to the regions, and disks made of it there. Needs nothing but the image.</summary>
    Gallery,

    /// <summary>The pages of the disks, copied by the storage service from addresses with a signature to disks that are uploaded: the way to
    /// another tenant. No byte passes through this machine.</summary>
    BlobCopy,
}
