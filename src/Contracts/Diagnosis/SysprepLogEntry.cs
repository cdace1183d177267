namespace ImageCmdlets;

/// <summary>One entry of setupact.log or setuperr.log.</summary>
/// <param name="Level">What sysprep calls it; in logs of Configuration Manager, which have no levels, what its code and text say.</param>
/// <param name="Text">What it says, wrapped lines joined.</param>
public sealed record SysprepLogEntry(SysprepLogLevel Level, string Text)
{
    /// <summary>The time of the guest, in its own time zone, which the log does not name.</summary>
    public DateTime? Time { get; init; }

    /// <summary>The code in brackets, such as <c>0x0f0070</c>: which place in sysprep speaks.</summary>
    public string? Code { get; init; }

    /// <summary>Who speaks: <c>SYSPRP</c> for sysprep itself.</summary>
    public string? Component { get; init; }

    /// <summary>Windows' last error at that moment (<c>[gle=0x00000012]</c>); often left over from something else.</summary>
    public string? LastError { get; init; }

    /// <summary>Its first line in the log, counted from 1.</summary>
    public long LineNumber { get; init; }

    public override string ToString() => Text;
}
