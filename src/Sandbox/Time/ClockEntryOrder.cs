namespace ImageCmdlets.Sandbox.Time;

/// <summary>Orders entries by due time, then by arrival: the one order in which anything ever happens.</summary>
internal sealed class ClockEntryOrder : IComparer<ClockEntry>
{
    public static ClockEntryOrder Instance { get; } = new();

    public int Compare(ClockEntry? x, ClockEntry? y)
    {
        if (ReferenceEquals(x, y)) return 0;
        if (x is null) return -1;
        if (y is null) return 1;
        int byDue = x.Due.CompareTo(y.Due);
        return byDue != 0 ? byDue : x.Sequence.CompareTo(y.Sequence);
    }
}
