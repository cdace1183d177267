using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>A workflow that runs in the background. It owns its cancellation, because the cmdlet that began it is gone at once.</summary>
internal sealed class EngineJob : Job
{
    private static readonly TimeSpan s_stopPatience = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<IOperationSink, CancellationToken, Task> _workflow;
    private Task _running = Task.CompletedTask;

    public EngineJob(string command, string line, Func<IOperationSink, CancellationToken, Task> workflow)
        : base(line, command)
    {
        _workflow = workflow;
        PSJobTypeName = "ImageJob";
    }

    public override string Location => "localhost";

    public override string StatusMessage => JobStateInfo.State.ToString();

    public override bool HasMoreData => Output.Count + Error.Count + Verbose.Count + Warning.Count + Debug.Count + Progress.Count > 0;

    public void Start()
    {
        SetJobState(JobState.Running);
        _running = Task.Run(WorkAsync);
    }

    /// <summary>Cancels the workflow and waits, but not for ever.</summary>
    public override void StopJob()
    {
        if (JobStateInfo.State is JobState.Completed or JobState.Failed or JobState.Stopped)
            return;

        _stop.Cancel();
        ((IAsyncResult)_running).AsyncWaitHandle.WaitOne(s_stopPatience);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Cancel();
            _stop.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task WorkAsync()
    {
        var sink = new JobSink(this);
        try
        {
            await _workflow(sink, _stop.Token).ConfigureAwait(false);

            // As everywhere in PowerShell: errors that do not end a command do not fail its job either; they are in its error stream.
            End(JobState.Completed);
        }
        catch (OperationCanceledException)
        {
            End(JobState.Stopped);
        }
        catch (Exception exception)
        {
            ImageCmdletsException known = exception as ImageCmdletsException
                ?? new ImageCmdletsException(ErrorIds.UnexpectedFailure, exception.Message, null, null, exception);
            Error.Add(ErrorRecords.Of(known));
            End(JobState.Failed);
        }
    }

    private void End(JobState state)
    {
        Output.Complete();
        Error.Complete();
        Verbose.Complete();
        Warning.Complete();
        Debug.Complete();
        Progress.Complete();
        SetJobState(state);
    }
}
