namespace ImageCmdlets.Engine.Tests;

/// <summary>Hands everything on, and keeps the objects.</summary>
internal sealed class ForwardingSink(IOperationSink next) : IOperationSink
{
    public List<object> Items { get; } = [];

    public Task WriteAsync(object item, CancellationToken cancellationToken)
    {
        Items.Add(item);
        return next.WriteAsync(item, cancellationToken);
    }

    public Task ErrorAsync(ImageCmdletsException error, CancellationToken cancellationToken) => next.ErrorAsync(error, cancellationToken);

    public void Warning(string message) => next.Warning(message);

    public void Verbose(string message) => next.Verbose(message);

    public void Debug(string message) => next.Debug(message);

    public void Progress(OperationProgress progress) => next.Progress(progress);
}
