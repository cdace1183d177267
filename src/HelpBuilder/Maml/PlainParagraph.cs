namespace ImageCmdlets.HelpBuilder.Maml;

/// <summary>A paragraph without marks.</summary>
/// <param name="Text">Its text; only code has line breaks.</param>
/// <param name="IsCode">Whether it must not be wrapped.</param>
internal sealed record PlainParagraph(string Text, bool IsCode);
