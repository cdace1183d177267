using System.Management.Automation;
using ImageCmdlets.Engine.Tracking;

namespace ImageCmdlets.Commands;

/// <summary>Waits until Azure has done its part of operations.</summary>
[Cmdlet(VerbsLifecycle.Wait, "ImageOperation")]
[OutputType(typeof(ImageOperation))]
public sealed class WaitImageOperationCommand : OperationQueryCmdlet
{
    /// <summary>Wait in the background; the job's output is the command's.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <summary>Seconds to wait at most. What Azure has begun goes on, and the same command waits for it again.</summary>
    [Parameter]
    [ValidateRange(1, 604800)]
    public int TimeoutSeconds { get; set; }

    private protected override void Start(Func<IOperationSink, CancellationToken, Task> workflow)
    {
        if (AsJob)
            StartJob(workflow);
        else
            Run(workflow);
    }

    private protected override Task AskAsync(ImageSession session, ImageOperationQuery query, IOperationSink sink, CancellationToken cancellationToken)
    {
        var run = new RunOptions { Timeout = TimeoutSeconds > 0 ? TimeSpan.FromSeconds(TimeoutSeconds) : null };
        return TrackingService.WaitAsync(session, query, run, sink, cancellationToken);
    }
}
