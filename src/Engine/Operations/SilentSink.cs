namespace ImageCmdlets.Engine.Operations;

/// <summary>A sink for questions whose messages nobody reads.</summary>
internal sealed class SilentSink : IOperationSink
{
    public static readonly SilentSink Instance = new();

    private SilentSink()
    {
    }

    public Task WriteAsync(object item, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ErrorAsync(ImageCmdletsException error, CancellationToken cancellationToken) => Task.CompletedTask;

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
