using ImageCmdlets.Engine.ScaleSets;

namespace ImageCmdlets.Engine.Rollouts;

/// <summary>What is to be done with one scale set, everything checked.</summary>
/// <param name="Options">What is asked for.</param>
/// <param name="Rollout">Set, image and pace.</param>
/// <param name="Machines">The set's machines before.</param>
internal sealed record UpdatePlan(UpdateScaleSetOptions Options, SetRollout Rollout, IReadOnlyList<ImageScaleSetInstance> Machines)
{
    /// <summary>The set before.</summary>
    public ImageScaleSet Before { get; } = ScaleSetMapper.Map(Rollout.Set);

    public bool IsFlexible => Before.OrchestrationMode == ScaleSetDefinition.Flexible;

    /// <summary>Whether Azure brings the machines to a new model by itself.</summary>
    public bool IsByAzure => !IsFlexible && Before.UpgradeMode is "Automatic" or "Rolling";

    /// <summary>Whether the model names the image already, so that an earlier run goes on.</summary>
    public bool IsNamed => RolloutScaleSets.Names(Rollout.Set, Rollout.Model);

    /// <summary>Whether the model follows the latest version, which is another one than some machines have that it believes to be up to date.</summary>
    public bool IsMoved => IsNamed && !IsFlexible && !string.Equals(Rollout.Model, Rollout.Image, StringComparison.OrdinalIgnoreCase)
        && Machines.Any(machine => machine.LatestModelApplied == true && !Rollout.HasImage(machine));

    /// <summary>The machines that do not run the image yet, or are not as the model wants them for another reason.</summary>
    public IReadOnlyList<ImageScaleSetInstance> Outdated =>
        [.. Machines.Where(machine => Rollout.IsIncluded(machine) && (!Rollout.HasImage(machine) || (IsNamed && machine.LatestModelApplied == false)))];

    /// <summary>What would be done: the model first, then each machine in the number of its batch, where there are batches.</summary>
    public IEnumerable<ImageRolloutResult> Rows()
    {
        var model = new ImageRolloutResult
        {
            Id = Rollout.Id.Text,
            Kind = ImageUserKind.ScaleSet,
            Location = Before.Location,
            Action = IsNamed && !IsMoved ? ImageRolloutAction.None : ImageRolloutAction.Repoint,
            State = RolloutState.Planned,
            From = Before.Image,
            To = Rollout.Model,
        };
        int size = Before.UpgradeMode == "Automatic" && !IsFlexible ? Machines.Count : RolloutBatch.Size(Machines.Count, Rollout.BatchPercent);
        bool isReached = !Options.ModelOnly && (!IsFlexible || Options.ReplaceMachine);
        return
        [
            model,
            .. RolloutBatch.Choose(Outdated.Where(machine => !machine.IsProtected), isReached ? int.MaxValue : 0).Select((machine, index) =>
                RolloutScaleSets.Machine(Rollout, machine, IsFlexible ? ImageRolloutAction.Replace : ImageRolloutAction.Upgrade, RolloutState.Planned) with { Batch = (index / size) + 1 }),
        ];
    }
}
