namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>The statements of the shell's language that the model knows.</summary>
internal enum ShNodeKind
{
    /// <summary>Assignments, words, redirections.</summary>
    Simple,

    /// <summary>Children joined by <c>|</c>.</summary>
    Pipeline,

    /// <summary>Second child only if the first succeeded.</summary>
    And,

    /// <summary>Second child only if the first failed.</summary>
    Or,

    /// <summary>Children one after the other.</summary>
    List,

    /// <summary>Condition, then, else (may be missing).</summary>
    If,

    /// <summary>Condition, body.</summary>
    While,

    /// <summary>Condition, body.</summary>
    Until,

    /// <summary>Name in the text, words, body.</summary>
    For,

    /// <summary>Word, then items.</summary>
    Case,

    /// <summary>One item of a case: patterns and body.</summary>
    CaseItem,

    /// <summary><c>{ … }</c>.</summary>
    Group,

    /// <summary><c>( … )</c>.</summary>
    Subshell,

    /// <summary>Name in the text, body.</summary>
    Function,
}
