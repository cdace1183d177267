namespace ImageCmdlets.Engine.Operations;

/// <summary>The progress of one resource's way through the steps of a workflow; the bar goes when this is disposed.</summary>
internal sealed class StepProgress : IDisposable
{
    private readonly Operation _operation;
    private readonly OperationProgress _record;
    private readonly bool _isShown;
    private string _step = string.Empty;
    private int _percent;

    /// <param name="operation">The running command.</param>
    /// <param name="target">The id of the resource: it decides the activity id, the same in every run.</param>
    /// <param name="activity">What is being done, such as "Making virtual machine web01".</param>
    /// <param name="isShown">False for one of very many, which have a bar together.</param>
    public StepProgress(Operation operation, string target, string activity, bool isShown = true)
    {
        _isShown = isShown;
        _operation = operation;
        _record = new OperationProgress(ActivityIdOf(target), activity, string.Empty);
    }

    /// <summary>A step begins.</summary>
    /// <param name="step">Its name.</param>
    /// <param name="percent">Share of the usual time that the steps before it take.</param>
    public void Begin(string step, int percent)
    {
        _step = step;
        _percent = percent;
        Show(_record with { Status = step, PercentComplete = percent });
    }

    /// <summary>Azure was asked again and the step still goes on; fits the poller's <c>onPoll</c>.</summary>
    public void Waiting(TimeSpan elapsed) =>
        Show(_record with { Status = $"{_step} ({elapsed.TotalSeconds:0} s)", PercentComplete = _percent });

    public void Dispose() => Show(_record with { Status = _step, Completed = true });

    /// <summary>The activity id of a resource's progress, the same in every run.</summary>
    /// <remarks>string.GetHashCode differs from run to run; side by side workflows need ids that rarely meet, above the small ones
    /// scripts use.</remarks>
    public static int ActivityIdOf(string target)
    {
        uint hash = 2166136261;
        foreach (char c in target.ToUpperInvariant())
            hash = (hash ^ c) * 16777619;
        return (int)(hash & 0x3FFFFFFF) | 0x40000000;
    }

    private void Show(OperationProgress record)
    {
        if (_isShown)
            _operation.Progress(record);
    }
}
