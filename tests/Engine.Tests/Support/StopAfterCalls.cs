namespace ImageCmdlets.Engine.Tests;

/// <summary>A sink that stops the command after so many ARM calls: Ctrl-C at every point of a workflow.</summary>
internal sealed class StopAfterCalls(int calls) : IOperationSink, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly RecordingSink _inner = new();
    private int _seen;

    public CancellationToken Token => _stop.Token;

    /// <summary>Runs a workflow; whether the stop ended it.</summary>
    public static async Task<bool> EndsAsync(Func<Task> workflow)
    {
        try
        {
            await workflow();
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    public Task WriteAsync(object item, CancellationToken cancellationToken) => _inner.WriteAsync(item, cancellationToken);

    public Task ErrorAsync(ImageCmdletsException error, CancellationToken cancellationToken) => _inner.ErrorAsync(error, cancellationToken);

    public void Warning(string message) => _inner.Warning(message);

    public void Verbose(string message)
    {
        if (message.Contains(" /subscriptions/", StringComparison.Ordinal) && Interlocked.Increment(ref _seen) == calls)
            _stop.Cancel();
    }

    public void Debug(string message)
    {
    }

    public void Progress(OperationProgress progress)
    {
    }

    public void Dispose() => _stop.Dispose();
}
