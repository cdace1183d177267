using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Rollouts;

/// <summary>Brings the instances of a uniform scale set to its model: each gets a new OS disk, and keeps its name, address and data disks.</summary>
/// <remarks>Source: <c>VirtualMachineScaleSets_UpdateInstances</c>.</remarks>
internal sealed class UniformRollout(Operation operation, SetRollout rollout) : MachineRollout(operation, rollout)
{
    protected override ImageRolloutAction Action => ImageRolloutAction.Upgrade;

    protected override bool IsOutdated(ImageScaleSetInstance machine) => machine.LatestModelApplied == false;

    protected override async Task<IReadOnlyList<string>> BringAsync(IReadOnlyList<ImageScaleSetInstance> batch, IReadOnlyList<ImageScaleSetInstance> machines, Action<TimeSpan> onPoll)
    {
        var body = new JsonObject { ["instanceIds"] = new JsonArray([.. batch.Select(machine => (JsonNode)machine.InstanceId!)]) };
        await ChangeAsync(() => Operation.Arm.SendAsync(RequestMethod.Post, Rollout.Id.Text + "/manualupgrade", ArmApiVersions.Compute, body, Operation.CancellationToken), onPoll).ConfigureAwait(false);
        return [.. batch.Select(machine => machine.Id)];
    }
}
