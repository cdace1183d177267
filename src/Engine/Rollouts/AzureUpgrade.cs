using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.ScaleSets;

namespace ImageCmdlets.Engine.Rollouts;

/// <summary>Tells what Azure's own upgrade of a scale set's machines came to: all at once, or rolling.</summary>
/// <param name="operation">The running command.</param>
/// <param name="rollout">What was to be.</param>
/// <param name="outdated">The machines that were to get the image, as they were before.</param>
internal sealed class AzureUpgrade(Operation operation, SetRollout rollout, IReadOnlyList<ImageScaleSetInstance> outdated)
{
    /// <summary>Writes a row for each machine.</summary>
    /// <param name="failure">Why Azure gave the upgrade up; null where it did not.</param>
    /// <exception cref="ImageCmdletsException">RolloutStopped.</exception>
    public async Task TellAsync(ImageCmdletsException? failure)
    {
        Dictionary<string, string?> before = outdated.ToDictionary(machine => machine.Id, machine => machine.Image, StringComparer.OrdinalIgnoreCase);
        Watched<IReadOnlyList<ImageScaleSetInstance>> seen = await Watch.UntilAsync(operation, () => ScaleSetReader.InstancesAsync(operation, rollout.Set),
            all => failure is not null || all.Where(machine => before.ContainsKey(machine.Id)).All(IsWell), rollout.Pace.HealthTimeout, null).ConfigureAwait(false);
        ImageScaleSetInstance[] machines = [.. seen.Last.Where(machine => before.ContainsKey(machine.Id))];
        ImageScaleSetInstance[] reached = [.. machines.Where(IsReached)];
        ImageScaleSetInstance[] unwell = [.. reached.Where(machine => !IsWell(machine))];
        bool isStopped = failure is not null || RolloutMachine.IsMore(unwell.Length, reached.Length, rollout.UpgradedPercent);
        foreach (ImageScaleSetInstance machine in machines)
        {
            string? state = IsReached(machine)
                ? IsWell(machine) ? RolloutState.Updated : machine.ProvisioningState == "Failed" ? RolloutState.Failed : RolloutState.Unhealthy
                : isStopped ? RolloutState.Pending : null;

            // What Azure has left although it did not stop is the same command's next task.
            if (state is not null)
                await operation.WriteAsync(RolloutScaleSets.Machine(rollout, machine, ImageRolloutAction.Upgrade, state) with { From = before[machine.Id] }).ConfigureAwait(false);
        }

        if (!isStopped)
            return;

        string why = failure?.Message ?? $"{unwell.Length} of {reached.Length} machines with the new image are not healthy ({string.Join(", ", unwell.Take(5).Select(machine => machine.InstanceId))}).";
        throw new ImageCmdletsException(ErrorIds.RolloutStopped, $"The rollout to '{rollout.Id.Name}' stopped: {why} {machines.Length - reached.Length} of its machines still are as they were.", rollout.Id.Text, rollout.Advice, failure);
    }

    private bool IsReached(ImageScaleSetInstance machine) => machine.LatestModelApplied != false && rollout.HasImage(machine);

    private bool IsWell(ImageScaleSetInstance machine) => RolloutMachine.IsSettled(machine, rollout.IsWatched);
}
