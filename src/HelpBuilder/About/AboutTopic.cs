using System.Text;
using ImageCmdlets.HelpBuilder.Maml;
using Markdig;
using Markdig.Syntax;

namespace ImageCmdlets.HelpBuilder.About;

/// <summary>Writes an about page as the text file that Get-Help shows, 80 columns wide.</summary>
internal static class AboutTopic
{
    private const int Width = 80;
    private const string BodyIndent = "    ";
    private const string HeadingIndent = "  ";

    /// <summary>The text for a page.</summary>
    /// <param name="name">The topic, such as <c>about_ImageCmdlets</c>; the page's two title headings only repeat it.</param>
    /// <param name="markdown">The page.</param>
    public static string Write(string name, string markdown)
    {
        StringBuilder text = new();
        text.Append("TOPIC\n").Append(BodyIndent).Append(name).Append("\n\n");
        foreach (Block block in Markdown.Parse(markdown.ReplaceLineEndings("\n")).SkipWhile(block => !IsFirstSection(block)))
        {
            if (block is HeadingBlock heading)
                AppendHeading(text, heading);
            else
                AppendBody(text, markdown.ReplaceLineEndings("\n"), block);
        }

        return text.ToString().TrimEnd() + "\n";
    }

    private static bool IsFirstSection(Block block) =>
        block is HeadingBlock { Level: 1 } heading && MamlText.Plain(heading.Inline).Contains("DESCRIPTION", StringComparison.Ordinal);

    private static void AppendHeading(StringBuilder text, HeadingBlock heading)
    {
        string title = MamlText.Plain(heading.Inline);
        text.Append(heading.Level == 1 ? title.ToUpperInvariant() : HeadingIndent + title).Append('\n');
    }

    private static void AppendBody(StringBuilder text, string source, Block block)
    {
        foreach (PlainParagraph paragraph in MamlText.Paragraphs(source[block.Span.Start..(block.Span.End + 1)]))
        {
            IEnumerable<string> lines = paragraph.IsCode
                ? paragraph.Text.Split('\n').Select(line => BodyIndent + BodyIndent + line)
                : Wrap(paragraph.Text);
            text.AppendJoin('\n', lines).Append("\n\n");
        }
    }

    private static IEnumerable<string> Wrap(string paragraph)
    {
        StringBuilder line = new(BodyIndent);
        foreach (string word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > BodyIndent.Length && line.Length + 1 + word.Length > Width)
            {
                yield return line.ToString();
                line.Clear().Append(BodyIndent);
            }

            line.Append(line.Length > BodyIndent.Length ? " " : "").Append(word);
        }

        yield return line.ToString();
    }
}
