using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.ScaleSets;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Rollouts;

/// <summary>Brings the machines of one scale set that run a bad version to the good one, which the set's model means by now.</summary>
/// <param name="operation">The running command.</param>
/// <param name="setId">The set.</param>
/// <param name="rows">The machines, as planned.</param>
/// <param name="options">What is asked for.</param>
internal sealed class MachineReturn(Operation operation, string setId, IReadOnlyList<ImageRolloutResult> rows, UndoRolloutOptions options)
{
    private readonly HashSet<string> _ids = new(rows.Select(row => row.Id), StringComparer.OrdinalIgnoreCase);

    private bool IsFlexible => rows[0].Action == ImageRolloutAction.Replace;

    /// <exception cref="ImageCmdletsException">RolloutStopped: machines did not come up well with the good version either; what Azure refused.</exception>
    public async Task RunAsync()
    {
        await RolloutScaleSets.SettleAsync(operation, setId, null).ConfigureAwait(false);
        SetRollout rollout = await ReadAsync().ConfigureAwait(false);
        IReadOnlyList<ImageScaleSetInstance> machines = await ScaleSetReader.InstancesAsync(operation, rollout.Set).ConfigureAwait(false);
        if (IsFlexible)
        {
            await KeepCapacityAsync(rollout, machines).ConfigureAwait(false);
            await new FlexibleRollout(operation, rollout, RolloutCapacity.Of(rollout.Set, machines)).RunAsync().ConfigureAwait(false);
            return;
        }

        if (machines.Any(machine => _ids.Contains(machine.Id) && machine.LatestModelApplied == true && !rollout.HasImage(machine)))
        {
            await MoveOnAsync(rollout).ConfigureAwait(false);
            machines = await ScaleSetReader.InstancesAsync(operation, rollout.Set).ConfigureAwait(false);
        }

        foreach (ImageRolloutResult row in rows.Where(row => machines.Any(machine => IsBack(machine, row, rollout))))
            await operation.WriteAsync(row with { State = RolloutState.Updated }).ConfigureAwait(false);
        await new UniformRollout(operation, rollout).RunAsync().ConfigureAwait(false);
    }

    private async Task<SetRollout> ReadAsync()
    {
        JsonElement set = (await operation.Arm.GetAsync(setId, ArmApiVersions.Compute, operation.CancellationToken).ConfigureAwait(false)).Body;
        HashSet<string> bad = new(rows.Select(row => row.From!), StringComparer.OrdinalIgnoreCase);
        return new SetRollout(set, rows[0].To!, options.Pace with { MaxUnhealthyPercent = 100 }, machine => machine.Image is { } image && bad.Contains(image))
        {
            CountsEarlier = false,
            Model = ScaleSetMapper.Map(set).Image!,
            Advice = "Find out what is wrong with the machines named in the message, and run the same command again to go on; another good version is named with -To.",
        };
    }

    // A model that follows latest takes the good version when it is named again.
    private async Task MoveOnAsync(SetRollout rollout)
    {
        try
        {
            await RolloutScaleSets.RepointAsync(operation, setId, rollout.Model).ConfigureAwait(false);
        }
        catch (ArmOperationException exception)
        {
            operation.Verbose($"Azure's own upgrade of '{rollout.Id.Name}' failed, its machines are brought back in batches: {exception.Message}");
        }
    }

    private async Task KeepCapacityAsync(SetRollout rollout, IReadOnlyList<ImageScaleSetInstance> machines)
    {
        int surplus = RolloutBatch.Size(machines.Count, rollout.BatchPercent);
        if (RolloutCapacity.IsKept(rollout.Set, machines, surplus))
            return;

        var body = new JsonObject { ["tags"] = RolloutCapacity.Tags(rollout.Set, machines, surplus) };
        ArmAnswer begun = await operation.Arm.SendAsync(RequestMethod.Patch, setId, ArmApiVersions.Compute, body, operation.CancellationToken).ConfigureAwait(false);
        await operation.Poller.WaitAsync(begun, setId, null, operation.CancellationToken).ConfigureAwait(false);
    }

    private static bool IsBack(ImageScaleSetInstance machine, ImageRolloutResult row, SetRollout rollout) =>
        string.Equals(machine.Id, row.Id, StringComparison.OrdinalIgnoreCase) && machine.LatestModelApplied == true && rollout.HasImage(machine);
}
