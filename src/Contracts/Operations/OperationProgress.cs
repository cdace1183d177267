namespace ImageCmdlets;

/// <summary>How far one operation is; one activity id for each operation.</summary>
/// <param name="ActivityId">Distinguishes operations that run side by side.</param>
/// <param name="Activity">What is being done, such as "Copying image web01".</param>
/// <param name="Status">The step it is in.</param>
public sealed record OperationProgress(int ActivityId, string Activity, string Status)
{
    /// <summary>The activity this one is part of, or -1.</summary>
    public int ParentActivityId { get; init; } = -1;

    /// <summary>0 to 100, or -1 when nobody knows.</summary>
    public int PercentComplete { get; init; } = -1;

    /// <summary>Seconds left, or -1 when nobody knows.</summary>
    public int SecondsRemaining { get; init; } = -1;

    /// <summary>True on the last record of the activity.</summary>
    public bool Completed { get; init; }
}
