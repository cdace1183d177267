namespace ImageCmdlets;

/// <summary>What Export-ImageSnapshot asks the engine for.</summary>
public sealed record ExportVhdOptions
{
    /// <summary>The id of a snapshot.</summary>
    public required string SourceId { get; init; }

    /// <summary>The full path of the VHD file to be; null where <see cref="DestinationUri"/> is given.</summary>
    public string? FilePath { get; init; }

    /// <summary>The address of the page blob to be, with a signature that allows reading, creating and writing.</summary>
    public Uri? DestinationUri { get; init; }

    /// <summary>Replace what is there.</summary>
    public bool Force { get; init; }

    /// <summary>How long a signature for the snapshot's bytes lives at most. It is revoked at the end, and renewed where it ends before.</summary>
    public TimeSpan AccessDuration { get; init; } = TimeSpan.FromHours(1);
}
