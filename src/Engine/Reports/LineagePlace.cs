namespace ImageCmdlets.Engine.Reports;

/// <summary>Where a step of lineages is in the drawing.</summary>
/// <param name="Step">The step.</param>
internal sealed record LineagePlace(ImageLineageStep Step)
{
    /// <summary>Its origin; null where nothing comes before.</summary>
    public LineagePlace? Source { get; set; }

    /// <summary>What was made of it.</summary>
    public List<LineagePlace> Made { get; } = [];

    /// <summary>From the left, the origins at 0.</summary>
    public int Column { get; set; }

    /// <summary>From the top; that of the first thing that was made of it, so that the newest image's way is a straight line.</summary>
    public int Row { get; set; }

    // Places refer to each other: the printed form of a record would not end.
    public override string ToString() => Step.ToString();

    public bool Equals(LineagePlace? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Step.Id);
}
