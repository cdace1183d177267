namespace ImageCmdlets.Engine.Reports;

/// <summary>The lineages of several images as one drawing: what they share is drawn once. Origins stand on the left, images on the right of what they were made of.</summary>
internal sealed class LineageGraph
{
    private readonly Dictionary<string, LineagePlace> _places = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<LineagePlace> _order = [];
    private int _rows;

    private LineageGraph()
    {
    }

    public IReadOnlyList<LineagePlace> Places => _order;

    public int Columns => _order.Count == 0 ? 0 : _order.Max(place => place.Column) + 1;

    public int Rows => _rows;

    /// <param name="lineages">The lineages, that of the image on top first.</param>
    public static LineageGraph Of(IEnumerable<IReadOnlyList<ImageLineageStep>> lineages)
    {
        var graph = new LineageGraph();
        foreach (IReadOnlyList<ImageLineageStep> lineage in lineages)
            graph.Add(lineage);
        foreach (LineagePlace root in graph._order.Where(place => place.Source is null))
            graph.Put(root, 0);
        return graph;
    }

    private void Add(IReadOnlyList<ImageLineageStep> lineage)
    {
        LineagePlace? made = null;
        foreach (ImageLineageStep step in lineage)
        {
            if (!_places.TryGetValue(step.Id, out LineagePlace? place))
            {
                _places[step.Id] = place = new LineagePlace(step);
                _order.Add(place);
            }

            Join(made, place);
            made = place;
        }
    }

    // Where two lineages tell different origins of one thing that is gone, the first one is drawn; a circle is never closed.
    private static void Join(LineagePlace? made, LineagePlace source)
    {
        if (made is null || made.Source is not null)
            return;
        for (LineagePlace? other = source; other is not null; other = other.Source)
        {
            if (ReferenceEquals(other, made))
                return;
        }

        made.Source = source;
        source.Made.Add(made);
    }

    private void Put(LineagePlace place, int column)
    {
        place.Column = column;
        foreach (LineagePlace made in place.Made)
            Put(made, column + 1);
        place.Row = place.Made.Count == 0 ? _rows++ : place.Made[0].Row;
    }
}
