using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>The base of every cmdlet of this module that calls the engine: cancellation, and the way in and out.</summary>
/// <remarks>A cmdlet binds, resolves its target, asks ShouldProcess, and hands one workflow to <see cref="Run"/>.</remarks>
public abstract class ImageCmdletBase : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private bool _isYesToAll;
    private bool _isNoToAll;

    /// <summary>Whether only what would be done is to be said.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? given is SwitchParameter { IsPresent: true }
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>Whether the user gave this parameter: an empty value that was given is not the same as none.</summary>
    private protected bool IsBound(string parameterName) => MyInvocation.BoundParameters.ContainsKey(parameterName);

    /// <summary>ShouldProcess, with <c>-Force</c> standing for the answer yes. <c>-WhatIf</c> wins over both.</summary>
    private protected bool Approve(string target, string action, bool force) =>
        force && !IsWhatIf ? true : ShouldProcess(target, action);

    /// <summary>The question of a cmdlet that destroys something with some of its parameters only: then it asks as one of high impact does.</summary>
    /// <remarks>The impact of ShouldProcess is the whole cmdlet's. <c>-Confirm</c> and <c>-WhatIf</c> are left to it.</remarks>
    private protected bool ApproveDestruction(string target, string action, bool force)
    {
        bool isAsked = !force && !IsWhatIf && !IsBound("Confirm") && GetVariableValue("ConfirmPreference") is ConfirmImpact.High;
        return isAsked
            ? ShouldContinue($"{action}: {target}?", "Confirm", ref _isYesToAll, ref _isNoToAll)
            : Approve(target, action, force);
    }

    /// <summary>Runs a workflow of the engine; its objects and messages come out of this cmdlet.</summary>
    private protected void Run(Func<IOperationSink, CancellationToken, Task> workflow)
    {
        try
        {
            using var pump = new PipelinePump(_stop.Token);
            var sink = new PipelineSink(pump, this);
            pump.Run(token => workflow(sink, token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (ImageCmdletsException exception)
        {
            Report(exception);
        }
    }

    /// <summary>Runs a workflow in the background, and gives the job. Ask ShouldProcess before: a job cannot.</summary>
    private protected void StartJob(Func<IOperationSink, CancellationToken, Task> workflow)
    {
        var job = new EngineJob(MyInvocation.MyCommand.Name, MyInvocation.Line, workflow);
        JobRepository.Add(job);
        WriteObject(job);
        job.Start();
    }

    /// <summary>Writes the error, or ends the command where nothing after it could succeed.</summary>
    private protected void Report(ImageCmdletsException exception)
    {
        ErrorRecord record = ErrorRecords.Of(exception);
        if (ErrorRecords.IsTerminating(exception))
            ThrowTerminatingError(record);

        WriteError(record);
    }

    /// <summary>Cancels what runs and returns at once: it is called on another thread, which must not wait for us.</summary>
    protected override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Stop came as the command ended by itself.
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _stop.Dispose();
    }
}
