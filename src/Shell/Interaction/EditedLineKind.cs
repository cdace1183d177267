namespace ImageCmdlets.Shell.Interaction;

/// <summary>How the editing of a line ended.</summary>
internal enum EditedLineKind
{
    /// <summary>With Enter: the text counts.</summary>
    Entered,

    /// <summary>With Ctrl-C: the text does not count.</summary>
    Cancelled,

    /// <summary>With Ctrl-D on an empty line: there is no more input.</summary>
    EndOfInput,
}
