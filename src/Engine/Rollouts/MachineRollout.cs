using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.ScaleSets;

namespace ImageCmdlets.Engine.Rollouts;

/// <summary>Brings the machines of one scale set to its model, batch by batch, and stops at the first batch that does not come up well.</summary>
/// <remarks>Everything is decided by what Azure says at the time, so that the same command goes on where another stopped.</remarks>
/// <param name="operation">The running command.</param>
/// <param name="rollout">What is to be.</param>
internal abstract class MachineRollout(Operation operation, SetRollout rollout)
{
    // Taken back, a version is not brought to more machines when most that have the good one are ill as well.
    private const int Half = 50;

    private readonly HashSet<string> _brought = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _wasOff = new(StringComparer.OrdinalIgnoreCase);
    private int _batch;

    protected Operation Operation => operation;

    protected SetRollout Rollout => rollout;

    /// <summary>What is done with a machine.</summary>
    protected abstract ImageRolloutAction Action { get; }

    /// <summary>Runs to the end.</summary>
    /// <exception cref="ImageCmdletsException">RolloutStopped: the machines that were reached were told of before; others: nothing was done to a batch.</exception>
    public async Task RunAsync()
    {
        using var progress = new StepProgress(operation, rollout.Id.Text, $"Updating scale set {rollout.Id.Name}");
        IReadOnlyList<ImageScaleSetInstance> machines = await ReadAsync().ConfigureAwait(false);
        foreach (ImageScaleSetInstance spared in machines.Where(machine => machine.IsProtected && IsOutdated(machine) && rollout.IsIncluded(machine)))
            await WriteAsync(spared, RolloutState.Protected, "It is protected from what its set does.").ConfigureAwait(false);
        while (Pending(machines) is { Count: > 0 } pending)
        {
            await RequireModelAsync(pending).ConfigureAwait(false);
            await RequireHealthAsync(machines, pending).ConfigureAwait(false);
            IReadOnlyList<ImageScaleSetInstance> batch = RolloutBatch.Choose(pending, RolloutBatch.Size(machines.Count, rollout.BatchPercent));
            _batch++;
            progress.Begin($"Batch {_batch}: {batch.Count} of {pending.Count} machines that are left", PercentDone(machines));
            machines = await RunBatchAsync(batch, machines, progress.Waiting).ConfigureAwait(false);
            if (Pending(machines).Count > 0 && rollout.Pause > TimeSpan.Zero)
            {
                progress.Begin($"Pausing after batch {_batch}", PercentDone(machines));
                await operation.Clock.DelayAsync(rollout.Pause, operation.CancellationToken).ConfigureAwait(false);
                machines = await ReadAsync().ConfigureAwait(false);
            }
        }

        ImageScaleSetInstance[] others = [.. machines.Where(machine => !machine.IsProtected && rollout.IsIncluded(machine) && !rollout.HasImage(machine))];
        if (others.Length > 0)
            await StopAsync([], $"{others.Length} machines are as the model wants them, and run another image ({Names(others)}).", null).ConfigureAwait(false);
        await EndAsync().ConfigureAwait(false);
    }

    /// <summary>Whether a machine is not yet as the model wants it.</summary>
    protected abstract bool IsOutdated(ImageScaleSetInstance machine);

    /// <summary>Asks Azure for a change of the set, as soon as nobody else's is under way: autoscale's, for instance.</summary>
    protected Task ChangeAsync(Func<Task<ArmAnswer>> begin, Action<TimeSpan> onPoll) => RolloutScaleSets.WhenFreeAsync(operation, rollout.Id.Text, async () =>
    {
        ArmAnswer begun = await begin().ConfigureAwait(false);
        await operation.Poller.WaitAsync(begun, rollout.Id.Text, onPoll, operation.CancellationToken).ConfigureAwait(false);
    });

    /// <summary>Gives a batch the new image.</summary>
    /// <param name="batch">The machines that are to have it.</param>
    /// <param name="machines">All machines of the set.</param>
    /// <param name="onPoll">Told the time waited so far.</param>
    /// <returns>The ids of the machines that have it then: the batch's, or those of its successors.</returns>
    protected abstract Task<IReadOnlyList<string>> BringAsync(IReadOnlyList<ImageScaleSetInstance> batch, IReadOnlyList<ImageScaleSetInstance> machines, Action<TimeSpan> onPoll);

    /// <summary>What is left to do with a batch when its successors are healthy.</summary>
    /// <returns>The machines of the set then.</returns>
    protected virtual Task<IReadOnlyList<ImageScaleSetInstance>> RetireAsync(IReadOnlyList<ImageScaleSetInstance> batch, IReadOnlyList<ImageScaleSetInstance> machines) =>
        Task.FromResult(machines);

    /// <summary>What is left to do when all machines are as they should be.</summary>
    protected virtual Task EndAsync() => Task.CompletedTask;

    protected Task<IReadOnlyList<ImageScaleSetInstance>> ReadAsync() => ScaleSetReader.InstancesAsync(operation, rollout.Set);

    protected Task WriteAsync(ImageScaleSetInstance machine, string state, string? reason = null, ImageCmdletsException? error = null, string? from = null, bool isOfBatch = false) =>
        operation.WriteAsync(RolloutScaleSets.Machine(rollout, machine, Action, state) with { Batch = isOfBatch ? _batch : null, From = from ?? machine.Image, Reason = reason, Error = error });

    private IReadOnlyList<ImageScaleSetInstance> Pending(IReadOnlyList<ImageScaleSetInstance> machines) =>
        [.. machines.Where(machine => IsOutdated(machine) && !machine.IsProtected && rollout.IsIncluded(machine))];

    private int PercentDone(IReadOnlyList<ImageScaleSetInstance> machines) => (machines.Count - Pending(machines).Count) * 100 / machines.Count;

    private async Task<IReadOnlyList<ImageScaleSetInstance>> RunBatchAsync(IReadOnlyList<ImageScaleSetInstance> batch, IReadOnlyList<ImageScaleSetInstance> machines, Action<TimeSpan> onPoll)
    {
        Dictionary<string, string?> before = batch.ToDictionary(machine => machine.Id, machine => machine.Image, StringComparer.OrdinalIgnoreCase);
        IReadOnlyList<string> ids = [.. before.Keys];
        ImageCmdletsException? failure = null;
        try
        {
            ids = await BringAsync(batch, machines, onPoll).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception)
        {
            failure = exception;
        }

        _brought.UnionWith(ids);
        _wasOff.UnionWith(batch.Where(machine => !RolloutMachine.IsOn(machine)).Select(machine => machine.Id));
        HashSet<string> meant = new(ids, StringComparer.OrdinalIgnoreCase);
        Watched<IReadOnlyList<ImageScaleSetInstance>> seen = await Watch.UntilAsync(operation, ReadAsync,
            all => failure is not null || all.Where(machine => meant.Contains(machine.Id)).All(IsWell), rollout.Pace.HealthTimeout, onPoll).ConfigureAwait(false);
        ImageScaleSetInstance[] now = [.. seen.Last.Where(machine => meant.Contains(machine.Id))];

        // Azure took the request for none of them: they are as they were, and so is the refusal.
        if (failure is not null && now.All(machine => IsOutdated(machine) && machine.ProvisioningState != "Failed"))
            throw failure;

        foreach (ImageScaleSetInstance machine in now)
        {
            (string state, string? reason) = Outcome(machine, failure);
            before.TryGetValue(machine.Id, out string? image);
            await WriteAsync(machine, state, reason, state == RolloutState.Updated ? null : failure, image, isOfBatch: true).ConfigureAwait(false);
        }

        ImageScaleSetInstance[] strays = [.. now.Where(machine => IsOutdated(machine) || !rollout.HasImage(machine))];
        if (strays.Length > 0 && failure is null)
            await StopAsync(Pending(seen.Last), $"{strays.Length} machines have another image than they were to get ({Names(strays)}).", null).ConfigureAwait(false);
        await RequireUpgradedAsync(seen.Last, failure).ConfigureAwait(false);
        try
        {
            return await RetireAsync(batch, seen.Last).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception)
        {
            await StopAsync(Pending(seen.Last), $"machines that have successors could not be removed: {exception.Message}", exception).ConfigureAwait(false);
            throw;
        }
    }

    // What was switched off stays so and need not serve; what was on, or is new, and is off now has gone down with the image. Of what had the image before nothing more is asked
    // than that nobody calls it unhealthy.
    private bool IsWell(ImageScaleSetInstance machine) => !_brought.Contains(machine.Id)
        ? !RolloutMachine.IsUnhealthy(machine)
        : RolloutMachine.IsSettled(machine, rollout.IsWatched) && (RolloutMachine.IsOn(machine) || _wasOff.Contains(machine.Id));

    private (string State, string? Reason) Outcome(ImageScaleSetInstance machine, ImageCmdletsException? failure) =>
        IsOutdated(machine) || !rollout.HasImage(machine) ? (RolloutState.Failed, "It did not get the image.")
            : IsWell(machine) ? (RolloutState.Updated, null)
            : machine.ProvisioningState == "Failed" ? (RolloutState.Failed, failure?.Message ?? "It did not come up with the image.")
            : (RolloutState.Unhealthy, $"It was not healthy {rollout.Pace.HealthTimeout.TotalSeconds:0} seconds after it had the image.");

    // Somebody else's image on the way to our machines would not be the one that was looked at, and in the end nobody would know which.
    private async Task RequireModelAsync(IReadOnlyList<ImageScaleSetInstance> pending)
    {
        ArmAnswer set = await operation.Arm.GetAsync(rollout.Id.Text, ArmApiVersions.Compute, operation.CancellationToken).ConfigureAwait(false);
        if (!RolloutScaleSets.Names(set.Body, rollout.Model))
            await StopAsync(pending, $"its model names {ScaleSetMapper.Map(set.Body).ImageName ?? "nothing"} by now: somebody else has changed it.", null).ConfigureAwait(false);
    }

    private async Task RequireHealthAsync(IReadOnlyList<ImageScaleSetInstance> machines, IReadOnlyList<ImageScaleSetInstance> pending)
    {
        await RequireUpgradedAsync(machines, null).ConfigureAwait(false);
        ImageScaleSetInstance[] good = [.. machines.Where(machine => !IsOutdated(machine) && rollout.HasImage(machine))], ill = [.. good.Where(RolloutMachine.IsUnhealthy)];
        if (!rollout.CountsEarlier && RolloutMachine.IsMore(ill.Length, good.Length, Half))
            await StopAsync(pending, $"{ill.Length} of {good.Length} machines that have the good version are unhealthy too ({Names(ill)}).", null).ConfigureAwait(false);
        ImageScaleSetInstance[] unhealthy = [.. machines.Where(RolloutMachine.IsUnhealthy)];
        if (RolloutMachine.IsMore(unhealthy.Length, machines.Count, rollout.UnhealthyPercent))
        {
            await StopAsync(pending, $"{unhealthy.Length} of {machines.Count} machines are unhealthy ({Names(unhealthy)}), more than {rollout.UnhealthyPercent} % (-MaxUnhealthyPercent).", null)
                .ConfigureAwait(false);
        }
    }

    private async Task RequireUpgradedAsync(IReadOnlyList<ImageScaleSetInstance> machines, ImageCmdletsException? failure)
    {
        ImageScaleSetInstance[] upgraded = [.. machines.Where(machine => !IsOutdated(machine) && (rollout.CountsEarlier ? rollout.HasImage(machine) : _brought.Contains(machine.Id)))];
        ImageScaleSetInstance[] unhealthy = [.. upgraded.Where(machine => !IsWell(machine))];
        if (failure is not null)
            await StopAsync(Pending(machines), failure.Message, failure).ConfigureAwait(false);
        if (RolloutMachine.IsMore(unhealthy.Length, upgraded.Length, rollout.UpgradedPercent))
        {
            await StopAsync(Pending(machines), $"{unhealthy.Length} of {upgraded.Length} machines with the new image are not healthy ({Names(unhealthy)}), more than {rollout.UpgradedPercent} % (-MaxUnhealthyUpgradedPercent).", null)
                .ConfigureAwait(false);
        }
    }

    // Always throws.
    private async Task StopAsync(IReadOnlyList<ImageScaleSetInstance> pending, string why, ImageCmdletsException? cause)
    {
        foreach (ImageScaleSetInstance machine in pending.Where(machine => !_brought.Contains(machine.Id)))
            await WriteAsync(machine, RolloutState.Pending).ConfigureAwait(false);
        string when = _batch == 0 ? "before its first batch" : $"after batch {_batch}";
        throw new ImageCmdletsException(ErrorIds.RolloutStopped, $"The rollout to '{rollout.Id.Name}' stopped {when}: {why} {pending.Count} of its machines still are as they were.", rollout.Id.Text, rollout.Advice, cause);
    }

    private static string Names(ImageScaleSetInstance[] machines) =>
        string.Join(", ", machines.Take(5).Select(machine => machine.InstanceId)) + (machines.Length > 5 ? " …" : string.Empty);
}
