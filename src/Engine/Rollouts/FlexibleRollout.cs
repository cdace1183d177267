using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Resources;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Rollouts;

/// <summary>Makes new machines in the place of those of a flexible scale set: first the new ones, and when they are healthy the old ones go.</summary>
/// <remarks>Azure gives no ordinary machine another image. Source: <c>VirtualMachineScaleSets_Update</c>, <c>VirtualMachines_Delete</c>.</remarks>
/// <param name="operation">The running command.</param>
/// <param name="rollout">What is to be.</param>
/// <param name="capacity">How many machines the set has when nothing is under way, however an earlier run left it.</param>
internal sealed class FlexibleRollout(Operation operation, SetRollout rollout, int capacity) : MachineRollout(operation, rollout)
{
    private int _capacity = capacity;
    private int? _expected;

    protected override ImageRolloutAction Action => ImageRolloutAction.Replace;

    protected override bool IsOutdated(ImageScaleSetInstance machine) => !Rollout.HasImage(machine);

    protected override async Task<IReadOnlyList<string>> BringAsync(IReadOnlyList<ImageScaleSetInstance> batch, IReadOnlyList<ImageScaleSetInstance> machines, Action<TimeSpan> onPoll)
    {
        Follow(machines);
        bool isSurplus = machines.Count > _capacity;
        HashSet<string> known = new(machines.Where(machine => IsOutdated(machine) || IsServing(machine, isSurplus)).Select(machine => machine.Id), StringComparer.OrdinalIgnoreCase);
        int more = batch.Count - (machines.Count - _capacity);
        if (more > 0)
        {
            await ChangeAsync(() => GrowAsync(machines.Count, more), onPoll).ConfigureAwait(false);
        }

        _expected = machines.Count + Math.Max(more, 0);
        IReadOnlyList<ImageScaleSetInstance> all = await ReadAsync().ConfigureAwait(false);
        return [.. all.Where(machine => !known.Contains(machine.Id)).Select(machine => machine.Id)];
    }

    protected override async Task<IReadOnlyList<ImageScaleSetInstance>> RetireAsync(IReadOnlyList<ImageScaleSetInstance> batch, IReadOnlyList<ImageScaleSetInstance> machines)
    {
        Follow(machines);
        ImageScaleSetInstance[] leaving = [.. batch.Take(machines.Count - _capacity)];
        await Operation.ForEachAsync(leaving, (machine, own) => ResourceRemoval.RemoveIfThereAsync(own, machine.Id)).ConfigureAwait(false);
        foreach (ImageScaleSetInstance machine in leaving)
            await WriteAsync(machine, RolloutState.Removed, isOfBatch: true).ConfigureAwait(false);
        _expected = machines.Count - leaving.Length;
        return await ReadAsync().ConfigureAwait(false);
    }

    protected override Task EndAsync() => RolloutCapacity.ForgetAsync(Operation, Rollout.Id);

    private async Task<ArmAnswer> GrowAsync(int machines, int more)
    {
        ArmAnswer set = await Operation.Arm.GetAsync(Rollout.Id.Text, ArmApiVersions.Compute, Operation.CancellationToken).ConfigureAwait(false);
        var body = new JsonObject { ["sku"] = new JsonObject { ["capacity"] = (set.Body.Number("sku", "capacity") ?? machines) + more } };
        return await Operation.Arm.SendAsync(RequestMethod.Patch, Rollout.Id.Text, ArmApiVersions.Compute, body, Operation.CancellationToken).ConfigureAwait(false);
    }

    // Of those that an earlier run made, what is not healthy or is off by now still has to show that it is a successor.
    private bool IsServing(ImageScaleSetInstance machine, bool isSurplus) =>
        RolloutMachine.IsSettled(machine, Rollout.IsWatched) && (!isSurplus || RolloutMachine.IsOn(machine));

    // Machines that came or went without us are somebody's wish, autoscale's perhaps: the set has so many more or fewer in the end.
    private void Follow(IReadOnlyList<ImageScaleSetInstance> machines)
    {
        if (_expected is { } expected)
            _capacity += machines.Count - expected;
        _expected = machines.Count;
    }
}
