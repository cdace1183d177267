namespace ImageCmdlets;

/// <summary>How the copy of one snapshot to one region ended. Pipes into what takes a snapshot: <c>Id</c> is the copy's.</summary>
public sealed class SnapshotCopyResult(string id) : ArmResource(id)
{
    /// <summary>The snapshot that was copied.</summary>
    public required string SourceId { get; init; }

    /// <summary><c>Succeeded</c> (now or by an earlier run), <c>Failed</c>; with <c>-NoWait</c> also <c>InProgress</c>, and <c>NotStarted</c> for
    /// what Azure takes only after another copy of the same disk.</summary>
    public required string State { get; init; }

    /// <summary>Share of the bytes that has arrived, 0 to 100.</summary>
    public double PercentComplete { get; init; }

    /// <summary>The machine whose disk it is of, where New-ImageSnapshot took it.</summary>
    public string? VMId { get; init; }

    /// <summary>Groups the copies as it groups their sources.</summary>
    public string? SetId { get; init; }

    /// <summary>Null for the OS disk or where nobody knows.</summary>
    public int? Lun { get; init; }

    public string? OSType { get; init; }

    public int? DiskSizeGB { get; init; }

    /// <summary>From the request for the copy, or the first look at what an earlier run had begun, to the end.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Why it failed; the same error is in the error stream.</summary>
    public ImageCmdletsException? Error { get; init; }
}
