namespace ImageCmdlets.Engine.Reports;

/// <summary>The table of what uses images.</summary>
/// <param name="html">Where it goes.</param>
internal sealed class UsageTable(HtmlWriter html)
{
    // A page with every instance of large scale sets cannot be read; Get-ImageUsage gives all.
    private const int MostRows = 200;

    public static string CountOf(ImageUserKind kind, int count) => ReportWords.Count(count, kind switch
    {
        ImageUserKind.ScaleSet => "scale set",
        ImageUserKind.ScaleSetInstance => "instance",
        ImageUserKind.ImageVersion => "image version",
        _ => "VM",
    });

    /// <param name="uses">The uses.</param>
    /// <param name="id">What ids in the page begin with.</param>
    public void Write(IReadOnlyList<ImageUsage> uses, string id)
    {
        html.Element("h3", "Who uses it", ("id", id + "-use"));
        if (uses.Count == 0)
        {
            html.Element("p", "Nothing that could be seen.");
            return;
        }

        if (uses.Count > MostRows)
            html.Element("p", $"Shown are {MostRows} of {uses.Count} uses; Get-ImageUsage gives all.");
        var table = new ReportTable(html, "Uses", "Name", "Kind", "Resource group", "Region", "Image", "Follows latest");
        table.Begin();
        foreach (ImageUsage use in uses.Take(MostRows))
        {
            table.Row();
            table.Cell(NameOf(use), null);
            table.Cell(KindOf(use.Kind), null);
            table.Cell(use.ResourceGroupName, null);
            table.Cell(use.Location, null);
            table.Cell(use.Version ?? ResourceId.TryParse(use.ImageId)?.Name, null);
            table.Cell(use.FollowsLatest ? "yes" : "no", null);
            table.EndRow();
        }

        table.End();
    }

    // An instance is called by a number alone, a version by the one that another image has too.
    private static string NameOf(ImageUsage use) =>
        use.Kind is ImageUserKind.ScaleSetInstance or ImageUserKind.ImageVersion && ResourceId.TryParse(use.Id)?.ParentName is { } parent ? $"{parent} {use.Name}" : use.Name;

    private static string KindOf(ImageUserKind kind) => kind switch
    {
        ImageUserKind.ScaleSet => "Scale set model",
        ImageUserKind.ScaleSetInstance => "Scale set instance",
        ImageUserKind.ImageVersion => "Image version",
        _ => "Virtual machine",
    };
}
