namespace ImageCmdlets.Commands;

/// <summary>Keeps the objects that a workflow gives until the user has been asked about them; all else goes on at once.</summary>
internal sealed class KeepingSink(IOperationSink sink) : IOperationSink
{
    private readonly List<object> _items = [];

    /// <summary>What has come so far, in the order in which it came.</summary>
    public IReadOnlyList<T> Items<T>()
    {
        lock (_items)
            return [.. _items.OfType<T>()];
    }

    public Task WriteAsync(object item, CancellationToken cancellationToken)
    {
        lock (_items)
            _items.Add(item);
        return Task.CompletedTask;
    }

    public Task ErrorAsync(ImageCmdletsException error, CancellationToken cancellationToken) => sink.ErrorAsync(error, cancellationToken);

    public void Warning(string message) => sink.Warning(message);

    public void Verbose(string message) => sink.Verbose(message);

    public void Debug(string message) => sink.Debug(message);

    public void Progress(OperationProgress progress) => sink.Progress(progress);
}
