using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.SnapshotCopying;

/// <summary>The progress of copies: a bar for all of them, and below it one for each that travels.</summary>
internal sealed class SnapshotCopyProgress(Operation operation, IReadOnlyList<SnapshotCopy> copies)
{
    private readonly int _parent = StepProgress.ActivityIdOf("snapshots " + copies[0].Id.Text);
    private readonly HashSet<SnapshotCopy> _shown = [];

    /// <summary>Tells how far they are.</summary>
    public void Report()
    {
        operation.Progress(Whole() with { PercentComplete = (int)copies.Average(copy => copy.HasEnded ? 100 : copy.Percent) });
        foreach (SnapshotCopy copy in copies)
        {
            if (copy.HasEnded ? _shown.Remove(copy) : copy.IsTravelling)
                operation.Progress(Of(copy));
        }
    }

    /// <summary>The bars go.</summary>
    public void End()
    {
        foreach (SnapshotCopy copy in _shown)
            operation.Progress(Of(copy) with { Completed = true });
        operation.Progress(Whole() with { Completed = true });
    }

    private OperationProgress Whole() => new(_parent, "Copying snapshots", $"{copies.Count(copy => copy.HasEnded)} of {copies.Count} copies");

    private OperationProgress Of(SnapshotCopy copy)
    {
        if (!copy.HasEnded)
            _shown.Add(copy);
        TimeSpan? elapsed = copy.Begin is { } begin ? operation.Clock.UtcNow - begin : null;
        return new OperationProgress(StepProgress.ActivityIdOf(copy.Id.Text), $"{copy.Id.Name} to {copy.Region}", $"{copy.Percent:0.#} %")
        {
            ParentActivityId = _parent,
            PercentComplete = (int)copy.Percent,
            SecondsRemaining = TimeLeft.Seconds(elapsed, copy.Percent),
            Completed = copy.HasEnded,
        };
    }
}
