namespace ImageCmdlets.Engine.Vhds;

/// <summary>Where the bytes of a snapshot go.</summary>
internal interface IVhdTarget : IDisposable
{
    /// <summary>The file; null for a blob.</summary>
    string? FilePath { get; }

    /// <summary>The blob without its signature; null for a file.</summary>
    Uri? Address { get; }

    /// <summary>Refuses a target that is taken, before anything is asked of Azure.</summary>
    /// <param name="force">Replace it.</param>
    /// <exception cref="ImageCmdletsException">FileAlreadyExists, ResourceAlreadyExists.</exception>
    Task RequireFreeAsync(bool force);

    /// <summary>Gets ready for bytes, and finds out which are there already.</summary>
    /// <param name="source">What tells the source's bytes from any others.</param>
    /// <param name="length">Of the whole VHD.</param>
    /// <param name="dataLength">How many of them are not empty.</param>
    /// <exception cref="ImageCmdletsException">FileNotWritable, VhdNotFound, AuthorizationFailed.</exception>
    Task OpenAsync(string source, long length, long dataLength);

    /// <summary>Whether an earlier run has brought these bytes.</summary>
    bool Has(PagePiece piece);

    /// <summary>Brings these bytes.</summary>
    Task CopyAsync(DiskBlob source, PagePiece piece, CancellationToken cancellationToken);

    /// <summary>Gives the VHD its name, when all bytes are there.</summary>
    /// <returns>Its last 512 bytes.</returns>
    Task<byte[]> FinishAsync();
}
