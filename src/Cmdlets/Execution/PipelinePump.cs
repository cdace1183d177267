using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace ImageCmdlets.Commands;

/// <summary>Runs an asynchronous block while the pipeline thread does what the block posts to it.</summary>
/// <remarks>The only class that blocks a thread. Writing, prompting and stopping belong to the pipeline thread; everything else
/// runs on the thread pool. What a posted action throws (the consumer stopped, the user's script failed) never passes through
/// engine code, where a catch could eat it: it is kept, the block is cancelled, and it is thrown again here.</remarks>
internal sealed class PipelinePump : IDisposable
{
    private readonly BlockingCollection<PipelineWork> _queue = [];
    private readonly CancellationTokenSource _stop;
    private ExceptionDispatchInfo? _pipelineFailure;

    public PipelinePump(CancellationToken userStop)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(userStop);
    }

    /// <summary>Runs the block to its end; throws what it or the pipeline threw.</summary>
    public void Run(Func<CancellationToken, Task> block)
    {
        Task task = Task.Run(() => block(_stop.Token));
        _ = task.ContinueWith(_ => _queue.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        foreach (PipelineWork work in _queue.GetConsumingEnumerable())
            Do(work);

        _pipelineFailure?.Throw();
        task.GetAwaiter().GetResult();
    }

    /// <summary>Asks the pipeline thread to do something; completes when it has.</summary>
    public Task PostAsync(Action action)
    {
        var work = new PipelineWork(action);
        try
        {
            _queue.Add(work);
        }
        catch (InvalidOperationException)
        {
            // The block has ended; only a message that nobody waited for comes this late.
            work.Abandon();
        }

        return work.Done;
    }

    public void Dispose()
    {
        _queue.Dispose();
        _stop.Dispose();
    }

    private void Do(PipelineWork work)
    {
        if (_pipelineFailure is not null)
        {
            work.Abandon();
            return;
        }

        try
        {
            work.Run();
        }
        catch (Exception exception)
        {
            _pipelineFailure = ExceptionDispatchInfo.Capture(exception);
            _stop.Cancel();
            work.Abandon();
        }
    }
}
