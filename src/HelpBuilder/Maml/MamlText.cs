using System.Text;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ImageCmdlets.HelpBuilder.Maml;

/// <summary>Turns Markdown into plain paragraphs: what a console can show of it.</summary>
internal static class MamlText
{
    /// <summary>The paragraphs of a text; list items and code blocks are paragraphs of their own.</summary>
    public static IReadOnlyList<PlainParagraph> Paragraphs(string markdown) => [.. Markdown.Parse(markdown).SelectMany(block => Of(block, ""))];

    /// <summary>The text of inlines without their marks; a link keeps its address unless that is its text.</summary>
    public static string Plain(ContainerInline? inlines)
    {
        StringBuilder text = new();
        foreach (Inline inline in inlines ?? [])
            text.Append(Plain(inline));

        return text.ToString();
    }

    private static string Plain(Inline inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline => " ",
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        LinkInline { Url: { Length: > 0 } url } link when url.Contains("://", StringComparison.Ordinal) && Plain((ContainerInline)link) != url =>
            $"{Plain((ContainerInline)link)} ({url})",
        ContainerInline container => Plain(container),
        AutolinkInline address => address.Url,
        _ => "",
    };

    private static IEnumerable<PlainParagraph> Of(Block block, string bullet)
    {
        switch (block)
        {
            case LeafBlock { Inline: { } inlines }:
                return [new PlainParagraph(bullet + Plain(inlines), IsCode: false)];
            case CodeBlock code:
                return [new PlainParagraph(code.Lines.ToString().TrimEnd(), IsCode: true)];
            case ListBlock list:
                return list.OfType<ListItemBlock>().SelectMany(item => Of(item, Bullet(list, item)));
            case ContainerBlock container:
                return container.SelectMany((child, index) => Of(child, index == 0 ? bullet : new string(' ', bullet.Length)));
            default:
                return [];
        }
    }

    private static string Bullet(ListBlock list, ListItemBlock item) => list.IsOrdered ? $"{item.Order}. " : "- ";
}
