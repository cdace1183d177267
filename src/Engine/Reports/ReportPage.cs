using System.Reflection;

namespace ImageCmdlets.Engine.Reports;

/// <summary>The page of a report: head, what it comes to, and a part for each image definition and for the managed images.</summary>
/// <param name="html">Where it goes.</param>
/// <param name="data">What it tells.</param>
internal sealed class ReportPage(HtmlWriter html, ReportData data)
{
    public void Write()
    {
        html.Begin(Style());
        // Nothing is ever asked of a network, and nothing runs, whatever stands in names and tags.
        html.Open("meta", ("http-equiv", "Content-Security-Policy"), ("content", "default-src 'none'; style-src 'unsafe-inline'"));
        html.Open("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        html.Open("meta", ("name", "color-scheme"), ("content", "light dark"));
        html.Element("title", data.Title).Close();
        html.Open("body");
        Head();
        html.Open("main");
        Notes();
        for (int i = 0; i < data.Definition.Count; i++)
            new DefinitionSection(html, data.Definition[i], $"d{i + 1}").Write();
        if (data.Image.Count > 0)
            new ImageSection(html, data.Image).Write();
        html.Close();
        html.Open("footer").Element("p", "Made by Export-ImageReport of ImageCmdlets. Times are UTC. Sizes are those of the disks, once for each replica; Azure stores what is used of them.").Close(3);
    }

    private void Head()
    {
        html.Open("header").Element("h1", data.Title);
        html.Open("p", ("class", "when")).Text("As of ").Element("time", ReportWords.Minute(data.Time), ("datetime", data.Time.UtcDateTime.ToString("s") + "Z")).Text(". Retention by ");
        html.Element("code", ReportWords.Rule(data.Rule)).Text(".").Close();
        ReportVersion[] versions = [.. data.Definition.SelectMany(definition => definition.Version)];
        ReportVersion[] leaving = [.. versions.Where(version => version.Retention.Action == ImageRetentionAction.Remove)];
        html.Open("dl", ("class", "tiles"));
        if (data.Definition.Count > 0)
        {
            Tile("Image definitions", ReportWords.Number(data.Definition.Count), null);
            Tile("Versions", ReportWords.Number(versions.Length), ReportWords.Count(versions.Sum(version => version.Retention.ReplicaCount), "replica"));
        }

        if (data.Image.Count > 0)
            Tile("Managed images", ReportWords.Number(data.Image.Count), null);
        Tile("Used by", data.Rule.IgnoreUsage ? "\u2013" : ReportWords.Number(Users(versions)), data.Rule.IgnoreUsage ? "not looked at" : "machines, scale sets, instances");
        if (data.Definition.Count > 0)
        {
            long stored = versions.Sum(version => ReportWords.Stored(version.Retention) ?? 0), freed = leaving.Sum(version => ReportWords.Stored(version.Retention) ?? 0);
            Tile("Size in all replicas", ReportWords.Number(stored) + " GiB", null);
            Tile("Retention would remove", ReportWords.Number(leaving.Length), $"{ReportWords.Number(freed)} GiB in all replicas");
        }

        html.Close(2);
    }

    private int Users(ReportVersion[] versions) => versions.SelectMany(version => version.Use).Concat(data.Image.SelectMany(image => image.Use))
        .Where(use => use.Kind != ImageUserKind.ImageVersion).Select(use => use.Id).Distinct(StringComparer.OrdinalIgnoreCase).Count();

    private void Tile(string name, string value, string? more)
    {
        html.Open("div").Element("dt", name).Open("dd").Text(value);
        if (more is not null)
            html.Element("small", more);
        html.Close(2);
    }

    private void Notes()
    {
        if (data.Note.Count == 0)
            return;

        html.Open("aside", ("class", "notes"), ("aria-label", "What could not be looked at")).Open("ul");
        foreach (string note in data.Note)
            html.Element("li", note);
        html.Close(2);
    }

    private static string Style()
    {
        const string name = "ImageCmdlets.Engine.Reports.report.css";
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The resource {name} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
