namespace ImageCmdlets;

/// <summary>What the log of one run of sysprep tells.</summary>
public sealed record SysprepRun
{
    /// <summary>The file, where the log was one.</summary>
    public string? Source { get; init; }

    /// <summary>Which run of the log it is, counted from 1.</summary>
    public int Number { get; init; }

    /// <summary>The guest's own time of the first entry that is there.</summary>
    public DateTime? StartTime { get; init; }

    /// <summary>The guest's own time of the last entry that is there.</summary>
    public DateTime? EndTime { get; init; }

    /// <summary>The switches that sysprep understood, such as <c>GENERALIZE</c>, <c>OOBE</c>, <c>MODE:vm</c>.</summary>
    public IReadOnlyList<string> Option { get; init => field = value.ToArray(); } = [];

    public SysprepOutcome Outcome { get; init; }

    /// <summary>How far it came.</summary>
    public SysprepPhase Phase { get; init; }

    /// <summary>The first error that a rule knows, else the first error that is no noise; null when there is none, and when the run
    /// succeeded all the same.</summary>
    public ImageFinding? RootCause { get; init; }

    /// <summary>Everything found, the root cause first.</summary>
    public IReadOnlyList<ImageFinding> Finding { get; init => field = value.ToArray(); } = [];

    /// <summary>How many errors were left out because healthy machines log them too.</summary>
    public int NoiseCount { get; init; }

    /// <summary>How many errors there are, noise not counted.</summary>
    public int ErrorCount { get; init; }

    /// <summary>The first 500 errors, noise left out.</summary>
    public IReadOnlyList<SysprepLogEntry> Error { get; init => field = value.ToArray(); } = [];

    public override string ToString() => RootCause is null ? $"{Outcome}" : $"{Outcome}: {RootCause.RuleId}";
}
