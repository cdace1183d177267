using System.Text.RegularExpressions;

namespace ImageCmdlets.Engine.Tests;

/// <summary>A sink whose user presses Ctrl-C as soon as a certain ARM call has been answered.</summary>
internal sealed partial class StoppingSink(int call) : IOperationSink, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private int _calls;

    public CancellationToken Token => _stop.Token;

    /// <summary>ARM calls that were answered.</summary>
    public int Calls => _calls;

    public Task WriteAsync(object item, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ErrorAsync(ImageCmdletsException error, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Warning(string message)
    {
    }

    public void Verbose(string message)
    {
        if (ArmCall().IsMatch(message) && Interlocked.Increment(ref _calls) == call)
            _stop.Cancel();
    }

    public void Debug(string message)
    {
    }

    public void Progress(OperationProgress progress)
    {
    }

    public void Dispose() => _stop.Dispose();

    [GeneratedRegex("^(GET|PUT|POST|PATCH|DELETE) /")]
    private static partial Regex ArmCall();
}
