using System.Diagnostics;

namespace ImageCmdlets.Bench.FleetLoad;

/// <summary>Looks at the process at every message, which comes with every call; keeps nothing.</summary>
internal sealed class MeasuringSink(Action onFirst) : IOperationSink
{
    private const int CallsBetweenLooks = 50;
    private int _calls;
    private int _written;

    public int Calls => _calls;

    public int Written => _written;

    public int MostThreads { get; private set; }

    public int MostPoolThreads { get; private set; }

    public Task WriteAsync(object item, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _written) == 1)
            onFirst();
        return Task.CompletedTask;
    }

    public Task ErrorAsync(ImageCmdletsException error, CancellationToken cancellationToken) => throw error;

    public void Warning(string message)
    {
    }

    public void Verbose(string message)
    {
        MostPoolThreads = Math.Max(MostPoolThreads, ThreadPool.ThreadCount);
        if (Interlocked.Increment(ref _calls) % CallsBetweenLooks != 0)
            return;
        using var process = Process.GetCurrentProcess();
        MostThreads = Math.Max(MostThreads, process.Threads.Count);
    }

    public void Debug(string message)
    {
    }

    public void Progress(OperationProgress progress)
    {
    }
}
