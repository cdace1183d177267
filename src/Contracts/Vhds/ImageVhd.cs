namespace ImageCmdlets;

/// <summary>A VHD that was made of a snapshot.</summary>
public sealed class ImageVhd
{
    /// <summary>The id of the snapshot.</summary>
    public required string SourceId { get; init; }

    /// <summary>The file; null for a blob.</summary>
    public string? FilePath { get; init; }

    /// <summary>The page blob, without its signature; null for a file.</summary>
    public Uri? Uri { get; init; }

    /// <summary>Bytes of the VHD: the disk and its footer of 512.</summary>
    public long Length { get; init; }

    /// <summary>Bytes that are not empty, and so all that had to travel.</summary>
    public long DataLength { get; init; }

    /// <summary>Bytes that travelled in this run.</summary>
    public long BytesTransferred { get; init; }

    /// <summary>Bytes that an earlier run had brought already.</summary>
    public long BytesResumed { get; init; }

    /// <summary>The time that this run took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <inheritdoc />
    public override string ToString() => FilePath ?? Uri?.AbsoluteUri ?? SourceId;
}
