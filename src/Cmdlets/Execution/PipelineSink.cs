namespace ImageCmdlets.Commands;

/// <summary>The sink of a cmdlet that runs in the foreground: everything goes to the pipeline thread.</summary>
internal sealed class PipelineSink(PipelinePump pump, ImageCmdletBase cmdlet) : IOperationSink
{
    public Task WriteAsync(object item, CancellationToken cancellationToken) => pump.PostAsync(() => cmdlet.WriteObject(item));

    public Task ErrorAsync(ImageCmdletsException error, CancellationToken cancellationToken) =>
        pump.PostAsync(() => cmdlet.WriteError(ErrorRecords.Of(error)));

    public void Warning(string message) => _ = pump.PostAsync(() => cmdlet.WriteWarning(message));

    public void Verbose(string message) => _ = pump.PostAsync(() => cmdlet.WriteVerbose(message));

    public void Debug(string message) => _ = pump.PostAsync(() => cmdlet.WriteDebug(message));

    public void Progress(OperationProgress progress) => _ = pump.PostAsync(() => cmdlet.WriteProgress(progress.ToRecord()));
}
