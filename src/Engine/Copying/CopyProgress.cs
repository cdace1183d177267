using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Copying;

/// <summary>The progress of one image's copies: a bar for the image, and below it one for each region.</summary>
internal sealed class CopyProgress(CopySource source)
{
    private readonly double[] _percents = new double[source.Regions.Count];
    private readonly int _parent = StepProgress.ActivityIdOf(source.Image.Id);

    /// <summary>A region is in a step.</summary>
    /// <param name="operation">The region's branch.</param>
    /// <param name="region">The region.</param>
    /// <param name="status">The step.</param>
    /// <param name="percent">Share of the bytes that has arrived.</param>
    /// <param name="elapsed">Since the bytes began to travel: with the percent it gives the time that is left. Null: it is not told.</param>
    public void Report(Operation operation, CopyRegion region, string status, double percent, TimeSpan? elapsed)
    {
        _percents[IndexOf(region)] = percent;
        ReportImage(operation, completed: false);
        operation.Progress(RecordOf(region) with
        {
            Status = status,
            PercentComplete = (int)percent,
            SecondsRemaining = TimeLeft.Seconds(elapsed, percent),
        });
    }

    /// <summary>A region has ended.</summary>
    public void End(Operation operation, CopyRegion region)
    {
        _percents[IndexOf(region)] = 100;
        operation.Progress(RecordOf(region) with { Completed = true });
        ReportImage(operation, completed: source.EndedCount == source.Regions.Count);
    }

    private void ReportImage(Operation operation, bool completed) =>
        operation.Progress(new OperationProgress(_parent, $"Copying image {source.Image.Name}", $"{source.EndedCount} of {source.Regions.Count} regions")
        {
            PercentComplete = (int)_percents.Average(),
            Completed = completed,
        });

    private OperationProgress RecordOf(CopyRegion region) =>
        new(StepProgress.ActivityIdOf(region.Id.Text), region.Region.Name, string.Empty) { ParentActivityId = _parent };

    private int IndexOf(CopyRegion region) => Array.IndexOf([.. source.Regions], region);
}
