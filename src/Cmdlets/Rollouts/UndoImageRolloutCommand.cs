using System.Management.Automation;
using ImageCmdlets.Engine.Rollouts;

namespace ImageCmdlets.Commands;

/// <summary>Takes bad image versions back: excludes them from latest everywhere, and gives what names them the last good version.</summary>
[Cmdlet(VerbsCommon.Undo, "ImageRollout", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ImageRolloutResult))]
public sealed class UndoImageRolloutCommand : VersionTargetCmdlet
{
    /// <summary>The number or id of the version to go back to; without it, in each region, the greatest before the bad one that counts as latest there.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VersionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? To { get; set; }

    /// <summary>Why; it is written into a tag of the bad version, with the time and the account.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateLength(1, 256)]
    public string? Reason { get; set; }

    /// <summary>Only see to it that nobody gets the bad version any more; then no good one is needed, and scale sets that name it are left as they are.</summary>
    [Parameter]
    public SwitchParameter ExcludeOnly { get; set; }

    private protected override string ActionName => "Take image version back";

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        NoWait
            ? new ImageCmdletsException(ErrorIds.InvalidArgument, "A version is excluded before anything is pointed elsewhere, which has to be waited for.", nameof(NoWait), "Leave -NoWait out, or use -AsJob.")
            : null,
        ArgumentCheck.NotWith(ExcludeOnly && IsBound(nameof(To)), nameof(To), nameof(ExcludeOnly)),
    ];

    // What is asked is known when it is known what follows the version.
    private protected override bool ApproveTarget(ResourceId id) => true;

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        var options = new UndoRolloutOptions { Id = ids, To = To, Reason = Reason, ExcludeOnly = ExcludeOnly };
        CollectingSink<ImageRolloutResult>? plan = null;
        Run((sink, token) => RolloutService.PlanAsync(session, options, run, plan = new CollectingSink<ImageRolloutResult>(sink), token));
        ImageRolloutResult[] planned = [.. plan!.Items.Where(row => row.Action != ImageRolloutAction.None && row.Error is null)];
        string[] agreed = [.. planned.Where(row => Approve(Describe(row), row.Action == ImageRolloutAction.Exclude ? ActionName : "Point scale set at good version", Force)).Select(row => row.Id)];
        if (agreed.Length > 0)
        {
            RunOrStartJob((sink, token) => RolloutService.UndoAsync(session, options with { Agreed = agreed }, run, sink, token));
            return;
        }

        // Nothing is done then; what cannot be changed is told all the same.
        if (IsWhatIf)
            WriteObject(plan.Items.Where(row => row.Action == ImageRolloutAction.None), enumerateCollection: true);
    }

    private static string Describe(ImageRolloutResult row)
    {
        string good = ImageCmdlets.ResourceId.TryParse(row.To) is { } to ? (row.Action == ImageRolloutAction.Exclude ? $", to go back to {to.Name}" : $", from {ImageCmdlets.ResourceId.TryParse(row.From)!.Name} to {to.Name}") : string.Empty;
        return $"{row.Name} in {row.ResourceGroupName}{good}";
    }
}
