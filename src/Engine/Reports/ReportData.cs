namespace ImageCmdlets.Engine.Reports;

/// <summary>All that a report tells.</summary>
internal sealed record ReportData
{
    public required string Title { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required GetImageRetentionOptions Rule { get; init; }

    public IReadOnlyList<ReportDefinition> Definition { get; init; } = [];

    public IReadOnlyList<ReportImage> Image { get; init; } = [];

    /// <summary>What could not be looked at.</summary>
    public IReadOnlyList<string> Note { get; init; } = [];
}
