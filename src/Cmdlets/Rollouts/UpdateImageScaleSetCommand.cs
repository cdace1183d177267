using System.Management.Automation;
using ImageCmdlets.Engine.Marketplace;
using ImageCmdlets.Engine.Rollouts;

namespace ImageCmdlets.Commands;

/// <summary>Gives scale sets another image, and their machines, batch by batch as long as they come up well.</summary>
[Cmdlet(VerbsData.Update, "ImageScaleSet", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ImageRolloutResult), typeof(ImageOperation))]
public sealed class UpdateImageScaleSetCommand : TargetCmdlet<ImageScaleSet>
{
    /// <summary>A URN, the id of an image, image definition or image version, that of an image which somebody else shares, or the name of an image in the set's group.</summary>
    [Parameter(Mandatory = true, Position = 2)]
    [Alias("Urn", "ImageId")]
    [ArgumentCompleter(typeof(MachineImageCompleter))]
    [ValidateNotNullOrEmpty]
    public string Image { get; set; } = string.Empty;

    /// <summary>Percent of the machines that get it at once, and at least one; without it 20. Of a set with the upgrade mode Rolling it becomes the set's policy, as the next three do.</summary>
    [Parameter]
    [Alias("BatchPercent", "MaxBatchInstancePercent")]
    [ValidateRange(5, 100)]
    public int? MaxBatchPercent { get; set; }

    /// <summary>Percent of all machines that may be unhealthy before a batch; without it 20.</summary>
    [Parameter]
    [Alias("MaxUnhealthyInstancePercent")]
    [ValidateRange(5, 100)]
    public int? MaxUnhealthyPercent { get; set; }

    /// <summary>Percent of the machines with the new image that may be unhealthy; without it 0, so that the first one stops the rollout, or what the set's own rolling policy says.</summary>
    [Parameter]
    [Alias("MaxUnhealthyUpgradedInstancePercent")]
    [ValidateRange(0, 100)]
    public int? MaxUnhealthyUpgradedPercent { get; set; }

    /// <summary>How long to wait between batches; health is looked at once more when it is over. Without it not at all.</summary>
    [Parameter]
    [Alias("PauseTimeBetweenBatches")]
    public TimeSpan? PauseBetweenBatches { get; set; }

    /// <summary>Seconds that a machine may take to become healthy once it has the image; without it 300.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int HealthTimeoutSeconds { get; set; } = 300;

    /// <summary>The only machines that get it, by their numbers or names: a few to try it on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] InstanceId { get; set; } = [];

    /// <summary>Only change the model: the next machines get the image, those that are there keep theirs.</summary>
    [Parameter]
    public SwitchParameter ModelOnly { get; set; }

    /// <summary>Make new machines in the place of those of a flexible scale set, which Azure gives no other image; what is on their disks is lost.</summary>
    [Parameter]
    public SwitchParameter ReplaceMachine { get; set; }

    private protected override string TargetType => ResourceTypes.ScaleSet;

    private protected override string ActionName => "Update scale set";

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        ArgumentCheck.NotWith(ModelOnly && ReplaceMachine, nameof(ModelOnly), nameof(ReplaceMachine)),
        ArgumentCheck.NotWith(ModelOnly && InstanceId.Length > 0, nameof(ModelOnly), nameof(InstanceId)),
        ArgumentCheck.Pause(nameof(PauseBetweenBatches), PauseBetweenBatches),
    ];

    // What is asked is known when it is known what would be done.
    private protected override bool ApproveTarget(ResourceId id) => true;

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        UpdateScaleSetOptions[] requests = [.. ids.Select(Request)];
        CollectingSink<ImageRolloutResult>? plan = null;
        Run((sink, token) => RolloutService.PlanUpdateAsync(session, requests, run, plan = new CollectingSink<ImageRolloutResult>(sink), token));
        UpdateScaleSetOptions[] agreed = [.. requests.Where(request => IsAgreed(request, plan!.Items))];
        if (agreed.Length > 0)
            RunOrStartJob((sink, token) => RolloutService.UpdateAsync(session, agreed, run, sink, token));
    }

    private UpdateScaleSetOptions Request(string id) => new()
    {
        Id = id,
        Image = ImageAliases.UrnOf(Image),
        InstanceId = InstanceId.Length > 0 ? InstanceId : null,
        ModelOnly = ModelOnly,
        ReplaceMachine = ReplaceMachine,
        Pace = new RolloutPace
        {
            MaxBatchPercent = MaxBatchPercent,
            MaxUnhealthyPercent = MaxUnhealthyPercent,
            MaxUnhealthyUpgradedPercent = MaxUnhealthyUpgradedPercent,
            Pause = PauseBetweenBatches,
            HealthTimeout = TimeSpan.FromSeconds(HealthTimeoutSeconds),
        },
    };

    // Nothing is asked where nothing is to be done but, perhaps, to take away the mark of a run that was killed; a set that was refused has no plan.
    private bool IsAgreed(UpdateScaleSetOptions request, IReadOnlyList<ImageRolloutResult> plan)
    {
        if (plan.FirstOrDefault(row => string.Equals(row.Id, request.Id, StringComparison.OrdinalIgnoreCase)) is not { } model)
            return false;

        ImageRolloutResult[] machines = [.. plan.Where(row => string.Equals(row.ScaleSetId, request.Id, StringComparison.OrdinalIgnoreCase))];
        if (model.Action == ImageRolloutAction.None && machines.Length == 0)
        {
            WriteVerbose($"'{model.Name}' and all its machines that are meant have the image already.");
            return ReplaceMachine && !IsWhatIf;
        }

        int batches = machines.Length == 0 ? 0 : machines.Max(row => row.Batch ?? 1);
        string reach = machines.Length == 0 ? "its machines keep theirs" : $"{machines.Length} machines in {batches} {(batches == 1 ? "batch" : "batches")}";
        string action = machines.Any(row => row.Action == ImageRolloutAction.Replace) ? "Replace machines of scale set, their disks are lost" : ActionName;
        return Approve($"{model.Name} in {model.ResourceGroupName}, from {model.FromName} to {model.ToName}: {reach}", action, Force);
    }
}
