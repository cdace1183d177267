namespace ImageCmdlets;

/// <summary>How a script of the user's ended in a machine. Pipes into Invoke-Generalize: <c>Id</c> is the machine's.</summary>
/// <param name="id">The full ARM id of the machine.</param>
public sealed class ImageScriptResult(string id) : ArmResource(id)
{
    /// <summary>The name of its file, or which of the scripts it was.</summary>
    public required string Script { get; init; }

    /// <summary><c>Succeeded</c>; <c>Failed</c>; or <c>Skipped</c>: it had succeeded in this machine before.</summary>
    public required string State { get; init; }

    /// <summary>Null where it was not run, and where the guest did not tell.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The last 4,096 bytes of what it printed.</summary>
    public string Output { get; init; } = string.Empty;

    /// <summary>The last 4,096 bytes of its error output.</summary>
    public string ErrorOutput { get; init; } = string.Empty;

    /// <summary>From its start in the guest to its end; null where the guest did not tell.</summary>
    public TimeSpan? Elapsed { get; init; }
}
