using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>The sink of a background job: everything goes to the job's own streams.</summary>
internal sealed class JobSink(EngineJob job) : IOperationSink
{
    public Task WriteAsync(object item, CancellationToken cancellationToken)
    {
        job.Output.Add(PSObject.AsPSObject(item));
        return Task.CompletedTask;
    }

    public Task ErrorAsync(ImageCmdletsException error, CancellationToken cancellationToken)
    {
        job.Error.Add(ErrorRecords.Of(error));
        return Task.CompletedTask;
    }

    public void Warning(string message) => job.Warning.Add(new WarningRecord(message));

    public void Verbose(string message) => job.Verbose.Add(new VerboseRecord(message));

    public void Debug(string message) => job.Debug.Add(new DebugRecord(message));

    public void Progress(OperationProgress progress) => job.Progress.Add(progress.ToRecord());
}
