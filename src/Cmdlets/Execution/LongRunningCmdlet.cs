using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>The base of cmdlets that wait for Azure: <c>-AsJob</c>, <c>-NoWait</c> and <c>-TimeoutSeconds</c>, the same everywhere.</summary>
public abstract class LongRunningCmdlet : ImageCmdlet
{
    /// <summary>Run in the background; the job's output is the command's.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <summary>Return as soon as Azure has accepted the request, with an ImageOperation.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>Seconds to wait at most. The same command picks up what goes on in Azure.</summary>
    [Parameter]
    [ValidateRange(1, 604800)]
    public int TimeoutSeconds { get; set; }

    /// <summary>How many resources are worked on at once.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>The bounds, for the engine.</summary>
    private protected RunOptions RunOptions => new()
    {
        ThrottleLimit = ThrottleLimit,
        NoWait = NoWait,
        Timeout = TimeoutSeconds > 0 ? TimeSpan.FromSeconds(TimeoutSeconds) : null,
    };

    /// <summary>Runs a workflow here or as a job. Ask ShouldProcess before: a job cannot.</summary>
    private protected void RunOrStartJob(Func<IOperationSink, CancellationToken, Task> workflow)
    {
        if (!AsJob)
        {
            Run(workflow);
            return;
        }

        var job = new EngineJob(MyInvocation.MyCommand.Name, MyInvocation.Line, workflow);
        JobRepository.Add(job);
        WriteObject(job);
        job.Start();
    }
}
