using System.Globalization;

namespace ImageCmdlets.Engine.Reports;

/// <summary>Draws a lineage as SVG.</summary>
/// <param name="html">Where it goes.</param>
internal sealed class LineageDrawing(HtmlWriter html)
{
    private const int Width = 232;
    private const int Height = 48;
    private const int ColumnGap = 40;
    private const int RowGap = 14;
    private const int Margin = 8;
    private const int LongestName = 22;

    /// <param name="graph">What is drawn.</param>
    /// <param name="id">What ids in the page begin with.</param>
    /// <param name="title">What it is of.</param>
    /// <param name="description">The same in words, for who does not see it.</param>
    public void Write(LineageGraph graph, string id, string title, string description)
    {
        int width = (graph.Columns * (Width + ColumnGap)) - ColumnGap + (2 * Margin), height = (graph.Rows * (Height + RowGap)) - RowGap + (2 * Margin);
        html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", title));
        html.Open("svg", ("class", "lineage"), ("role", "img"), ("aria-labelledby", $"{id}-title {id}-desc"), ("width", Number(width)), ("height", Number(height)), ("viewBox", $"0 0 {width} {height}"));
        html.Element("title", title, ("id", id + "-title")).Element("desc", description, ("id", id + "-desc"));
        foreach (LineagePlace place in graph.Places)
            Line(place);
        foreach (LineagePlace place in graph.Places)
            Box(place);
        html.Close(2);
    }

    private void Line(LineagePlace place)
    {
        if (place.Source is not { } source)
            return;

        double fromX = X(source) + Width, fromY = Y(source) + (Height / 2.0), toX = X(place), toY = Y(place) + (Height / 2.0), middle = (fromX + toX) / 2;
        html.Open("path", ("class", place.Step.Reason is null ? "line" : "line told"),
            ("d", $"M{Number(fromX)} {Number(fromY)}C{Number(middle)} {Number(fromY)} {Number(middle)} {Number(toY)} {Number(toX)} {Number(toY)}"));
    }

    private void Box(LineagePlace place)
    {
        double x = X(place), y = Y(place);
        html.Open("g", ("class", $"box {place.Step.Kind}{(place.Step.Exists == false ? " gone" : string.Empty)}"));
        html.Element("title", $"{LineageText.KindOf(place.Step)}: {place.Step.Id}");
        html.Open("rect", ("class", "back"), ("x", Number(x)), ("y", Number(y)), ("width", Number(Width)), ("height", Number(Height)), ("rx", "8"));
        html.Open("rect", ("class", "mark"), ("x", Number(x + 7)), ("y", Number(y + 9)), ("width", "4"), ("height", Number(Height - 18)), ("rx", "2"));
        html.Element("text", LineageText.KindOf(place.Step) + (place.Step.Exists == false ? " \u00b7 gone" : string.Empty), ("class", "kind"), ("x", Number(x + 20)), ("y", Number(y + 19)));
        html.Element("text", Short(place.Step.Name), ("class", "name"), ("x", Number(x + 20)), ("y", Number(y + 37)));
        html.Close();
    }

    private static double X(LineagePlace place) => Margin + (place.Column * (Width + ColumnGap));

    private static double Y(LineagePlace place) => Margin + (place.Row * (Height + RowGap));

    // What tells two names apart mostly stands at their end.
    private static string Short(string name) => name.Length <= LongestName ? name : $"{name.Substring(0, 10)}\u2026{name.Substring(name.Length - LongestName + 11)}";

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
