namespace ImageCmdlets.Commands;

/// <summary>One thing to do on the pipeline thread, and who waits for it.</summary>
internal sealed class PipelineWork(Action action)
{
    // Without this, the engine's continuation would run on the pipeline thread and block it.
    private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    public void Run()
    {
        action();
        _done.TrySetResult(true);
    }

    /// <summary>The pipeline has stopped: whoever waits is cancelled instead.</summary>
    public void Abandon() => _done.TrySetCanceled();
}
