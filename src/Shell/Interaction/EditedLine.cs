namespace ImageCmdlets.Shell.Interaction;

/// <summary>What came of editing one line.</summary>
internal readonly record struct EditedLine(EditedLineKind Kind, string Text);
