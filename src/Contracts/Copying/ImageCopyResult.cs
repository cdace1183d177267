namespace ImageCmdlets;

/// <summary>How the copy to one region ended. Pipes into what takes an image: <c>Id</c> is the new image's.</summary>
public sealed class ImageCopyResult(string id) : ArmResource(id)
{
    /// <summary>The image that was copied.</summary>
    public required string SourceId { get; init; }

    /// <summary><c>Succeeded</c>, <c>Failed</c> or <c>InProgress</c> (with <c>-NoWait</c>).</summary>
    public required string State { get; init; }

    /// <summary>Share of the bytes that has arrived, 0 to 100.</summary>
    public double PercentComplete { get; init; }

    /// <summary>The way that was taken: <c>SnapshotCopy</c>, <c>Gallery</c>, <c>BlobCopy</c>, <c>Replication</c> (more regions of an image version), or <c>Existing</c> when the copy was there already.
    /// Null where none was chosen.</summary>
    public string? Method { get; init; }

    /// <summary>How many bytes the storage service has brought in this run; null for other ways than <c>BlobCopy</c>.</summary>
    public long? BytesTransferred { get; init; }

    /// <summary>How many disks were copied.</summary>
    public int DiskCount { get; init; }

    public string? OSType { get; init; }

    public string? HyperVGeneration { get; init; }

    /// <summary>From the start of this region's work to its end.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Why it failed; the same error is in the error stream.</summary>
    public ImageCmdletsException? Error { get; init; }
}
