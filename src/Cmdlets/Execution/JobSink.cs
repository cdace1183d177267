using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>The sink of a background job: everything goes to the job's own streams.</summary>
internal sealed class JobSink(EngineJob job) : IOperationSink
{
    /// <summary>Whether any item failed.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Whether anything came out; the job's own streams are drained by whoever reads them first.</summary>
    public bool HasOutput { get; private set; }

    public Task WriteAsync(object item, CancellationToken cancellationToken)
    {
        HasOutput = true;
        job.Output.Add(PSObject.AsPSObject(item));
        return Task.CompletedTask;
    }

    public Task ErrorAsync(ImageCmdletsException error, CancellationToken cancellationToken)
    {
        HasErrors = true;
        job.Error.Add(ErrorRecords.Of(error));
        return Task.CompletedTask;
    }

    public void Warning(string message) => job.Warning.Add(new WarningRecord(message));

    public void Verbose(string message) => job.Verbose.Add(new VerboseRecord(message));

    public void Debug(string message) => job.Debug.Add(new DebugRecord(message));

    public void Progress(OperationProgress progress) => job.Progress.Add(progress.ToRecord());
}
