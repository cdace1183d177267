namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>Why a script leaves its statement early.</summary>
internal enum PsSignalKind
{
    /// <summary><c>break</c>.</summary>
    Break,

    /// <summary><c>continue</c>.</summary>
    Continue,

    /// <summary><c>return</c>.</summary>
    Return,

    /// <summary><c>exit</c>.</summary>
    Exit,
}
