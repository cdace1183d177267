namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>A script leaves its statement early; caught by the loop, function or shell that it is for.</summary>
internal sealed class ShSignal(ShSignalKind kind, int code) : Exception
{
    public ShSignalKind Kind { get; } = kind;

    /// <summary>The exit code that goes with it.</summary>
    public int Code { get; } = code;
}
