namespace ImageCmdlets.Commands;

/// <summary>A sink that keeps the objects for the cmdlet to ask about, and passes everything else on.</summary>
/// <typeparam name="T">What the workflow writes.</typeparam>
/// <param name="next">Where messages go; null where nobody reads them.</param>
internal sealed class CollectingSink<T>(IOperationSink? next) : IOperationSink
    where T : class
{
    public List<T> Items { get; } = [];

    public Task WriteAsync(object item, CancellationToken cancellationToken)
    {
        if (item is T wanted)
            Items.Add(wanted);
        return Task.CompletedTask;
    }

    public Task ErrorAsync(ImageCmdletsException error, CancellationToken cancellationToken) => next?.ErrorAsync(error, cancellationToken) ?? Task.CompletedTask;

    public void Warning(string message) => next?.Warning(message);

    public void Verbose(string message) => next?.Verbose(message);

    public void Debug(string message) => next?.Debug(message);

    public void Progress(OperationProgress progress) => next?.Progress(progress);
}
