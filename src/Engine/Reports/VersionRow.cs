using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Rollouts;

namespace ImageCmdlets.Engine.Reports;

/// <summary>A version in the table of versions.</summary>
/// <param name="html">Where it goes.</param>
/// <param name="row">The version.</param>
internal sealed class VersionRow(HtmlWriter html, ReportVersion row)
{
    private ImageVersion Version => row.Version;

    public void Write(ReportTable table)
    {
        table.Row(row.Retention.Action == ImageRetentionAction.Remove ? "leaving" : null);
        Name(table);
        table.Cell();
        html.Element("span", Version.ProvisioningState ?? "Unknown", ("class", "badge " + (Version.ProvisioningState switch { "Succeeded" => "good", "Failed" => "bad", _ => "busy" }))).Close();
        Dates(table);
        Regions(table);
        table.Cell(Version.SizeGB is { } size ? $"{ReportWords.Number(size)} GiB \u00d7 {row.Retention.ReplicaCount}" : null, "size");
        Users(table);
        Retention(table);
        table.EndRow();
    }

    private void Name(ReportTable table)
    {
        table.Cell("version");
        html.Element("span", Version.Name, ("class", "number"));
        if (row.IsLatest)
            html.Element("span", "latest", ("class", "badge good"));
        if (Version.IsStaged)
            html.Element("span", "staged", ("class", "badge busy"));
        else if (Version.ExcludeFromLatest)
            html.Element("span", "excluded", ("class", "badge"));
        if (RolloutTags.Reason(Version.Tag) is { } reason)
            html.Element("small", "taken back: " + reason);
        KeyValuePair<string, string>[] tags = [.. Version.Tag.Where(tag => !tag.Key.StartsWith(OperationTags.Prefix, StringComparison.OrdinalIgnoreCase)).OrderBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase)];
        if (tags.Length > 0)
        {
            html.Open("ul", ("class", "tags"), ("aria-label", "Tags"));
            foreach (KeyValuePair<string, string> tag in tags)
                html.Element("li", tag.Value.Length == 0 ? tag.Key : $"{tag.Key}: {tag.Value}");
            html.Close();
        }

        html.Close();
    }

    private void Dates(ReportTable table)
    {
        table.Cell("dates");
        html.Text(ReportWords.Day(Version.PublishedDate));
        if (Version.EndOfLifeDate is { } end)
            html.Element("small", "end of life " + ReportWords.Day(end));
        html.Close();
    }

    private void Regions(ReportTable table)
    {
        table.Cell();
        html.Open("ul", ("class", "regions"));
        foreach (ImageTargetRegion region in Version.TargetRegion)
        {
            html.Open("li").Element("span", region.Location, ("class", "region")).Text($" \u00d7 {region.ReplicaCount ?? 1} ");
            string? progress = region.State == "Replicating" && region.Progress is { } percent ? $" {percent} %" : null;
            html.Element("span", (region.State ?? "Unknown") + progress, ("class", "badge " + (region.State switch { "Completed" => "good", "Failed" => "bad", _ => "busy" })));
            if (region.ExcludeFromLatest == true)
                html.Element("span", "excluded", ("class", "badge"));
            if (region.Detail is { Length: > 0 } detail && region.State != "Completed")
                html.Element("small", detail);
            html.Close();
        }

        html.Close(2);
    }

    private void Users(ReportTable table)
    {
        table.Cell();
        if (row.Retention.UseCount is not { } count)
            html.Text("not known");
        else if (row.Use.Count == 0)
            html.Text("nobody");
        else
            html.Text(string.Join(", ", row.Use.GroupBy(use => use.Kind).Select(group => UsageTable.CountOf(group.Key, group.Count()))));
        html.Close();
    }

    private void Retention(ReportTable table)
    {
        table.Cell("retention");
        bool stays = row.Retention.Action == ImageRetentionAction.Keep;
        html.Element("span", stays ? "Keep" : "Remove", ("class", stays ? "badge good" : "badge bad")).Open("ul", ("class", "reasons"));
        foreach (string reason in row.Retention.Reason)
            html.Element("li", reason);
        html.Close(2);
    }
}
