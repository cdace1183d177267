namespace ImageCmdlets.Engine.Reports;

/// <summary>The part of a report on one image definition.</summary>
/// <param name="html">Where it goes.</param>
/// <param name="part">What it tells.</param>
/// <param name="id">What ids in the page begin with.</param>
internal sealed class DefinitionSection(HtmlWriter html, ReportDefinition part, string id)
{
    // More can be drawn, but nobody reads it; the words beside the drawing tell of all.
    private const int MostDrawn = 40;

    public void Write()
    {
        ImageDefinition definition = part.Definition;
        html.Open("section", ("aria-labelledby", id));
        html.Open("h2", ("id", id)).Element("span", definition.GalleryName + " / ", ("class", "of")).Text(definition.Name).Close();
        string[] facts = [.. new[] { definition.OSType, definition.OSState, definition.HyperVGeneration, definition.Architecture, definition.SecurityType, definition.Location, definition.Plan?.ToString() }.OfType<string>()];
        html.Open("ul", ("class", "facts"));
        foreach (string fact in facts)
            html.Element("li", fact);
        html.Close();
        if (part.Version.Count == 0)
        {
            html.Element("p", "It has no versions.").Close();
            return;
        }

        Lineage();
        Versions();
        new UsageTable(html).Write([.. part.Version.SelectMany(version => version.Use)], id);
        html.Close();
    }

    private void Lineage()
    {
        IReadOnlyList<ImageLineageStep>[] all = [.. part.Version.Select(version => version.Lineage)];
        html.Element("h3", "Where it comes from");
        html.Open("figure");
        new LineageDrawing(html).Write(LineageGraph.Of(all.Take(MostDrawn)), id, $"Lineage of {part.Definition.Name}", LineageText.OfAll(all.Take(MostDrawn)));
        LineageList.Write(html, all, all.Length > MostDrawn ? $"Drawn are the newest {MostDrawn} of {all.Length} versions. " : string.Empty);
        html.Close();
    }

    private void Versions()
    {
        ImageRetention[] leaving = [.. part.Version.Select(version => version.Retention).Where(row => row.Action == ImageRetentionAction.Remove)];
        html.Element("h3", "Versions");
        html.Element("p", leaving.Length == 0 ? "Retention would remove none of them."
            : $"Retention would remove {leaving.Length} of {ReportWords.Count(part.Version.Count, "version")}, {ReportWords.Number(leaving.Sum(row => ReportWords.Stored(row) ?? 0))} GiB in all replicas.");
        var table = new ReportTable(html, "Versions of " + part.Definition.Name, "Version", "State", "Published", "Regions and replicas", "Size", "Used by", "Retention");
        table.Begin();
        foreach (ReportVersion version in part.Version)
            new VersionRow(html, version).Write(table);
        table.End();
    }
}
