using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.ScaleSets;

namespace ImageCmdlets.Engine.Rollouts;

/// <summary>Gives one scale set another image: first the model, then its machines, as its upgrade mode has it.</summary>
/// <remarks>Source: <c>VirtualMachineScaleSets_Update</c>, <c>_UpdateInstances</c>.</remarks>
internal sealed class ScaleSetUpdate(Operation operation, UpdatePlan plan, RunOptions run)
{
    private readonly SetRollout _rollout = plan.Rollout;

    private int Surplus => RolloutBatch.Size(plan.Machines.Count, _rollout.BatchPercent);

    private bool IsReplaced => plan.IsFlexible && plan.Options.ReplaceMachine;

    /// <exception cref="ImageCmdletsException">RolloutStopped; InvalidArgument: -NoWait where batches have to be waited for; what Azure refused.</exception>
    public async Task RunAsync()
    {
        if (run.NoWait)
        {
            await BeginAsync().ConfigureAwait(false);
            return;
        }

        if (!_rollout.IsWatched && plan.Outdated.Count > 0 && !plan.Options.ModelOnly)
            operation.Warning($"Nothing watches the health of '{_rollout.Id.Name}': its machines count as healthy when they have come up. New-ImageScaleSet -HealthProtocol has Azure watch them.");
        await SettleAsync().ConfigureAwait(false);
        if (!plan.IsNamed || plan.IsMoved || (IsReplaced && plan.Outdated.Count > 0 && !RolloutCapacity.IsKept(_rollout.Set, plan.Machines, Surplus)))
            await RepointAsync().ConfigureAwait(false);
        if (plan.Options.ModelOnly || (plan.IsFlexible && !IsReplaced))
            await LeaveAsync().ConfigureAwait(false);
        else if (plan.IsFlexible)
            await ReplaceAsync().ConfigureAwait(false);
        else
            await new UniformRollout(operation, _rollout).RunAsync().ConfigureAwait(false);
    }

    private async Task ReplaceAsync()
    {
        foreach (ImageScaleSetInstance other in plan.Options.InstanceId is null ? plan.Machines.Where(machine => !_rollout.HasImage(machine) && !_rollout.IsIncluded(machine)) : [])
        {
            await operation.WriteAsync(RolloutScaleSets.Machine(_rollout, other, ImageRolloutAction.None, RolloutState.Skipped) with
            {
                To = null,
                Reason = "Its image is none of the set's model: somebody joined it. Name it with -InstanceId to replace it too.",
            }).ConfigureAwait(false);
        }

        await new FlexibleRollout(operation, _rollout, RolloutCapacity.Of(_rollout.Set, plan.Machines)).RunAsync().ConfigureAwait(false);
    }

    private async Task BeginAsync()
    {
        if (!plan.IsByAzure && !plan.Options.ModelOnly && plan.Outdated.Count > 0 && (!plan.IsFlexible || IsReplaced))
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"The machines of '{_rollout.Id.Name}' are changed batch by batch, which has to be waited for.", _rollout.Id.Text,
                "Leave -NoWait out, or use -AsJob; or pass -ModelOnly.");
        }

        DateTimeOffset begin = operation.Clock.UtcNow;
        ArmAnswer answer = await RolloutScaleSets.BeginAsync(operation, _rollout.Id.Text, _rollout.Model, More()).ConfigureAwait(false);
        await StartedOperation.WriteAsync(operation, _rollout.Id, "Update", begin, answer).ConfigureAwait(false);
    }

    // What an earlier run or somebody else began has to end first: Azure takes nothing else meanwhile. How it ended the machines show.
    private async Task SettleAsync()
    {
        if (ArmStates.IsEnd(plan.Before.ProvisioningState ?? "Succeeded"))
            return;

        using var progress = new StepProgress(operation, _rollout.Id.Text, $"Updating scale set {_rollout.Id.Name}");
        progress.Begin("Waiting until Azure has done what it does with it", 0);
        await RolloutScaleSets.SettleAsync(operation, _rollout.Id.Text, progress.Waiting).ConfigureAwait(false);
    }

    private async Task RepointAsync()
    {
        using var progress = new StepProgress(operation, _rollout.Id.Text, $"Updating scale set {_rollout.Id.Name}");
        progress.Begin(plan.IsByAzure ? $"Azure upgrades its machines ({plan.Before.UpgradeMode})" : "Model", 0);
        ArmAnswer? begun = null;
        await RolloutScaleSets.WhenFreeAsync(operation, _rollout.Id.Text, async () =>
            begun = await RolloutScaleSets.BeginAsync(operation, _rollout.Id.Text, _rollout.Model, More()).ConfigureAwait(false)).ConfigureAwait(false);
        ImageCmdletsException? failure = null;
        try
        {
            await operation.Poller.WaitAsync(begun!, _rollout.Id.Text, progress.Waiting, operation.CancellationToken).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception) when (plan.IsByAzure)
        {
            failure = exception;
        }

        if (plan.IsNamed && !plan.IsMoved)
            return;

        await operation.WriteAsync(new ImageRolloutResult
        {
            Id = _rollout.Id.Text,
            Kind = ImageUserKind.ScaleSet,
            Location = plan.Before.Location,
            Action = ImageRolloutAction.Repoint,
            State = RolloutState.Repointed,
            From = plan.Before.Image,
            To = _rollout.Model,
        }).ConfigureAwait(false);
        if (plan.IsByAzure)
            await new AzureUpgrade(operation, _rollout, plan.Outdated).TellAsync(failure).ConfigureAwait(false);
    }

    private async Task LeaveAsync()
    {
        foreach (ImageScaleSetInstance machine in plan.Outdated)
        {
            ImageRolloutAction action = plan.IsFlexible ? ImageRolloutAction.Replace : ImageRolloutAction.Upgrade;
            await operation.WriteAsync(RolloutScaleSets.Machine(_rollout, machine, action, RolloutState.Pending)).ConfigureAwait(false);
        }

        if (plan.Outdated.Count > 0 && !plan.Options.ModelOnly)
            operation.Warning($"The next machines of '{_rollout.Id.Name}' get the image; the {plan.Outdated.Count} that are there keep theirs, because Azure gives no machine of a flexible scale set another one. Pass -ReplaceMachine to have new ones made in their place.");
    }

    // What is changed with the model: the pace that Azure itself is to keep, and how many machines there are while some are there twice.
    private JsonObject? More()
    {
        RolloutPace asked = plan.Options.Pace;
        if (IsReplaced)
            return new JsonObject { ["tags"] = RolloutCapacity.Tags(_rollout.Set, plan.Machines, Surplus) };
        RollingPolicyOptions? now = ScaleSetUpgradePolicy.Read(_rollout.Set);
        if (now is null || plan.IsFlexible)
            return null;

        RollingPolicyOptions wanted = now with
        {
            MaxBatchPercent = asked.MaxBatchPercent ?? now.MaxBatchPercent,
            MaxUnhealthyPercent = asked.MaxUnhealthyPercent ?? now.MaxUnhealthyPercent,
            MaxUnhealthyUpgradedPercent = asked.MaxUnhealthyUpgradedPercent ?? now.MaxUnhealthyUpgradedPercent,
            PauseBetweenBatches = asked.Pause ?? now.PauseBetweenBatches,
        };
        return wanted == now ? null : new JsonObject { ["properties"] = new JsonObject { ["upgradePolicy"] = new JsonObject { ["rollingUpgradePolicy"] = ScaleSetUpgradePolicy.Body(wanted) } } };
    }
}
