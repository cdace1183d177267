namespace ImageCmdlets.Sandbox.Guest;

/// <summary>What came of a script.</summary>
/// <param name="ExitCode">The script's exit code.</param>
/// <param name="Output">Standard output, whole.</param>
/// <param name="Error">Standard error, whole.</param>
internal sealed record ScriptResult(int ExitCode, string Output, string Error)
{
    /// <summary>Output can hold secrets; only the code is shown.</summary>
    public override string ToString() => $"exit code {ExitCode}";
}
