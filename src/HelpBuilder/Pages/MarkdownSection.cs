using Markdig;
using Markdig.Syntax;

namespace ImageCmdlets.HelpBuilder.Pages;

/// <summary>A heading of a Markdown text and everything up to the next heading of its level or above.</summary>
/// <param name="Title">The text of the heading.</param>
/// <param name="Text">The Markdown below it.</param>
internal sealed record MarkdownSection(string Title, string Text)
{
    /// <summary>Cuts a text at its headings of one level. What stands before the first of them is left out.</summary>
    public static IReadOnlyList<MarkdownSection> Split(string markdown, int level)
    {
        List<HeadingBlock> headings = [.. Markdown.Parse(markdown).OfType<HeadingBlock>().Where(heading => heading.Level <= level)];
        List<MarkdownSection> sections = [];
        for (int index = 0; index < headings.Count; index++)
        {
            if (headings[index].Level != level)
                continue;

            SourceSpan span = headings[index].Span;
            int end = index + 1 < headings.Count ? headings[index + 1].Span.Start : markdown.Length;
            string title = markdown[span.Start..(span.End + 1)].TrimStart('#').Trim();
            sections.Add(new MarkdownSection(title, markdown[(span.End + 1)..end].Trim()));
        }

        return sections;
    }

    /// <summary>What stands before the first heading of one level.</summary>
    public static string Lead(string markdown, int level)
    {
        HeadingBlock? first = Markdown.Parse(markdown).OfType<HeadingBlock>().FirstOrDefault(heading => heading.Level == level);
        return (first is null ? markdown : markdown[..first.Span.Start]).Trim();
    }
}
