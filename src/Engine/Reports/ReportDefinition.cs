namespace ImageCmdlets.Engine.Reports;

/// <summary>An image definition in a report.</summary>
/// <param name="Definition">It.</param>
/// <param name="Version">Its versions, the newest first.</param>
internal sealed record ReportDefinition(ImageDefinition Definition, IReadOnlyList<ReportVersion> Version);
