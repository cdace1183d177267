using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>The base of cmdlets that work off a list: they can take long, but there is nothing in them not to be waited for.</summary>
public abstract class JobCmdlet : ImageCmdlet
{
    /// <summary>Run in the background; the job's output is the command's.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <summary>Seconds to wait at most. The same command picks up what goes on in Azure.</summary>
    [Parameter]
    [ValidateRange(1, 604800)]
    public int TimeoutSeconds { get; set; }

    /// <summary>The bounds, for the engine.</summary>
    private protected RunOptions RunOptions => new() { Timeout = TimeoutSeconds > 0 ? TimeSpan.FromSeconds(TimeoutSeconds) : null };

    /// <summary>Runs a workflow here or as a job. Ask ShouldProcess before: a job cannot.</summary>
    private protected void RunOrStartJob(Func<IOperationSink, CancellationToken, Task> workflow)
    {
        if (AsJob)
            StartJob(workflow);
        else
            Run(workflow);
    }
}
