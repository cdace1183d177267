using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>The progress of one image version: a bar for it, and below it one for each region. The bars go when this is disposed.</summary>
internal sealed class VersionProgress : IDisposable
{
    private readonly Operation _operation;
    private readonly DateTimeOffset _begin;
    private readonly OperationProgress _record;
    private readonly HashSet<string> _regions = new(StringComparer.Ordinal);

    /// <param name="operation">The branch.</param>
    /// <param name="id">The version; it decides the activity ids, the same in every run.</param>
    /// <param name="activity">What is being done, such as "Making version 1.0.0 of web".</param>
    public VersionProgress(Operation operation, ResourceId id, string activity)
    {
        _operation = operation;
        _begin = operation.Clock.UtcNow;
        _record = new OperationProgress(StepProgress.ActivityIdOf(id.Text), activity, string.Empty);
    }

    /// <summary>Shows how far the regions are.</summary>
    public void Report(ImageVersion version)
    {
        TimeSpan elapsed = _operation.Clock.UtcNow - _begin;
        ImageTargetRegion[] told = [.. version.TargetRegion.Where(region => region.Progress is not null)];
        double percent = told.Length == 0 ? 0 : told.Average(region => region.Progress!.Value);
        _operation.Progress(_record with
        {
            Status = $"{told.Count(region => region.State == "Completed")} of {version.TargetRegion.Count} regions",
            PercentComplete = (int)percent,
            SecondsRemaining = TimeLeft.Seconds(elapsed, percent),
        });
        foreach (ImageTargetRegion region in told)
        {
            _regions.Add(region.Location);
            _operation.Progress(RecordOf(region.Location) with
            {
                Status = region.State!,
                PercentComplete = region.Progress!.Value,
                SecondsRemaining = TimeLeft.Seconds(elapsed, region.Progress.Value),
            });
        }
    }

    public void Dispose()
    {
        foreach (string region in _regions)
            _operation.Progress(RecordOf(region) with { Completed = true });
        _operation.Progress(_record with { Completed = true });
    }

    private OperationProgress RecordOf(string region) => new(StepProgress.ActivityIdOf($"{_record.ActivityId} {region}"), region, string.Empty) { ParentActivityId = _record.ActivityId };
}
