namespace ImageCmdlets.HelpBuilder.Pages;

/// <summary>A heading and the Markdown below it.</summary>
internal sealed record HelpEntry(string Title, string Prose);
