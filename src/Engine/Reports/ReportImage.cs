namespace ImageCmdlets.Engine.Reports;

/// <summary>A managed image in a report.</summary>
/// <param name="Image">It.</param>
/// <param name="Use">What uses it.</param>
/// <param name="Lineage">The way back to where it came from, itself first.</param>
internal sealed record ReportImage(CustomImage Image, IReadOnlyList<ImageUsage> Use, IReadOnlyList<ImageLineageStep> Lineage);
