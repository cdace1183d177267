namespace ImageCmdlets.Guest.Tests.Residue;

/// <summary>Keeps what a command gives, failures included.</summary>
internal sealed class ItemSink : IOperationSink
{
    public List<object> Items { get; } = [];

    public Task WriteAsync(object item, CancellationToken cancellationToken)
    {
        Items.Add(item);
        return Task.CompletedTask;
    }

    public Task ErrorAsync(ImageCmdletsException error, CancellationToken cancellationToken) => WriteAsync(error, cancellationToken);

    public void Warning(string message)
    {
    }

    public void Verbose(string message)
    {
    }

    public void Debug(string message)
    {
    }

    public void Progress(OperationProgress progress)
    {
    }
}
