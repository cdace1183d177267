namespace ImageCmdlets.Engine.Reports;

/// <summary>The part of a report on managed images.</summary>
/// <param name="html">Where it goes.</param>
/// <param name="images">What it tells.</param>
internal sealed class ImageSection(HtmlWriter html, IReadOnlyList<ReportImage> images)
{
    private const string Id = "managed";
    private const int MostDrawn = 40;

    public void Write()
    {
        html.Open("section", ("aria-labelledby", Id)).Element("h2", "Managed images", ("id", Id));
        IReadOnlyList<ImageLineageStep>[] all = [.. images.Select(image => image.Lineage)];
        html.Element("h3", "Where they come from").Open("figure");
        new LineageDrawing(html).Write(LineageGraph.Of(all.Take(MostDrawn)), Id, "Lineage of managed images", LineageText.OfAll(all.Take(MostDrawn)));
        LineageList.Write(html, all, all.Length > MostDrawn ? $"Drawn are {MostDrawn} of {all.Length} images. " : string.Empty);
        html.Close().Element("h3", "Images");
        var table = new ReportTable(html, "Managed images", "Name", "Resource group", "Region", "System", "State", "Size", "Used by");
        table.Begin();
        foreach (ReportImage image in images)
            Row(table, image);
        table.End();
        new UsageTable(html).Write([.. images.SelectMany(image => image.Use)], Id);
        html.Close();
    }

    private void Row(ReportTable table, ReportImage part)
    {
        CustomImage image = part.Image;
        table.Row();
        table.Cell(image.Name, null);
        table.Cell(image.ResourceGroupName, null);
        table.Cell(image.Location, null);
        table.Cell(string.Join(" ", new[] { image.OSType, image.OSState, image.HyperVGeneration }.OfType<string>()), null);
        table.Cell();
        html.Element("span", image.ProvisioningState ?? "Unknown", ("class", "badge " + (image.ProvisioningState switch { "Succeeded" => "good", "Failed" => "bad", _ => "busy" }))).Close();
        table.Cell(image.SizeGB is { } size ? $"{ReportWords.Number(size)} GiB" : null, "size");
        table.Cell(part.Use.Count == 0 ? "nobody that could be seen" : string.Join(", ", part.Use.GroupBy(use => use.Kind).Select(group => UsageTable.CountOf(group.Key, group.Count()))), null);
        table.EndRow();
    }
}
