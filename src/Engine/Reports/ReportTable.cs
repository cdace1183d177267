namespace ImageCmdlets.Engine.Reports;

/// <summary>A table that becomes a list of cards on a narrow screen. Its roles are written out: a table that is laid out otherwise loses them.</summary>
/// <param name="html">Where it goes.</param>
/// <param name="caption">What it is of.</param>
/// <param name="columns">The names of its columns; the first one's cells head their rows.</param>
internal sealed class ReportTable(HtmlWriter html, string caption, params string[] columns)
{
    private int _column;

    public void Begin()
    {
        html.Open("table", ("role", "table")).Element("caption", caption);
        html.Open("thead", ("role", "rowgroup")).Open("tr", ("role", "row"));
        foreach (string column in columns)
            html.Element("th", column, ("role", "columnheader"), ("scope", "col"));
        html.Close(2).Open("tbody", ("role", "rowgroup"));
    }

    public void End() => html.Close(2);

    /// <summary>Begins a row.</summary>
    /// <param name="style">Its class; null: none.</param>
    public void Row(string? style = null)
    {
        _column = 0;
        html.Open("tr", ("role", "row"), ("class", style));
    }

    public void EndRow() => html.Close();

    /// <summary>Begins a cell of the next column; <see cref="HtmlWriter.Close"/> ends it.</summary>
    public void Cell(string? style = null)
    {
        string name = columns[_column++];
        if (_column == 1)
            html.Open("th", ("role", "rowheader"), ("scope", "row"), ("data-label", name), ("class", style));
        else
            html.Open("td", ("role", "cell"), ("data-label", name), ("class", style));
    }

    /// <summary>A cell with text.</summary>
    public void Cell(string? text, string? style)
    {
        Cell(style);
        html.Text(text ?? "\u2013").Close();
    }
}
