using System.Management.Automation;
using ImageCmdlets.Engine.Retention;

namespace ImageCmdlets.Commands;

/// <summary>Carries out a plan of Get-ImageRetention: looks again, then excludes and deletes the versions that are still to go.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ImageRetention", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ImageRetentionResult))]
public sealed class InvokeImageRetentionCommand : LongRunningCmdlet
{
    private readonly List<ImageRetention> _plan = [];

    /// <summary>What Get-ImageRetention gave; versions that are to stay are passed over.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public ImageRetention[] InputObject { get; set; } = [];

    /// <summary>The brake: a plan that removes more versions is refused whole.</summary>
    [Parameter]
    [ValidateRange(0, 100_000)]
    public int MaxRemove { get; set; } = 5;

    /// <summary>Only exclude the versions from latest, so that they can be removed another day.</summary>
    [Parameter]
    public SwitchParameter ExcludeOnly { get; set; }

    /// <summary>Do not ask; safety checks stay.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    // One on its way costs nothing but a look now and then.
    private protected override int DefaultThrottleLimit => RetentionService.VersionsAtOnce;

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        NoWait
            ? new ImageCmdletsException(ErrorIds.InvalidArgument, "Each version is excluded before it is removed, which has to be waited for.", nameof(NoWait), "Leave -NoWait out, or use -AsJob.")
            : null,
    ];

    protected override void ProcessRecord() => _plan.AddRange(InputObject.Where(row => row.Action == ImageRetentionAction.Remove));

    protected override void EndProcessing()
    {
        if (_plan.Count == 0)
            return;

        ImageSession session = RequireSession();
        RunOptions run = RunOptions;
        try
        {
            // The brake counts what was planned, not what the user agrees to one by one.
            RetentionService.RequireWithin(_plan, MaxRemove);
        }
        catch (ImageCmdletsException refusal)
        {
            Report(refusal);
            return;
        }

        string action = ExcludeOnly ? "Exclude image version from latest" : "Remove image version";
        ImageRetention[] agreed = [.. _plan.Where(row => Approve($"{row.Version} of {row.DefinitionName} ({string.Join("; ", row.Reason)})", action, Force))];
        if (agreed.Length == 0)
            return;

        var options = new InvokeImageRetentionOptions { Plan = agreed, MaxRemove = MaxRemove, ExcludeOnly = ExcludeOnly };
        RunOrStartJob((sink, token) => RetentionService.InvokeAsync(session, options, run, sink, token));
    }
}
