namespace ImageCmdlets.Sandbox.Operations;

/// <summary>Operations in the order in which they end; those that end together in the order of their start.</summary>
internal sealed class OperationOrder : IComparer<LongRunningOperation>
{
    public static readonly OperationOrder Instance = new();

    /// <inheritdoc />
    public int Compare(LongRunningOperation? x, LongRunningOperation? y)
    {
        if (x is null || y is null) return x is null ? (y is null ? 0 : -1) : 1;
        int byEnd = x.End.CompareTo(y.End);
        return byEnd != 0 ? byEnd : x.Sequence.CompareTo(y.Sequence);
    }
}
