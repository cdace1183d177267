namespace ImageCmdlets.Engine.Reports;

/// <summary>Lineages as a list of sentences: the same as the drawing, for who does not see it, and on paper.</summary>
internal static class LineageList
{
    public static void Write(HtmlWriter html, IReadOnlyList<IReadOnlyList<ImageLineageStep>> lineages, string before)
    {
        html.Open("figcaption").Text(before + "What is gone has a dashed frame; a dashed line is told by tags. In words:").Open("ul", ("class", "words"));
        foreach ((string names, IReadOnlyList<ImageLineageStep> steps) in LineageText.Grouped(lineages))
            html.Element("li", LineageText.Of(names, steps));
        html.Close(2);
    }
}
