namespace ImageCmdlets.Engine.Reports;

/// <summary>An image version in a report.</summary>
/// <param name="Version">It, with how far each region is.</param>
/// <param name="Retention">What retention would do with it.</param>
internal sealed record ReportVersion(ImageVersion Version, ImageRetention Retention)
{
    /// <summary>Whether machines that name no version get it.</summary>
    public bool IsLatest { get; init; }

    public IReadOnlyList<ImageUsage> Use { get; init; } = [];

    /// <summary>The way back to where it came from, itself first.</summary>
    public IReadOnlyList<ImageLineageStep> Lineage { get; init; } = [];
}
