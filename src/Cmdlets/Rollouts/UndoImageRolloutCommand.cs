using System.Management.Automation;
using ImageCmdlets.Engine.Rollouts;

namespace ImageCmdlets.Commands;

/// <summary>Takes bad image versions back: excludes them from latest everywhere, and gives scale sets and their machines the last good version.</summary>
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

    /// <summary>Give models of scale sets the good version, and leave their machines as they are.</summary>
    [Parameter]
    public SwitchParameter ModelOnly { get; set; }

    /// <summary>Make new machines in the place of those of flexible scale sets, which Azure gives no other image; what is on their disks is lost.</summary>
    [Parameter]
    public SwitchParameter ReplaceMachine { get; set; }

    /// <summary>Percent of a set's machines that are brought back at once, and at least one; without it 20.</summary>
    [Parameter]
    [Alias("BatchPercent")]
    [ValidateRange(5, 100)]
    public int? MaxBatchPercent { get; set; }

    /// <summary>How long to wait between batches; without it not at all.</summary>
    [Parameter]
    public TimeSpan? PauseBetweenBatches { get; set; }

    /// <summary>Seconds that a machine may take to become healthy once it has the good version; without it 300.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int HealthTimeoutSeconds { get; set; } = 300;

    private protected override string ActionName => "Take image version back";

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        NoWait
            ? new ImageCmdletsException(ErrorIds.InvalidArgument, "A version is excluded before anything is pointed elsewhere, which has to be waited for.", nameof(NoWait), "Leave -NoWait out, or use -AsJob.")
            : null,
        ArgumentCheck.NotWith(ExcludeOnly && IsBound(nameof(To)), nameof(To), nameof(ExcludeOnly)),
        ArgumentCheck.NotWith(ReplaceMachine && (ModelOnly || ExcludeOnly), nameof(ReplaceMachine), ModelOnly ? nameof(ModelOnly) : nameof(ExcludeOnly)),
        ArgumentCheck.Pause(nameof(PauseBetweenBatches), PauseBetweenBatches),
    ];

    // What is asked is known when it is known what follows the version.
    private protected override bool ApproveTarget(ResourceId id) => true;

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        UndoRolloutOptions options = Options(ids);
        CollectingSink<ImageRolloutResult>? plan = null;
        Run((sink, token) => RolloutService.PlanAsync(session, options, run, plan = new CollectingSink<ImageRolloutResult>(sink), token));
        ImageRolloutResult[] planned = [.. plan!.Items.Where(row => row.Action != ImageRolloutAction.None && row.Error is null)];
        string[] agreed = [.. planned.GroupBy(Asked).Where(IsAgreed).SelectMany(group => group).Select(row => row.Id)];
        if (agreed.Length > 0)
        {
            RunOrStartJob((sink, token) => RolloutService.UndoAsync(session, options with { Agreed = agreed }, run, sink, token));
            return;
        }

        // Nothing is done then; what cannot be changed is told all the same.
        if (IsWhatIf)
            WriteObject(plan.Items.Where(row => row.Action == ImageRolloutAction.None), enumerateCollection: true);
    }

    private UndoRolloutOptions Options(IReadOnlyList<string> ids) => new()
    {
        Id = ids,
        To = To,
        Reason = Reason,
        ExcludeOnly = ExcludeOnly,
        ModelOnly = ModelOnly,
        ReplaceMachine = ReplaceMachine,
        Pace = new RolloutPace { MaxBatchPercent = MaxBatchPercent, Pause = PauseBetweenBatches, HealthTimeout = TimeSpan.FromSeconds(HealthTimeoutSeconds) },
    };

    // A version and a model are asked about by themselves, the machines of a set together.
    private static string Asked(ImageRolloutResult row) => row.Action is ImageRolloutAction.Upgrade or ImageRolloutAction.Replace ? row.ScaleSetId!.ToUpperInvariant() : row.Id;

    private bool IsAgreed(IGrouping<string, ImageRolloutResult> group)
    {
        ImageRolloutResult first = group.First();
        return first.Action switch
        {
            ImageRolloutAction.Exclude => Approve(Describe(first), ActionName, Force),
            ImageRolloutAction.Repoint => Approve(Describe(first), "Point scale set at good version", Force),
            _ => Approve(DescribeMachines([.. group]), first.Action == ImageRolloutAction.Replace ? "Replace machines, their disks are lost" : "Bring machines back", Force),
        };
    }

    private static string DescribeMachines(IReadOnlyList<ImageRolloutResult> machines)
    {
        ResourceId set = ImageCmdlets.ResourceId.TryParse(machines[0].ScaleSetId)!;
        return $"{machines.Count} machines of {set.Name} in {set.ResourceGroupName}, to {ImageCmdlets.ResourceId.TryParse(machines[0].To)!.Name}";
    }

    private static string Describe(ImageRolloutResult row)
    {
        string good = ImageCmdlets.ResourceId.TryParse(row.To) is { } to ? (row.Action == ImageRolloutAction.Exclude ? $", to go back to {to.Name}" : $", from {ImageCmdlets.ResourceId.TryParse(row.From)!.Name} to {to.Name}") : string.Empty;
        return $"{row.Name} in {row.ResourceGroupName}{good}";
    }
}
