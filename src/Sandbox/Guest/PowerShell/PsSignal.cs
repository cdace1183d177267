namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>A script leaves its statement early; caught by the loop, function or script that it is for.</summary>
internal sealed class PsSignal(PsSignalKind kind, int code) : Exception
{
    public PsSignalKind Kind { get; } = kind;

    /// <summary>The exit code of <c>exit</c>.</summary>
    public int Code { get; } = code;
}
