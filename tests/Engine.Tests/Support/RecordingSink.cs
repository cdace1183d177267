namespace ImageCmdlets.Engine.Tests;

/// <summary>A sink that keeps everything for the test to look at.</summary>
internal sealed class RecordingSink : IOperationSink
{
    private readonly Lock _lock = new();

    public List<object> Items { get; } = [];

    public List<ImageCmdletsException> Errors { get; } = [];

    public List<string> Warnings { get; } = [];

    public List<string> VerboseLines { get; } = [];

    public List<OperationProgress> ProgressRecords { get; } = [];

    public Task WriteAsync(object item, CancellationToken cancellationToken)
    {
        OnItem?.Invoke(item);
        return Keep(Items, item);
    }

    public Task ErrorAsync(ImageCmdletsException error, CancellationToken cancellationToken)
    {
        OnError?.Invoke(error);
        return Keep(Errors, error);
    }

    public void Warning(string message) => Keep(Warnings, message);

    public void Verbose(string message) => Keep(VerboseLines, message);

    public void Debug(string message) => Keep(VerboseLines, message);

    /// <summary>What the test does when an object is handed on.</summary>
    public Action<object>? OnItem { get; set; }

    /// <summary>What the test does when an error is told.</summary>
    public Action<ImageCmdletsException>? OnError { get; set; }

    /// <summary>What the test does when progress is told.</summary>
    public Action<OperationProgress>? OnProgress { get; set; }

    public void Progress(OperationProgress progress)
    {
        Keep(ProgressRecords, progress);
        OnProgress?.Invoke(progress);
    }

    private Task Keep<T>(List<T> list, T item)
    {
        lock (_lock)
            list.Add(item);
        return Task.CompletedTask;
    }
}
