using System.Management.Automation;
using ImageCmdlets.Engine.Operations;

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
    public int ThrottleLimit { get; set; }

    /// <summary>How many at once where the user does not say.</summary>
    private protected virtual int DefaultThrottleLimit => 16;

    /// <summary>The bounds, for the engine.</summary>
    private protected RunOptions RunOptions => new()
    {
        ThrottleLimit = ThrottleLimit > 0 ? ThrottleLimit : DefaultThrottleLimit,
        NoWait = NoWait,
        Timeout = TimeoutSeconds > 0 ? TimeSpan.FromSeconds(TimeoutSeconds) : null,
    };

    /// <summary>The regions given as parameters, in which something is to be made.</summary>
    private protected virtual IReadOnlyList<string> GivenLocations => [];

    /// <summary>The subscription that must have them; null: the session's.</summary>
    private protected virtual string? LocationSubscriptionId => SubscriptionId;

    /// <summary>The session that reads them; null: the command's own.</summary>
    private protected virtual ImageSession? LocationSession => null;

    /// <summary>Refuses what the parameters alone show to be impossible.</summary>
    /// <remarks>PowerShell calls this for every command of a pipeline before the first object flows: what Invoke-Generalize would use up for an
    /// image that cannot be copied to "mars" is still untouched.</remarks>
    protected sealed override void BeginProcessing()
    {
        ImageSession? session = AsksAzure ? RequireSession() : null;
        ImageCmdletsException[] found = [.. ArgumentProblems().OfType<ImageCmdletsException>()];
        if (session is null)
        {
            if (found.Length > 0)
                ThrowTerminatingError(ErrorRecords.Of(found[0]));
            return;
        }

        if (found.Length == 0 && GivenLocations.Count == 0)
            return;

        ImageCmdletsException? refusal = null;
        Run(async (sink, token) =>
        {
            try
            {
                await PreflightService.RequireAsync(LocationSession ?? session, LocationSubscriptionId, GivenLocations, found, sink, token).ConfigureAwait(false);
            }
            catch (ImageCmdletsException problem)
            {
                refusal = problem;
            }
        });
        if (refusal is not null)
            ThrowTerminatingError(ErrorRecords.Of(refusal));
    }

    /// <summary>Whether this call needs a session.</summary>
    private protected virtual bool AsksAzure => true;

    /// <summary>What is wrong with the parameters that were given; nulls count as nothing. What comes down the pipeline is not there yet.</summary>
    private protected virtual IEnumerable<ImageCmdletsException?> ArgumentProblems() => [];

    /// <summary>Runs a workflow here or as a job. Ask ShouldProcess before: a job cannot.</summary>
    private protected void RunOrStartJob(Func<IOperationSink, CancellationToken, Task> workflow)
    {
        if (AsJob)
            StartJob(workflow);
        else
            Run(workflow);
    }
}
