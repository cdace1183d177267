namespace ImageCmdlets;

/// <summary>How a generalization ended. Pipes into New-CustomImage: <c>Id</c> is the machine's.</summary>
public sealed class GeneralizeResult(string id) : ArmResource(id)
{
    /// <summary><c>Succeeded</c>, <c>Failed</c>, <c>Unverified</c>, or <c>InProgress</c> (with <c>-NoWait</c>).</summary>
    public required string State { get; init; }

    public string? OSType { get; init; }

    /// <summary>What the guest said: Windows' ImageState, or <c>Deprovisioned</c>; null when it was not asked.</summary>
    public string? GuestState { get; init; }

    /// <summary>What Azure says: <c>Generalized</c> once it is marked and read back.</summary>
    public string? OSState { get; init; }

    public string? PowerState { get; init; }

    /// <summary>What the guest reported: problems on failure, what was left on success.</summary>
    public IReadOnlyList<string> Finding { get; init => field = value.ToArray(); } = [];

    /// <summary>Why it failed, with what to do about it; null when it did not, and when nobody knows.</summary>
    public ImageFinding? RootCause { get; init; }

    /// <summary>Windows: what sysprep wrote in the run that failed, whole; it pipes into ConvertFrom-SysprepLog. Null when nothing failed, and when
    /// the guest no longer answered.</summary>
    public GeneralizeLog? Log { get; init; }

    /// <summary>Every step, in order.</summary>
    public IReadOnlyList<GeneralizeStep> Step { get; init => field = value.ToArray(); } = [];

    /// <summary>The ids of the snapshots taken before anything was changed, the OS disk's first: <c>Restore-ImageSnapshot -ToVM</c>
    /// brings the machine back with them.</summary>
    public IReadOnlyList<string> Snapshot { get; init => field = value.ToArray(); } = [];

    /// <summary>The machine that this one is a clone of; null where it is none.</summary>
    public string? SourceVMId { get; init; }

    public TimeSpan Elapsed { get; init; }
}
