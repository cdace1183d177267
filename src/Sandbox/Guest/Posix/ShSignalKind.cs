namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>Why a script leaves its statement early.</summary>
internal enum ShSignalKind
{
    /// <summary><c>break</c>.</summary>
    Break,

    /// <summary><c>continue</c>.</summary>
    Continue,

    /// <summary><c>return</c>.</summary>
    Return,

    /// <summary><c>exit</c>, or a failure under <c>set -e</c>.</summary>
    Exit,
}
